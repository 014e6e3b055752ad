"""Collections, returns and findings as pages show them, at the schools' door and at the council's."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.returns import queries, sheets
from guildhall.work.returns.census.packs import Pack
from guildhall.work.returns.collections import Collection
from guildhall.work.returns.models import Found, Return, Upload
from guildhall.work.returns.wording import collection_name, day_and_time, pack_of, words_of

State = Return.State
COLOURS = {
    State.NONE: "grey",
    State.ERRORS: "red",
    State.QUERIES: "yellow",
    State.SUBMITTED: "blue",
    State.APPROVED: "turquoise",
    State.AUTHORISED: "green",
    State.RETURNED: "orange",
}
PER_PAGE, MOST_PUPILS = 50, 20
KINDS = ("error", "query", "waiting")
SOON = 3  # seconds until a page that waits for a check is asked for again


def state_name(state: str) -> str:
    return say(f"schools.Returns_State_{state.title()}")


def collection_facts(one: Collection) -> list[dict[str, str]]:
    """The days of a collection (SY-058)."""
    told = [
        ("CensusDay", speech.day(one.census_on)),
        (
            "PracticeOpen",
            say(
                "schools.Returns_FromUntil",
                start=speech.day(one.practice_from),
                end=day_and_time(one.practice_until),
            ),
        ),
        ("LiveFrom", day_and_time(one.live_from)),
        ("Deleted", speech.day(one.forgotten_on)),
    ]
    return [{"key": say(f"schools.Returns_{name}"), "value": value} for name, value in told]


def facts(own: Return) -> list[dict[str, str]]:
    """What a return is, as rows of a summary."""
    told = [("School", own.school.name)]
    if own.upload:
        at = day_and_time(own.upload.uploaded_at)
        told.append(("File", own.upload.file_name))
        told.append(("Uploaded", say("schools.Returns_By", when=at, who=str(own.upload.by))))
    if own.upload and own.upload.state == Upload.State.CHECKED:
        counts = (("Pupils", own.pupils), ("Errors", own.errors), ("Queries", own.queries))
        told += [(name, f"{count:,}") for name, count in counts]
    if own.answer:
        told.append(("Answer", own.answer))
    return [{"key": say(f"schools.Returns_{name}"), "value": value} for name, value in told]


def history(own: Return, *, names: bool) -> list[str]:
    """What happened, in order; ``names``: the council's people are named too."""
    council = {"chase", "authorise", "return"}
    return [
        say(
            f"schools.Returns_Event_{one.act.replace('-', ' ').title().replace(' ', '')}",
            when=day_and_time(one.at),
            who=str(one.by) if names or one.act not in council else say("schools.Returns_Council"),
        )
        for one in queries.events_of(own)
    ]


def found_row(one: Found, pack: Pack) -> dict[str, Any]:
    """One finding: its rule, where it is, and what to do."""
    return {"found": one, "words": words_of(pack.rules.get(one.rule))}


def whole_page(request: HttpRequest, own: Return, *, names: bool) -> dict[str, Any]:
    """A return with what was found in it, narrowed as the address says; the reading is kept."""
    pack = pack_of(own.key, own.year)
    rule = request.GET.get("rule", "")
    pupil = one_line(request.GET.get("pupil"))[:100]
    kind = request.GET.get("kind", "")
    found = queries.found_in(own, rule=rule, upn=pupil, kind=kind if kind in KINDS else "")
    listed = page_of(found, request, PER_PAGE)
    pupils = list(queries.by_pupil(own)[:MOST_PUPILS])
    looked_at(request, own, listed, "list")
    upload = own.upload
    return {
        "own": own,
        "title": collection_name(own.key, own.year),
        "practice": not own.is_live,
        "state": state_name(own.state),
        "colour": COLOURS[State(own.state)],
        "facts": facts(own),
        "history": history(own, names=names),
        "checking": bool(upload and upload.state == Upload.State.WAITING),
        "unreadable": say(f"schools.Returns_Unreadable_{upload.reason.title()}")
        if upload and upload.reason
        else "",
        "line": upload.line if upload else 0,
        "unexplained": queries.unexplained(own),
        "page": listed,
        "rows": [found_row(one, pack) for one in listed],
        "rules": _rules(own, pack),
        "kinds": [
            ("", say("schools.Returns_AnyKind")),
            *((one, say(f"schools.Returns_Kind_{one.title()}")) for one in KINDS),
        ],
        "pupils": pupils,
        "rule": rule,
        "pupil": pupil,
        "kind": kind,
        "filtered": bool(rule or pupil or kind),
    }


def _rules(own: Return, pack: Pack) -> list[tuple[str, str]]:
    """The rules that were broken, to filter by."""
    options = [("", say("schools.Returns_AnyRule"))]
    for number, count in queries.by_rule(own):
        words = words_of(pack.rules.get(number))
        options.append((number, say("schools.Returns_RuleCount", rule=number, words=words, count=count)))
    return options


def looked_at(request: HttpRequest, own: Return, found: Iterable[Found], surface: str) -> None:
    """Keep that these were read. A record of a census is tied to no child of the authority's."""
    detail = {"shown": [], "return": own.pk, "found": [one.pk for one in found]}
    audit.looked(request, about=("children", "list"), surface=surface, detail=detail)


def sheet(request: HttpRequest, own: Return) -> HttpResponse:
    """Everything that was found, as a spreadsheet; the reading is kept."""
    found = list(queries.found_in(own))
    looked_at(request, own, found, "export")
    content = sheets.found_file(found, pack_of(own.key, own.year))
    return taken_away(content, "xlsx", say("schools.Returns_SheetName"))
