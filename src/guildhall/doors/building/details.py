"""What a form is as a whole: titles, portal, who fills it in, guidance, declaration, style."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import services
from guildhall.paperwork.forms.definition import DESTINATIONS, PORTALS, STYLES
from guildhall.paperwork.forms.editing import Content, with_details
from guildhall.paperwork.forms.models import WorkingForm
from guildhall.paperwork.forms.queries import live_version
from guildhall.people.accounts.asking import who

from . import fields
from .opening import BUILDER, crumbs, form_or_404, in_language, kept, seen

WORDS = {"title": 300, "subtitle": 300, "description": 2_000, "guidance": 20_000, "declaration": 20_000}
_LINES = ("title", "subtitle")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")


@require_http_methods(["GET", "HEAD", "POST"])
@BUILDER
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The details of a form; saved at once, while its groups wait for their own Save."""
    working = form_or_404(code)
    if request.method != "POST":
        return _page(request, working, working.shown, {})
    given = read(request.POST)
    if problems := problems_of(given):
        return _page(request, working, with_details(working.shown, given), problems, status=422)
    try:
        services.change_details(
            kept(request, working),
            details=given,
            revision=seen(request),
            by=who(request),
            now=timezone.now(),
        )
    except services.BuiltMeanwhile as refusal:
        current = refusal.current
        mine = with_details(current.shown, given)
        return _page(request, current, mine, {"": refusal.message}, status=409)
    messages.success(request, say("administration.Build_Saved", code=working.code))
    return redirect("building:form", working.code)


def read(posted: QueryDict) -> Content:
    """The details that were posted, as in a definition file; None for what is not given."""
    given: Content = {key: _words(posted, key) for key in WORDS}
    portal = posted.get("portal", "")
    given["portal"] = portal if portal in PORTALS else None
    audience = posted.get("audience", "")
    if portal in PORTALS and portal != "citizen":
        audience = PORTALS[portal][0]
    given["audience"] = audience if audience in PORTALS.get(portal, ()) else None
    given["style"] = posted.get("style") if posted.get("style") in STYLES else "steps"
    given["destination"] = posted.get("destination") if posted.get("destination") in DESTINATIONS else None
    for flag in ("open_overview", "emergency"):
        given[flag] = True if posted.get(flag) == "yes" else None
    return given


def _words(posted: QueryDict, key: str) -> dict[str, str] | None:
    clean = one_line if key in _LINES else paragraphs
    said = {language: clean(posted.get(f"{key}_{language}", "")) for language in ("en", "cy")}
    return said if any(said.values()) else None


def problems_of(given: Content) -> dict[str, str]:
    """What must be put right before the details can be saved, by field (SP-123)."""
    problems = {}
    if not given["title"] or not given["title"]["en"]:
        problems["title_en"] = say("administration.Error_Build_Title")
    if not given["portal"]:
        problems["portal"] = say("administration.Error_Build_Portal")
    elif not given["audience"]:
        problems["audience"] = say("administration.Error_Build_Audience")
    if not given["destination"]:
        problems["destination"] = say("administration.Error_Build_Destination")
    return problems | too_long(given, WORDS)


def too_long(given: Content, most: dict[str, int]) -> dict[str, str]:
    """The words of ``given`` that are longer than they may be, by field."""
    return {
        f"{key}_{language}": say("administration.Error_Build_Long", most=f"{limit:,}")
        for key, limit in most.items()
        for language, said in (given.get(key) or {}).items()
        if len(said) > limit
    }


def code_problems(code: str) -> dict[str, str]:
    """Whether ``code``, cleaned, can be a Form Definition Code."""
    return {} if _CODE.fullmatch(code) else {"code": say("administration.Error_Build_Code")}


def fields_of(content: Content, problems: dict[str, str]) -> list[SafeString]:
    """The fields of a form's details, filled in."""

    def choices(kind: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
        return [
            (one, _name_of(f"administration.Build_{kind}_{one.replace('-', '_')}", one)) for one in values
        ]

    blank = say("shared.Choose_One")
    # Only for a citizen form somebody chooses who fills it in: for others the field is greyed (SP-120).
    greyed = content.get("portal") in set(PORTALS) - {"citizen"}
    audience = {"attrs": {"disabled": True}} if greyed else {}
    return [
        fields.both("title", content.get("title"), problems, optional=False),
        fields.both("subtitle", content.get("subtitle"), problems),
        fields.both("description", content.get("description"), problems, rows=2),
        fields.choose(
            "portal", choices("Filter", tuple(PORTALS)), content.get("portal"), problems, blank=blank
        ),
        fields.choose(
            "audience",
            choices("Filter", PORTALS["citizen"]),
            "" if greyed else content.get("audience"),
            problems,
            blank=blank,
            **audience,
        ),
        fields.choose(
            "destination",
            choices("Destination", DESTINATIONS),
            content.get("destination"),
            problems,
            blank=blank,
        ),
        fields.choose("style", choices("Style", STYLES), content.get("style", "steps"), problems),
        fields.both("guidance", content.get("guidance"), problems, rows=5),
        fields.both("declaration", content.get("declaration"), problems, rows=5),
        fields.tick("open_overview", content.get("open_overview")),
        fields.tick("emergency", content.get("emergency")),
    ]


def _name_of(text: str, key: str) -> str:
    """The text, or the words of the key itself for a place that nobody has named yet."""
    return say(text) if text in catalogue() else key.replace("-", " ").capitalize()


def _page(
    request: HttpRequest,
    working: WorkingForm,
    content: Content,
    problems: dict[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    live = live_version(working.code)
    context = {
        "fields": fields_of(content, problems),
        "working": working,
        "live": live,
        "heading": in_language(working.shown.get("title")) or working.code,
        "code": working.code,
        "problems": problems,
        "breadcrumbs": crumbs(working=working),
    }
    return render(request, "building/details.html", context, status=status)
