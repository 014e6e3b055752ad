"""What the pages of a child show, put together from the rooms that know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import queries as audit
from guildhall.foundation.audit.models import Entry as AuditEntry
from guildhall.foundation.kit.pagination import Page, page_of
from guildhall.foundation.kit.speech import active_language, clock, day
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.children import queries as children
from guildhall.records.children.identity import IDENTIFIERS
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import merges
from guildhall.records.linkage import queries as linkage
from guildhall.records.linkage.queries import identity_in
from guildhall.records.linkage.services.queue import USER_NAME
from guildhall.work.cases import queries as cases
from guildhall.work.cases.models import Case
from guildhall.work.privacy.looking import reason_words
from guildhall.work.sharing.rules import may_share

from .comparing import spoken as speak
from .comparing import written
from .matching_family import map_of
from .matching_pages import done_words
from .showing import row_of
from .told import KIND, Told, forms_by_id
from .told_answers import answers_by_id

ADULTS_TAB = "child-adults"
TABS = ("child", "child-chronology", "child-forms", ADULTS_TAB, "child-looked")
SHARING_TAB = "child-sharing"
TAB_WORDS = {SHARING_TAB: "children.Sharing_Involvement"}
REASON_GIVEN = "child.reason_given"


@dataclass(frozen=True)
class Found:
    """A line of the search."""

    child: Child
    address: str
    updated_by: str


@dataclass(frozen=True)
class Happened:
    """A line of a history: who, what, when, and each field before and after."""

    at: Any
    who: str
    words: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Event:
    """An event of the chronology."""

    entry: Entry
    title: str
    reference: str
    answers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Panel:
    """A numbered panel of an event: label and lines."""

    number: str
    title: str
    pairs: list[tuple[str, list[str]]]


def search_page(holder: Holder, page: Page[Child], words: str) -> dict[str, Any]:
    found = [Found(child, _address(child, holder), _updated_by(child)) for child in page]
    lines = Page(found, page.number, page.count, page.total, page.size, page.query)
    return {"page": lines, "words": words, "breadcrumbs": _crumbs()}


def details_page(holder: Holder, child: Child) -> dict[str, Any]:
    """The record, and what happened to it."""
    changed = audit.history_of(child).filter(verb__startswith="children.").order_by("-pk")[:50]
    decided = [
        Happened(each.at, str(each.by or say("matching.TheMachine")), done_words(each), [])
        for each in linkage.decisions_about(child)[:50]
    ]
    history = [*decided, *(_happened(entry, child, holder) for entry in changed)]
    return record_page(holder, child, "child") | {
        "rows": _rows(child, holder),
        "family": map_of(holder, child),
        "merges": merges.merges_about(child)[:20],
        "may_match": holder.may(Permission.MATCH_CHILDREN),
        "history": sorted(history, key=lambda each: each.at, reverse=True),
    }


def chronology_page(holder: Holder, child: Child, page: Page[Entry]) -> dict[str, Any]:
    told = forms_by_id(entry.source_id for entry in page if entry.kind == KIND)
    answers = answers_by_id(told, hides=not may_see_address(child, holder))
    events = [_event(entry, told.get(entry.source_id), answers) for entry in page]
    return record_page(holder, child, "child-chronology") | {
        "page": Page(events, page.number, page.count, page.total, page.size, page.query)
    }


def forms_page(holder: Holder, child: Child, request: HttpRequest) -> dict[str, Any]:
    """The cases of the officer's own teams that concern the child."""
    if not holder.may(Permission.READ_FORMS):
        return record_page(holder, child, "child-forms") | {"page": page_of([], request)}
    found = cases.cases_seen_by(holder).filter(mention__child=child).order_by("-received_at", "-pk")
    page: Page[Case] = page_of(found, request)
    rows = Page([row_of(case) for case in page], page.number, page.count, page.total, page.size, page.query)
    return record_page(holder, child, "child-forms") | {"page": rows}


def looked_page(holder: Holder, child: Child, request: HttpRequest) -> dict[str, Any]:
    """Who looked, and which reason they gave where they had no work with the child, newest first."""
    found = AuditEntry.objects.filter(child_id=child.pk, verb__in=("child.viewed", REASON_GIVEN))
    page = page_of(found.order_by("-pk"), request)
    lines = [
        (entry, reason_words(entry.detail["kind"]) if entry.verb == REASON_GIVEN else "") for entry in page
    ]
    return record_page(holder, child, "child-looked") | {"page": page, "lines": lines}


def change_page(holder: Holder, child: Child, typed: dict[str, Any]) -> dict[str, Any]:
    return record_page(holder, child, "child") | {
        "typed": typed,
        "sees_address": may_see_address(child, holder),
        "genders": [(value, say(f"matching.Gender_{value}")) for value in ("female", "male", "other")],
    }


def entry_page(holder: Holder, child: Child, entry: Entry) -> dict[str, Any]:
    """Panel 000 the dates, 001 the subject, then the steps of the form from 002 (SP-219)."""
    submission = submission_of(entry)
    told = forms_by_id([entry.source_id]).get(entry.source_id) if submission else None
    panels = [dates_panel(entry, submission), subject_panel(entry, child, holder)]
    if submission:
        panels += _steps(submission, hides=not may_see_address(child, holder))
    event = _event(entry, told)
    record = (child.name, reverse("council:child", args=[child.pk]))
    crumb = (say("children.Tab_child-chronology"), reverse("council:child-chronology", args=[child.pk]))
    return record_page(holder, child, "child-chronology") | {
        "event": event,
        "panels": panels,
        "print_href": reverse("council:entry-print", args=[entry.pk]) if submission else "",
        "breadcrumbs": _crumbs(record, crumb, (event.title, "")),
    }


def record_page(holder: Holder, child: Child, tab: str) -> dict[str, Any]:
    """What every tab of the record shows. The involvement is there for who may share."""
    names = (*TABS, SHARING_TAB) if may_share(holder) else TABS
    tabs = [
        (
            reverse(f"council:{name}", args=[child.pk]),
            say(TAB_WORDS.get(name, f"children.Tab_{name}")),
            name == tab,
        )
        for name in names
    ]
    return {
        "child": child,
        "use_restricted": children.use_is_restricted(child),
        "tabs": tabs,
        "siblings": children.twins_of(holder, child),
        "breadcrumbs": _crumbs((child.name, "")),
        "problems": {},
    }


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    first = [(say("shared.Menu_Home"), reverse("council:home"))]
    return [*first, (say("shared.Menu_Children"), reverse("council:children") if more else ""), *more]


def _rows(child: Child, holder: Holder) -> list[dict[str, Any]]:
    names = [_full_name(each) for each in child.other_names]
    values: dict[str, Any] = {
        "forename": child.forename,
        "midname": child.midname,
        "surname": child.surname,
        "other_names": names,
        "born_on": day(child.born_on) if child.born_on else "",
        "gender": speak("gender", child.gender),
        "address": _address(child, holder),
        "upn": child.upn,
        "nhs_number": child.nhs_number,
        "uln": child.uln,
        "school": str(child.establishment or ""),
    }
    if child.other_addresses and may_see_address(child, holder):
        values["other_addresses"] = [_one_line(address) for address in child.other_addresses]
    rows = [
        {"key": field_words(name), "value": value or say("matching.Nothing")}
        for name, value in values.items()
    ]
    return [*rows, {"key": say("children.LastUpdated"), "value": _last_updated(child)}]


def _last_updated(child: Child) -> str:
    return say(
        "children.LastUpdated_By",
        who=_updated_by(child),
        day=day(child.updated_at),
        time=clock(child.updated_at),
    )


def _updated_by(child: Child) -> str:
    """Who changed the record last; the queue's own user by its name in the language of the page (SP-207)."""
    if child.updated_by is None:
        return say("matching.TheMachine")
    return say("matching.TheQueue") if child.updated_by.user_name == USER_NAME else str(child.updated_by)


def field_words(name: str) -> str:
    """The label of a part of the record."""
    return say(f"children.Field_{name}") if name in _OWN_FIELDS else say(f"matching.Field_{name}")


def _address(child: Child, holder: Holder) -> str:
    if not may_see_address(child, holder):
        return say("matching.Hidden")
    return _one_line(child.address | {"postcode": child.postcode})


def _full_name(name: dict[str, str]) -> str:
    return " ".join(part for part in (name.get("forename"), name.get("surname")) if part)


def _one_line(address: dict[str, Any]) -> str:
    parts = [*(address.get("lines") or []), address.get("town", ""), address.get("postcode", "")]
    return ", ".join(part for part in parts if part)


def _happened(entry: AuditEntry, child: Child, holder: Holder) -> Happened:
    before, after = entry.detail.get("before", {}), entry.detail.get("after", {})
    hides = not may_see_address(child, holder)
    changes = [
        (field_words(name), value_words(name, before.get(name), hides), value_words(name, value, hides))
        for name, value in after.items()
        if name in _SHOWN_CHANGES
    ]
    words = say(f"children.Done_{entry.verb.split('.')[1]}")
    return Happened(entry.at, entry.by_name or say("matching.TheMachine"), words, changes)


_SHOWN_CHANGES = frozenset(
    {"forename", "midname", "surname", "born_on", "gender", "address", "postcode", *IDENTIFIERS}
    | {"other_names", "other_addresses", "restricted"}
)
_PLACES = frozenset({"address", "postcode", "other_addresses"})
_OWN_FIELDS = frozenset({"other_addresses", "restricted"})


def value_words(name: str, value: Any, hides: bool) -> str:
    """A column of a snapshot in words."""
    if hides and name in _PLACES and value:
        return say("matching.Hidden")
    if name == "restricted":
        return say("children.Restricted_Yes" if value else "children.Restricted_No")
    if isinstance(value, dict):
        return _one_line(value)
    if isinstance(value, list):
        return "; ".join(_one_line(each) or _full_name(each) for each in value)
    return speak(name, str(value or "")) or say("matching.Nothing")


def _event(
    entry: Entry, told: Told | None, answers: Mapping[str, list[tuple[str, str]]] = MappingProxyType({})
) -> Event:
    language = active_language()
    title = entry.title.get(language) or entry.title.get("en", "")
    reference = told.reference if told else str(entry.detail.get("reference", ""))
    return Event(entry, title, reference, answers.get(entry.source_id, []) if told else [])


def submission_of(entry: Entry) -> Submission | None:
    """The form behind an event; None for an event of another kind."""
    if entry.kind != KIND:
        return None
    return Submission.objects.select_related("sender").filter(pk=entry.source_id).first()


def dates_panel(entry: Entry, submission: Submission | None) -> Panel:
    """When the form was sent, opened, settled, decided and shown, in order of time."""
    moments: list[tuple[str, datetime | None]] = [("children.Date_Happened", entry.happened_at)]
    if submission:
        case = Case.objects.filter(reference=submission.reference).first()
        first = submissions.versions_of(submission)[0]
        moments = [
            ("children.Date_Sent", first.sent_at),
            ("children.Date_Opened", case.opened_at if case else None),
            ("children.Date_SentAgain", submission.sent_at if submission != first else None),
            ("children.Date_Settled", entry.mention.settled_at),
            ("children.Date_Decided", case.decided_at if case else None),
        ]
    else:
        moments += [("children.Date_Settled", entry.mention.settled_at)]
    moments += [("children.Date_Shown", entry.shown_from)]
    known = sorted(((at, name) for name, at in moments if at), key=lambda each: each[0])
    pairs = [(say(name), [f"{day(at)}, {clock(at)}"]) for at, name in known]
    return Panel("000", say("children.Panel_Dates"), pairs)


def subject_panel(entry: Entry, child: Child | None, holder: Holder) -> Panel:
    """The child as written on the form; the restricted address of ``child`` is left out."""
    pairs = [(label, [value]) for label, value in written(identity_in(entry.mention)) if value]
    if child and not may_see_address(child, holder):
        places = {say("matching.Field_address"), say("matching.Field_postcode")}
        pairs = [(label, [say("matching.Hidden")] if label in places else lines) for label, lines in pairs]
    return Panel("001", say("children.Panel_Subject"), pairs)


def _steps(submission: Submission, *, hides: bool) -> list[Panel]:
    """The form's steps as they were sent, numbered on from 002; ``hides`` leaves out where anybody lives."""
    files = submissions.files_of_submission(submission)
    definition = forms.definition_of(submission.version_id)
    groups = spoken.sections(
        definition,
        submission.answers,
        active_language(),
        lambda code: [each for each in files if each.question == code],
        today=timezone.localdate(submission.sent_at),
        formatted=True,
    )
    places = list(dict.fromkeys(group.place for group in groups))
    hidden = definition.places if hides else frozenset()
    return [_step(group, places.index(group.place) + 2, hidden) for group in groups]


def _step(group: spoken.SpokenGroup, number: int, hidden: frozenset[str]) -> Panel:
    title = f"{group.title}: {group.rows_heading}" if group.rows_heading else group.title
    pairs = [
        (pair.label, [say("matching.Hidden")] if pair.code in hidden and pair.lines else pair.lines)
        for pair in group.pairs
    ]
    return Panel(f"{number:03}", title, pairs)
