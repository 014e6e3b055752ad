"""The form that a page of the builder is about: found, changed, and the way down to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import editing, queries, services
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.people.accounts.asking import who

BUILDER = door(Permission.BUILD_FORMS, verified=True)


def form_or_404(code: str) -> WorkingForm:
    """The form ``code`` to build on; one that was only published is not kept until it is changed."""
    found = queries.building(code)
    if found is None:
        raise Http404
    return found


def kept(request: HttpRequest, working: WorkingForm) -> WorkingForm:
    """``working`` as a row that can be changed."""
    if working.pk:
        return working
    form = queries.form(working.code)
    if form is None:
        raise Http404
    return services.work_on(form, by=who(request), now=timezone.now())


def seen(request: HttpRequest) -> int:
    """The revision of the form that the page showed; one that never was when nothing says."""
    return number(request.POST.get("revision"))


def keep_edit(request: HttpRequest, working: WorkingForm, content: Content) -> WorkingForm:
    """Keep ``content`` as an edit of the form that is not saved yet. Raises BuiltMeanwhile."""
    return services.edit_working(
        kept(request, working), content=content, revision=seen(request), by=who(request), now=timezone.now()
    )


def try_edit(request: HttpRequest, working: WorkingForm, edit: Callable[[Content], Content]) -> bool:
    """Keep what ``edit`` makes of the form, or tell the person why that cannot be."""
    with refusals_told(request):
        keep_edit(request, working, edit(working.shown))
        return True
    return False


def tell_who_still_asks(request: HttpRequest, content: Content, code: str, *, but: str = "") -> None:
    """Name what has a condition about the question ``code``, which goes; not what is in the group ``but``."""
    asking = [question or key for key, question in editing.conditions_about(content, code) if key != but]
    if asking:
        messages.warning(request, say("administration.Selector_StillAsked", code=code, who=", ".join(asking)))


def sure(
    request: HttpRequest,
    working: WorkingForm,
    *,
    heading: str,
    words: str,
    button: str,
    do: str = "yes",
    address: str = "",
) -> HttpResponse:
    """A page that asks before something is taken away; its button posts ``do`` to ``address``."""
    back = reverse("building:selector", args=[working.code])
    context = {
        "working": working,
        "heading": heading,
        "words": words,
        "button_words": button,
        "do": do,
        "address": address or back,
        "back": back,
        "breadcrumbs": crumbs((heading, ""), working=working),
    }
    return render(request, "building/sure.html", context)


def in_language(words: Any) -> str:
    """Words of a form in the language of the page, else in the other."""
    known = words if isinstance(words, dict) else {}
    first, second = ("cy", "en") if (get_language() or "en").startswith("cy") else ("en", "cy")
    return str(known.get(first) or known.get(second) or "")


def crumbs(*more: tuple[str, str], working: WorkingForm | None = None) -> list[tuple[str, str]]:
    """The way down to a page of the builder."""
    items = [(say("shared.Menu_Home"), reverse("council:home"))]
    items.append((say("administration.Build_Heading"), reverse("building:list")))
    if working:
        items.append((working.code, reverse("building:form", args=[working.code])))
    items += more
    return [*items[:-1], (items[-1][0], "")]


def group_name(group: dict[str, Any]) -> str:
    """A group as the Question Selector calls it: "3. Parents and carers"."""
    title = in_language(group.get("title")) or str(group.get("key", ""))
    return f"{group['number']}. {title}" if group.get("number") else title
