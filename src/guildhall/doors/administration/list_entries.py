"""The pages of a list that the authority keeps: its entries, adding one, and changing one.

An entry has a name in both languages. A room whose entries say more draws their page itself, with ``acted``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.kit.meanwhile import beside, status_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.lists import services as lists
from guildhall.foundation.lists.models import Entry
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class NamedList:
    """A list with a page of its own at the route ``here``, drawn by ``template``; ``crumbs`` lead there.

    ``words`` begins the texts of an entry, and with an s those of the list: schools.JobTitle_Added,
    schools.JobTitles_Heading.
    """

    kind: type[Entry]
    words: str
    here: str
    template: str
    rows: Callable[[], QuerySet[Any]]
    crumbs: Callable[..., list[tuple[str, str]]]

    def say(self, word: str) -> str:
        """A text of an entry."""
        return say(f"schools.{self.words}_{word}")

    @property
    def heading(self) -> str:
        return say(f"schools.{self.words}s_Heading")


def list_page(request: HttpRequest, kept: NamedList) -> HttpResponse:
    """The list in its order, and adding to it."""
    typed = _typed(request, {"en": "", "cy": ""})
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            lists.add_entry(kept.kind(name=typed), by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, kept.say("Added"))
            return redirect(kept.here)
    context = {
        "rows": kept.rows(),
        "typed": typed,
        "problems": problems,
        "breadcrumbs": kept.crumbs((kept.heading, "")),
    }
    return render(request, kept.template, context, status=status_of(problems))


def entry_page(request: HttpRequest, kept: NamedList, pk: int) -> HttpResponse:
    """Name an entry otherwise, move it, retire it or offer it again."""
    entry = get_object_or_404(kept.kind, pk=pk)
    typed, refused = _typed(request, entry.name), None
    if request.method == "POST":
        try:
            if not acted(request, entry):
                seen = request.POST.get("seen", "")
                lists.change_entry(entry, {"name": typed}, seen=seen, by=who(request), now=timezone.now())
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, kept.say("Saved"))
            return redirect(kept.here)
    problems = refused.by_field() if refused else {}
    context = {
        "one": entry,
        "heading": kept.say("Change"),
        "retire": kept.say("Retire"),
        "bring_back": kept.say("Back"),
        "typed": typed,
        "problems": problems,
        "breadcrumbs": kept.crumbs((kept.heading, reverse(kept.here)), (kept.say("Change"), "")),
        **beside(request, refused, kept=entry.stamp, rows=_names(entry)),
    }
    status = status_of(problems, refused)
    return render(request, "administration/list_entry.html", context, status=status)


def _names(entry: Entry) -> list[tuple[str, str]]:
    return [(say(f"schools.Name_{each.title()}"), entry.name[each]) for each in LANGUAGES]


def _typed(request: HttpRequest, name: Mapping[str, str]) -> dict[str, str]:
    return {each: one_line(request.POST.get(each, name[each])) for each in LANGUAGES}


def acted(request: HttpRequest, entry: Entry) -> bool:
    """Move, retire or bring back ``entry`` where that button was pressed; whether one was."""
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    match request.POST.get("act"):
        case "retire":
            lists.retire_entry(entry, **acting)
        case "back":
            lists.bring_back_entry(entry, **acting)
        case "up" | "down" as way:
            lists.move_entry(entry, up=way == "up", **acting)
        case _:
            return False
    return True
