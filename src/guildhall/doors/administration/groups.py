"""Groups of staff: what each may do, shown and edited as one table; making, naming and ending groups."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.groups import queries, services
from guildhall.people.groups.models import Change
from guildhall.people.groups.queries import Standing

from .groups_table import consequences, rows_of, ticked

LONGEST_NAME, LONGEST_WHY = 60, 200
Words = dict[str, dict[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_GROUPS, verified=True)
def groups(request: HttpRequest) -> HttpResponse:
    """The table of business processes and groups. What is ticked is shown in words before it is saved."""
    if request.method != "POST":
        return _table(request, {group.key: group.processes for group in queries.groups()})
    wanted, seen = _read(request.POST)
    if request.POST.get("do") == "edit":
        return _table(request, wanted, seen=seen)
    found = services.differences(wanted, now_kept=queries.as_kept())
    if not found:
        messages.info(request, say("administration.Groups_NothingChanged"))
        return redirect("administration:groups")
    if request.POST.get("do") == "save":
        return _save(request, wanted, seen)
    return _ask(request, wanted, seen)


def _read(posted: QueryDict) -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """Group → processes that were ticked, and group → the revision that was shown."""
    seen = {
        key.removeprefix("seen-"): number(posted.get(key, "")) for key in posted if key.startswith("seen-")
    }
    ticks = [tick.partition(":") for tick in posted.getlist("tick")]
    wanted = {key: frozenset(process for group, _, process in ticks if group == key) for key in seen}
    return wanted, seen


def _save(request: HttpRequest, wanted: dict[str, frozenset[str]], seen: dict[str, int]) -> HttpResponse:
    confirmed = request.POST.get("confirmed") == "yes"
    try:
        services.change_groups(wanted, seen=seen, by=who(request), now=timezone.now(), confirmed=confirmed)
    except services.GroupsChanged as refusal:
        # Nothing is overwritten: the table as it is now, and beside it what was wanted.
        current = {group.key: group.processes for group in queries.groups()}
        mine = {key: wanted[key] for key in wanted if key not in refusal.keys}
        return _table(request, current | mine, problems={"": refusal.message}, lost=(wanted, refusal.keys))
    except services.MixesDuties as refusal:
        return _ask(request, wanted, seen, problems={"confirmed": refusal.message})
    except Refusal as refusal:
        return _table(request, wanted, seen=seen, problems={"": refusal.message})
    messages.success(request, say("administration.Groups_Saved"))
    return redirect("administration:groups")


def _ask(
    request: HttpRequest,
    wanted: dict[str, frozenset[str]],
    seen: dict[str, int],
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    found = services.differences(wanted, now_kept=queries.as_kept())
    context = {
        "changes": [consequences(one) for one in found],
        "mixing": ", ".join(one.group.name() for one in found if one.mixes),
        "seen": seen,
        "ticks": ticked(wanted),
        "problems": problems or {},
        "breadcrumbs": crumbs((say("administration.Groups_Check"), "")),
    }
    return render(request, "administration/groups_check.html", context, status=422 if problems else 200)


def _table(
    request: HttpRequest,
    wanted: dict[str, frozenset[str]],
    *,
    seen: dict[str, int] | None = None,
    problems: dict[str, str] | None = None,
    lost: tuple[dict[str, frozenset[str]], list[str]] | None = None,
) -> HttpResponse:
    found = queries.groups()
    people = queries.counts()
    context = {
        "groups": [(group, people.get(group.key, 0)) for group in found],
        "seen": {group.key: group.revision for group in found} | (seen or {}),
        "areas": rows_of(found, wanted),
        "changes": [(change, _in_words(change)) for change in queries.changes(most=10)],
        "problems": problems or {},
        "lost": _lost(*lost) if lost else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, "administration/groups.html", context, status=409 if problems else 200)


def _lost(wanted: dict[str, frozenset[str]], keys: list[str]) -> list[Any]:
    """What was wanted of the groups that somebody else changed, against how they are now."""
    found = services.differences({key: wanted[key] for key in keys}, now_kept=queries.as_kept())
    return [consequences(one) for one in found]


def _in_words(change: Change) -> str:
    known = queries.as_kept()
    return ", ".join(known[key].name() if key in known else key for key in change.after)


@require_safe
@door(Permission.MANAGE_GROUPS, verified=True)
def printed(request: HttpRequest) -> HttpResponse:
    """The table to print and sign: words instead of boxes."""
    found = queries.groups()
    people = queries.counts()
    context = {
        "groups": [(group, people.get(group.key, 0)) for group in found],
        "areas": rows_of(found, {group.key: group.processes for group in found}),
        "now": timezone.now(),
        "breadcrumbs": crumbs((say("administration.Groups_Print"), "")),
    }
    return render(request, "administration/groups_printed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_GROUPS, verified=True)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change back, after a page that says in words what that does."""
    change = queries.change(pk)
    if change is None:
        raise Http404
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.undo_change(change, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"": refusal.message}
        else:
            messages.success(request, say("administration.Groups_Undone"))
            return redirect("administration:groups")
    wanted = {key: frozenset(before) for key, before in change.before.items()}
    found = services.differences(wanted, now_kept=queries.as_kept())
    context = {
        "change": change,
        "changes": [consequences(one) for one in found],
        "problems": problems,
        "breadcrumbs": crumbs((say("administration.Groups_Undo"), "")),
    }
    return render(request, "administration/groups_undo.html", context, status=409 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_GROUPS, verified=True)
def new(request: HttpRequest) -> HttpResponse:
    """A group of the authority's own."""
    words = _words(request.POST)
    problems = _problems(words) if request.method == "POST" else {}
    if request.method == "POST" and not problems:
        try:
            group = services.make_group(**words, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Group_Made", name=words["name"]["en"]))
            return redirect(f"{reverse('administration:groups')}#{group.key}")
    return _words_page(request, words, problems, heading=say("administration.Group_New"))


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_GROUPS, verified=True)
def group(request: HttpRequest, key: str) -> HttpResponse:
    """What a group is called and what it may do; the words of the authority's own groups can be changed."""
    found = _group(key)
    words = _words(request.POST) if request.method == "POST" else _words_of(found)
    problems = _problems(words) if request.method == "POST" else {}
    if request.method == "POST" and not problems:
        seen = number(request.POST.get("seen", ""))
        try:
            services.change_words(key, **words, seen=seen, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("administration.Group_Saved"))
            return redirect("administration:group", key)
    context = {"group": found, "people": queries.counts().get(key, 0), "areas": _held(found)}
    return _words_page(request, words, problems, heading=found.name(), **context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.MANAGE_GROUPS, verified=True)
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End a group that nobody is in, after asking."""
    found = _group(key)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.end_group(key, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = {"": refusal.message}
        else:
            messages.success(request, say("administration.Group_Ended", name=found.name()))
            return redirect("administration:groups")
    context = {"group": found, "problems": problems, "breadcrumbs": crumbs((found.name(), ""))}
    return render(request, "administration/groups_end.html", context, status=409 if problems else 200)


def _group(key: str) -> Standing:
    found = queries.standing(key)
    if found is None or found.ended:
        raise Http404
    return found


def _held(found: Standing) -> list[Any]:
    """The areas with those of their processes that the group has."""
    areas = [(area, [row for row in rows if row.cells[0].ticked]) for area, rows in _rows(found)]
    return [(area, rows) for area, rows in areas if rows]


def _rows(found: Standing) -> list[Any]:
    return rows_of([found], {found.key: found.processes})


def _words(posted: QueryDict) -> Words:
    return {
        what: {language: paragraphs(posted.get(f"{what}_{language}")) for language in ("en", "cy")}
        for what in ("name", "why")
    }


def _words_of(found: Standing) -> Words:
    return {"name": dict(found.names), "why": dict(found.whys)}


def _problems(words: Words) -> dict[str, str]:
    most = {"name": LONGEST_NAME, "why": LONGEST_WHY}
    return {
        f"{what}_{language}": say("administration.Error_Group_Long", most=most[what])
        for what, given in words.items()
        for language, typed in given.items()
        if len(typed) > most[what]
    }


def _words_page(
    request: HttpRequest, words: Words, problems: dict[str, str], *, heading: str, **more: Any
) -> HttpResponse:
    context = {
        "words": words,
        "problems": problems,
        "heading": heading,
        "breadcrumbs": crumbs((heading, "")),
        "language": active_language(),
        **more,
    }
    return render(request, "administration/groups_group.html", context, status=422 if problems else 200)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a page below the groups."""
    here = [(say("administration.Groups_Heading"), reverse("administration:groups") if more else "")]
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("administration.General_Heading"), reverse("administration:home")),
        *here,
        *more,
    ]
