"""What the pages of an officer's own form show, put together from the rooms that know it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from guildhall.doors.filling.answers import sections_of_draft
from guildhall.doors.filling.gaps import gap_links
from guildhall.doors.filling.pages import saved_words
from guildhall.doors.filling.places import place_address
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.speech import active_language, day
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition, Question
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.forms.walk import Walk
from guildhall.paperwork.submissions import lending
from guildhall.paperwork.submissions.merging import digest
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address
from guildhall.records.chronology import queries as chronology
from guildhall.records.chronology.models import Entry
from guildhall.work.intake import queries as intake
from guildhall.work.intake.destinations import destination_of, destinations_to, is_on
from guildhall.work.keying import queries as keyed
from guildhall.work.keying.knowing import known_of

from .children_pages import submission_of
from .told import KIND, forms_by_id, readable

KINDS_OF_FORM = ("parent", "young-person", "public", "professional", "school")


@dataclass(frozen=True)
class Chosen:
    """A question with the earlier answers to choose from; ``several`` of them may be taken."""

    code: str
    label: str
    several: bool
    options: list[dict[str, Any]]
    values: list[str]


def offered_to(holder: Holder) -> dict[str, list[FormVersion]]:
    """Kind of form, which is whom it is for, → the forms of it that the officer's teams receive."""
    if not holder.may(Permission.READ_FORMS):
        return {}
    ours = set(destinations_to(holder.services))
    found = [one for one in forms.offered() if one.destination in ours]
    found = [one for one in found if is_on(one.destination, portal=one.portal)]
    groups = {kind: [one for one in found if one.audience == kind] for kind in KINDS_OF_FORM}
    return {kind: versions for kind, versions in groups.items() if versions}


def line_of(version: FormVersion, child: Child) -> dict[str, str]:
    """A form in the list."""
    definition = forms.definition_of(version.pk)
    return {
        "title": definition.title.in_(active_language()),
        "words": definition.subtitle.in_(active_language()) or definition.description.in_(active_language()),
        "href": reverse("council:new-form-begin", args=[child.pk, version.form.code.lower()]),
    }


def new_form_links(holder: Holder, child: Child, user: User) -> dict[str, Any]:
    """New, and the forms that the officer has begun, for the top of the chronology."""
    if not holder.may(Permission.FILL_IN_FORMS):
        return {}
    begun = [
        (reverse("filling:resume", args=[draft.pk]), _title(draft), draft.saved_at)
        for draft in keyed.child_forms_open(child, user)
    ]
    return {"new_href": reverse("council:new-form", args=[child.pk]), "begun": begun}


def again_href(holder: Holder, child: Child, entry: Entry) -> str:
    """Where a new form is made from the one behind ``entry``; "" where that is not offered any more."""
    submission = submission_of(entry) if holder.may(Permission.FILL_IN_FORMS) else None
    code = forms.definition_of(submission.version_id).code if submission else ""
    offered = {one.form.code for some in offered_to(holder).values() for one in some} if code else set()
    return reverse("council:new-form-begin", args=[child.pk, code.lower()]) if code in offered else ""


def earlier_forms(holder: Holder, child: Child, version: FormVersion) -> list[Submission]:
    """The approved forms that the officer may read and that may lend to this one, newest first (SP-179)."""
    entries = [one for one in chronology.entries_of(child) if one.kind == KIND]
    told = forms_by_id(one.source_id for one in entries)
    entries = [one for one in readable(holder, entries) if one.source_id in told]
    teams = {source: one.team for source, one in told.items()}
    return keyed.earlier_forms(entries, to=destination_of(version.destination).team, teams=teams)


def hidden_codes(definition: Definition, child: Child, holder: Holder) -> frozenset[str]:
    """Questions whose earlier answers would tell this officer a restricted address."""
    return frozenset() if may_see_address(child, holder) else definition.places


def known(child: Child, definition: Definition, *, without: Collection[str]) -> dict[str, Any]:
    return known_of(child, definition, today=timezone.localdate(), without=without)


def lent(
    definition: Definition,
    earlier: list[Submission],
    *,
    chosen: Mapping[str, Collection[int]],
    without: Collection[str],
) -> lending.Lent:
    today = timezone.localdate()
    return lending.lent(definition, earlier, today=today, chosen=chosen, without=without)


def choices(
    definition: Definition, earlier: list[Submission], *, child: Child, holder: Holder
) -> list[Chosen]:
    """The questions of which an officer chooses earlier answers; the newest is chosen at first."""
    hidden = hidden_codes(definition, child, holder)
    found = lending.choices_in(definition, earlier, today=timezone.localdate())
    return [_chosen(one) for one in found if one.question.code not in hidden]


def _chosen(choice: lending.Choice) -> Chosen:
    question, language = choice.question, active_language()
    options = [
        {
            "value": str(submission.pk),
            "text": "; ".join(KINDS[question.kind].speak(value, question, language)),
            "hint": _source(submission),
        }
        for submission, value in choice.answers
    ]
    every = [one["value"] for one in options]
    values = every if choice.several else every[:1]
    return Chosen(question.code, question.text.in_(language), choice.several, options, values)


def _source(submission: Submission) -> str:
    title = forms.definition_of(submission.version_id).title.in_(active_language())
    return say("send.Earlier_From", form=title, name=submission.sender, date=day(submission.sent_at))


def check_page(draft: Draft, child: Child) -> dict[str, Any]:
    """Every answer with its way back, what is missing, and which answers are as they came."""
    definition = forms.definition_of(draft.version_id)
    gaps = intake.gaps_of(draft, now=timezone.now())
    unchanged = unchanged_in(draft, definition)
    title = definition.title.in_(active_language())
    return {
        "draft": draft,
        "child": child,
        "title": title,
        "sections": sections_of_draft(draft, definition),
        "gap_links": gap_links(draft, definition, gaps),
        "unchanged": [one.text.in_(active_language()) for one in unchanged],
        "back_to_form": _place_of(draft, definition, unchanged),
        "saved": saved_words(draft),
        "breadcrumbs": crumbs(child, (title, "")),
        "problems": {},
    }


def unchanged_in(draft: Draft, definition: Definition) -> list[Question]:
    """The questions whose answer is still the one that an earlier form gave, in page order."""
    sent = Walk(definition, draft.answers, today=timezone.localdate()).sealed_answers()
    same = {
        code
        for code, one in draft.inherited.items()
        if code in sent and digest(draft.answers.get(code)) == digest(one["value"])
    }
    return [one for code, one in definition.question_by_code.items() if code in same]


def _place_of(draft: Draft, definition: Definition, unchanged: list[Question]) -> str:
    """Back in the form: at the first answer that was not changed, else where the officer left it."""
    if not unchanged:
        return reverse("filling:resume", args=[draft.pk])
    first = unchanged[0]
    return f"{place_address(draft.pk, definition.group_of[first.code].key)}#{first.field_id}"


def crumbs(child: Child, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("shared.Menu_Children"), reverse("council:children")),
        (child.name, reverse("council:child", args=[child.pk])),
        (say("children.Tab_child-chronology"), reverse("council:child-chronology", args=[child.pk])),
        *more,
    ]


def _title(draft: Draft) -> str:
    return forms.definition_of(draft.version_id).title.in_(active_language())
