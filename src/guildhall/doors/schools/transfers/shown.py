"""Files and pupils as pages show them, at the schools' door and at the council's."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import speech
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.people.organisations.models import Establishment
from guildhall.work.transfers import queries, rules
from guildhall.work.transfers.models import Pupil, Transfer
from guildhall.work.transfers.reading import PARTS

State, Towards, Outcome = Transfer.State, Transfer.Towards, Pupil.Outcome
COLOURS = {
    State.CHECKED: "grey",
    State.SENT: "blue",
    State.RECEIVED: "green",
    State.WITHDRAWN: "red",
}
OUTCOMES = {Outcome.FOUND: "green", Outcome.NOT_MATCHED: "red", Outcome.TOO_YOUNG: "grey"}
PER_PAGE, PUPILS = 20, 100


def word_of(name: str) -> str:
    """The end of a text's name: not-maintained → NotMaintained."""
    return "".join(part.capitalize() for part in name.split("-"))


def council() -> str:
    """The council's own name."""
    names = setting("authority.name")
    return str(names.get(active_language()) or names["en"])


def source_words(one: Transfer) -> str:
    """Who sent a file."""
    return one.source.name if one.source else council()


def destination_words(one: Transfer) -> str:
    """Where a file goes."""
    if one.destination:
        return one.destination.name
    if one.towards == Towards.COUNCIL:
        return council()
    return say(f"schools.Transfer_Towards_{one.towards.title()}")


def state_words(one: Transfer) -> str:
    """How far a file has come; what nobody downloads is kept."""
    if one.state == State.SENT and one.destination is None and one.towards != Towards.COUNCIL:
        return say(f"schools.Transfer_State_{one.towards.title()}")
    return say(f"schools.Transfer_State_{one.state.title()}")


def states() -> list[tuple[str, str]]:
    """The states to filter by, all of them first."""
    every = [("", say("schools.Transfer_AnyState"))]
    wanted = (State.SENT, State.RECEIVED, State.WITHDRAWN)
    return [*every, *((str(one), say(f"schools.Transfer_State_{one.title()}")) for one in wanted)]


def row(one: Transfer) -> dict[str, Any]:
    """A line of a list of files."""
    return {
        "transfer": one,
        "source": source_words(one),
        "destination": destination_words(one),
        "state": state_words(one),
        "colour": COLOURS[State(one.state)],
        "chased": one.chased_at is not None and one.state == State.SENT,
    }


def facts(one: Transfer) -> list[dict[str, Any]]:
    """What a file is, as rows of a summary."""
    told = [
        ("Name", one.name),
        ("Kind", say(f"schools.Transfer_Kind_{one.kind}")),
        ("Source", source_words(one)),
        ("Destination", destination_words(one)),
        ("Pupils", f"{one.count:,}"),
        ("Version", one.version),
        ("Reason", say(f"schools.Transfer_Reason_{word_of(one.reason)}") if one.reason else ""),
        ("Parts", parts_words(one)),
        ("Uploaded", _by(str(one.uploaded_by), one.uploaded_at)),
        ("Sent", _by(str(one.sent_by), one.sent_at)),
        ("Received", _by(str(one.received_by), one.received_at)),
        ("KeptUntil", speech.day(one.keep_until)),
    ]
    return [{"key": say(f"schools.Transfer_{name}"), "value": value} for name, value in told if value]


def parts_words(one: Transfer) -> list[str]:
    """What the file holds, and of how many pupils."""
    return [
        say("schools.Transfer_Part", part=say(f"schools.Transfer_Part_{part}"), count=count, of=one.count)
        for part in PARTS
        if (count := one.parts.get(part))
    ]


def _by(who: str, at: datetime | None) -> str:
    if at is None:
        return ""
    return say("schools.Transfer_By", who=who, day=speech.day(at), time=speech.clock(at))


def history(one: Transfer) -> list[str]:
    """What happened to a file, in order, by whom and from where."""
    return [
        say(
            f"schools.Transfer_Event_{event.act.title()}",
            who=str(event.by) if event.by else "",
            where=event.school.name if event.school else council(),
            day=speech.day(event.at),
            time=speech.clock(event.at),
        )
        for event in queries.events_of(one)
    ]


def pupils_page(request: HttpRequest, one: Transfer) -> dict[str, Any]:
    """The pupils of a file, a hundred at a time; the reading is kept."""
    listed: Page[Pupil] = page_of(queries.pupils_of(one), request, PUPILS)
    audit.looked(request, about=one, surface="list", detail={"pupils": [pupil.pk for pupil in listed]})
    return {"page": listed, "pupils": [_pupil(pupil) for pupil in listed], "numbers": one.asks_for_numbers}


def _pupil(one: Pupil) -> dict[str, Any]:
    outcome = Outcome(one.outcome) if one.outcome else None
    return {
        "pupil": one,
        "born": speech.day(one.born_on),
        "uln": one.found or one.uln,
        "outcome": say(f"schools.Transfer_Outcome_{word_of(one.outcome)}") if outcome else "",
        "colour": OUTCOMES[outcome] if outcome else "",
    }


def looked_at_file(request: HttpRequest, one: Transfer) -> None:
    """Keep that a file's content was given away."""
    audit.looked(request, about=one, surface="file", detail={"count": one.count})


def whole(request: HttpRequest, one: Transfer) -> dict[str, Any]:
    """One file: what it is, whom it is about, and what happened to it."""
    return row(one) | pupils_page(request, one) | {"facts": facts(one), "history": history(one)}


def check_page(request: HttpRequest, one: Transfer) -> dict[str, Any]:
    """A file before it is sent: its pupils, what to confirm, and what the sender should know."""
    ready = one.file is not None and file_queries.may_be_served(one.file)
    return whole(request, one) | {
        "ready": ready,
        "waits": one.file is not None and one.file.state == StoredFile.State.QUARANTINED,
        "scan": "" if ready or one.file is None else file_queries.state_words(one.file),
        "reasons": [
            (str(reason), say(f"schools.Transfer_Reason_{word_of(reason)}"))
            for reason in rules.REASONS.get(Towards(one.towards), ())
        ],
        "duty": duty(one),
        "nobody": one.destination is not None and not queries.somebody_uses(one.destination.pk),
        "young": _left_out(one),
    }


def duty(one: Transfer) -> str:
    """By when the law wants the file sent, where the file says when a pupil left."""
    due = queries.due_on(one, queries.pupils_of(one))
    if due is None:
        return ""
    sent = timezone.localdate(one.sent_at) if one.sent_at else timezone.localdate()
    return say(f"schools.Transfer_Duty_{'Late' if sent > due else 'Due'}", day=speech.day(due))


def _left_out(one: Transfer) -> list[str]:
    """Students for whom no number is asked, with why."""
    if not one.asks_for_numbers:
        return []
    today = timezone.localdate()
    pupils = queries.pupils_of(one)
    young = [str(pupil) for pupil in pupils if not rules.old_enough(pupil.born_on, today)]
    has = [str(pupil) for pupil in pupils if pupil.uln]
    return [
        *(say("schools.Transfer_TooYoung", name=name, age=rules.OLD_ENOUGH) for name in young),
        *(say("schools.Transfer_HasNumber", name=name) for name in has),
    ]


def results(one: Transfer, route: str) -> dict[str, Any] | None:
    """What became of asking for numbers: who has one, and the file that brings them, at ``route``; or by when
    they are expected.
    """
    if not one.asks_for_numbers or one.state not in Transfer.ON_THE_WAY:
        return None
    if one.answered_at is None:
        sent = timezone.localdate(one.sent_at)
        return {"expected": speech.day(expected_on(sent)), "told": route.startswith("schools:")}
    counted, answer = queries.outcomes_of(one), queries.answer_to(one)
    return {
        "expected": "",
        "found": counted[Outcome.FOUND],
        "not_matched": counted[Outcome.NOT_MATCHED],
        "young": counted[Outcome.TOO_YOUNG],
        "href": reverse(route, args=[answer.pk]) if answer else "",
    }


def expected_on(sent: date) -> date:
    """The next day on which the council works."""
    return queries.next_weekday(sent)


def lost_row(one: Pupil) -> dict[str, Any]:
    """A lost pupil as a search shows them."""
    return {
        "pupil": one,
        "born": speech.day(one.born_on),
        "source": source_words(one.transfer),
        "sent": speech.day(one.transfer.sent_at) if one.transfer.sent_at else "",
    }


def school_options(schools: list[Establishment]) -> list[tuple[str, str]]:
    """Schools to choose from."""
    return [("", say("schools.Transfer_ChooseSchool")), *((str(one.pk), one.name) for one in schools)]
