"""What happened in the demonstration before it was opened: forms in every state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.models import User
from guildhall.people.families import services as families
from guildhall.people.families.models import FamilyChild
from guildhall.records.children.models import Child
from guildhall.records.linkage import queries as linkage_queries
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.identity import Identity
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.intake.declarations import declarations_for

from .answers import Pen, filled
from .cast import Cast

LETTERS = {
    "approve": (
        "Your form has been approved",
        "We have read your form and approved it. We will write to you about what happens next.",
    ),
    "reject": (
        "About your form",
        "We have read your form. No further action will be taken. You can answer this message.",
    ),
    "request": (
        "We need more information",
        "Please tell us more about what the school has tried, and send any letters you have.",
    ),
    "resubmit": ("About your form", "We are checking again whose record your form belongs to."),
}


@dataclass(frozen=True)
class Story:
    """One form: who wrote it about whom, how long ago, and what became of it."""

    form: str
    writer: User
    child: Identity
    record: Child | None
    officer: User
    days_ago: int
    ending: Callable[["Story", Case, datetime], None] | None


def tell(cast: Cast, *, now: datetime) -> None:
    """Act every story out, oldest first, so that references and histories read as they would have come."""
    chance = Random("Carreg Valley stories")
    for story in sorted(_stories(cast, chance), key=lambda story: -story.days_ago):
        day = now - timedelta(days=story.days_ago)
        _act(story, chance, day.replace(hour=chance.randint(8, 19), minute=chance.randint(0, 59)))


def _stories(cast: Cast, chance: Random) -> list[Story]:
    """Six rounds of every ending for the three teams, and two drafts each that nobody has sent yet."""
    endings = [
        None,
        waiting,
        opened,
        matched,
        approved,
        added,
        rejected,
        asked,
        reopened,
        answered,
        unknown,
        returned,
    ]
    plots = [
        ("EHCNA-PARENT", cast.families[:17], cast.staff["angharad"]),
        ("SAFEGUARDING-PRO", cast.professionals, cast.staff["ruth"]),
        ("EARLYHELP-PRO", cast.professionals, cast.staff["sam"]),
    ]
    children = [pair for pair in cast.children if 4 <= _years(pair[1], cast.today) <= 15]
    told = []
    for number in range(6 * len(endings)):
        form, writers, officer = plots[number % 3]
        record, identity = chance.choice(children)
        writer = writers[(number // 3) % len(writers)]
        days = chance.randint(2, 28) if endings[number % len(endings)] is None else chance.randint(4, 200)
        told.append(
            Story(
                form,
                writer,
                _as_told(identity, chance),
                record,
                officer,
                days,
                endings[number % len(endings)],
            )
        )
    return told


def _years(child: Identity, today: date) -> int:
    return (today - child.born_on).days // 365 if child.born_on else 0


def _as_told(identity: Identity, chance: Random) -> Identity:
    """The child as a worried or hurried person writes them: now and then a slip."""
    slip = chance.random()
    if slip < 0.12:
        return replace(identity, midname="", postcode=identity.postcode.replace(" ", ""))
    if slip < 0.22:
        return replace(identity, forename=identity.forename[:-1] or identity.forename)
    if slip < 0.30 and identity.born_on and identity.born_on.day <= 12:
        return replace(
            identity, born_on=identity.born_on.replace(day=identity.born_on.month, month=identity.born_on.day)
        )
    return identity


def _act(story: Story, chance: Random, day: datetime) -> None:
    draft = _written(story, chance, day)
    if story.ending is None:
        return
    definition = forms.definition_of(draft.version_id)
    agreed = {each.key for each in declarations_for(definition, draft.language)}
    submission = intake.submit(
        draft.pk, sender=story.writer, key=draft.key, declarations=agreed, now=day + timedelta(hours=1)
    )
    story.ending(
        story, submission.case, (day + timedelta(days=1)).replace(hour=9, minute=chance.randint(5, 55))
    )


def _written(story: Story, chance: Random, day: datetime) -> Draft:
    version = forms.live_version(story.form)
    assert version is not None
    draft = submissions.start_draft(
        story.writer,
        version=version,
        family_child=_in_the_family(story, day),
        language=story.writer.language,
        now=day,
        again=True,
    )
    pen = Pen(story.writer, story.child, day.date(), chance)
    answers: dict[str, Any] = filled(forms.definition_of(version.pk), pen)
    if story.ending is None:
        answers = dict(list(answers.items())[: len(answers) // 2])
    return submissions.save_answers(
        draft,
        answers=answers,
        revision=draft.revision,
        place=version.definition["groups"][0]["key"],
        by=story.writer,
        now=day,
    )


def _in_the_family(story: Story, day: datetime) -> FamilyChild | None:
    if story.form != "EHCNA-PARENT":
        return None
    child = story.child
    details = {
        "forename": child.forename[:15],
        "midname": child.midname[:25],
        "surname": child.surname[:30],
        "born_on": child.born_on,
        "gender": child.gender,
        "relationship": "mother",
    }
    return families.add_child(story.writer, details=details, now=day)


# How a story ends. Each begins where the one it calls stops.


def waiting(_story: Story, _case: Case, _now: datetime) -> None:
    """Nobody has opened the form yet."""


def opened(story: Story, case: Case, now: datetime) -> None:
    cases.open_first(case, by=story.officer, now=now)


def matched(story: Story, case: Case, now: datetime) -> None:
    opened(story, case, now)
    mention = Mention.objects.get(pk=case.mention_id)
    if mention.state != Mention.State.WAITING or story.record is None:
        return
    candidate = linkage_queries.compare(Identity.from_json(mention.identity), story.record)
    choices = {difference.field: "ours" for difference in candidate.differences}
    linkage.match_mention(
        mention, child=story.record, choices=choices, by=story.officer, now=now, confirmed=True
    )


def approved(story: Story, case: Case, now: datetime) -> None:
    matched(story, case, now)
    letter = cases.Letter(*LETTERS["approve"])
    cases.approve(case, letter, by=story.officer, now=now + timedelta(hours=2))


def added(story: Story, case: Case, now: datetime) -> None:
    """The child was new to the authority."""
    opened(story, case, now)
    mention = Mention.objects.get(pk=case.mention_id)
    if mention.state == Mention.State.WAITING:
        linkage.add_child_for(mention, by=story.officer, now=now)


def rejected(story: Story, case: Case, now: datetime) -> None:
    matched(story, case, now)
    letter = cases.Letter(*LETTERS["reject"])
    cases.reject(case, letter, by=story.officer, now=now + timedelta(hours=3))


def asked(story: Story, case: Case, now: datetime) -> None:
    matched(story, case, now)
    _ask(story, case, now + timedelta(hours=3), reopen=False)


def reopened(story: Story, case: Case, now: datetime) -> None:
    matched(story, case, now)
    _ask(story, case, now + timedelta(hours=3), reopen=True)


def _ask(story: Story, case: Case, now: datetime, *, reopen: bool) -> None:
    letter = cases.Letter(*LETTERS["request"])
    cases.request_information(
        case, letter, by=story.officer, now=now, reason="Insufficient Detail", reopen=reopen
    )


def answered(story: Story, case: Case, now: datetime) -> None:
    asked(story, case, now)
    words = "Thank you. The school tried a reading group and a picture timetable. The letters will follow."
    cases.receive_answer(case, by=story.writer, body=words, now=now + timedelta(days=2))


def unknown(story: Story, case: Case, now: datetime) -> None:
    """Rejected in matching: the officer could not say whose record it is."""
    opened(story, case, now)
    mention = Mention.objects.get(pk=case.mention_id)
    if mention.state == Mention.State.WAITING:
        linkage.reject_mention(mention, by=story.officer, now=now)


def returned(story: Story, case: Case, now: datetime) -> None:
    unknown(story, case, now)
    if Mention.objects.get(pk=case.mention_id).state == Mention.State.REJECTED:
        letter = cases.Letter(*LETTERS["resubmit"])
        cases.resubmit_to_matching(case, letter, by=story.officer, now=now + timedelta(hours=2))
