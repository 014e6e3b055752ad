"""Run beside a demonstration portal: sets the scene for pages in the middle of a journey.

``python -m tests.browser.stage`` prints as JSON what the addresses of those pages need.
"""

# ruff: noqa: E402, T201  (Django is set up before what needs it)

import json
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone

from guildhall.config import errors
from guildhall.demonstration.answers import Pen, filled
from guildhall.demonstration.stories import Story, matched, unknown
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts import services as account_services
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage.identity import Identity, identity_of
from guildhall.work.cases import queries as cases
from guildhall.work.cases import services as case_services
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.intake.declarations import declarations_for

from .pages import ASKED_PARENT, OFFICER, SAFEGUARDING, TEACHER

LETTER = b"Seen on 3 March 2026. She finds it hard to say what she needs.\n"


class Stage:
    """Puts forms into the state that a page shows. ``now``: when everything happens."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.parent, self.teacher = _person(ASKED_PARENT), _person(TEACHER)
        self.officer, self.front_door = _person(OFFICER), _person(SAFEGUARDING)
        self.records = iter(Child.objects.order_by("-pk")[:40])

    def draft(self, form: str, writer: User, about: Identity, *, share: float = 1.0) -> Draft:
        """A draft with ``share`` of its answers: 1.0 has no gap, 0 has none."""
        version = forms.live_version(form)
        assert version is not None
        made = submissions.start_draft(
            writer, version=version, family_child=None, language="en", now=self.now, again=True
        )
        pen = Pen(writer, about, self.now.date(), Random(form))
        definition = forms.definition_of(version.pk)
        answers = filled(definition, pen)
        answers = dict(list(answers.items())[: int(len(answers) * share)])
        place = version.definition["groups"][0]["key"]
        return self.save(made, answers, place)

    def save(self, draft: Draft, answers: dict[str, Any], place: str) -> Draft:
        return submissions.save_answers(
            draft, answers=answers, revision=draft.revision, place=place, by=draft.owner, now=self.now
        )

    def attach(self, draft: Draft, question: str) -> Draft:
        upload = SimpleUploadedFile("therapist-letter.txt", LETTER, content_type="text/plain")
        return submissions.add_file(draft, upload=upload, question=question, by=draft.owner, now=self.now)[0]

    def send(self, draft: Draft) -> Submission:
        definition = forms.definition_of(draft.version_id)
        agreed = {each.key for each in declarations_for(definition, draft.language)}
        return intake.submit(draft.pk, sender=draft.owner, key=draft.key, declarations=agreed, now=self.now)

    def case(self, form: str, *, to: str = "", ending: Any = None, evidence: bool = False) -> Case:
        """A sent form about a child with a record; ``ending`` as the demonstration's stories end."""
        record = next(self.records)
        writer = self.teacher if form == "SAFEGUARDING-PRO" else self.parent
        officer = self.front_door if form == "SAFEGUARDING-PRO" else self.officer
        said = identity_of(record)
        if to == "differs" and said.born_on:
            said = replace(said, born_on=said.born_on - timedelta(days=1), midname="Non", gender="")
        draft = self.draft(form, writer, said)
        if evidence:
            draft = self.attach(draft, "EVIDENCE")
        case: Case = self.send(draft).case
        if ending:
            ending(Story(form, writer, said, record, officer, 0, None), case, self.now)
        return Case.objects.get(pk=case.pk)


def _person(name: str) -> User:
    known = accounts.user_by_name(name)
    assert known is not None, name
    return known


def set_up(now: datetime) -> dict[str, str]:
    stage = Stage(now)
    return {
        **_drafts(stage),
        **_sent(stage),
        **_decisions(stage),
        **_matching(stage),
        **_held(stage),
        **{f"down_{language}": _down(language) for language in ("en", "cy")},
    }


def _drafts(stage: Stage) -> dict[str, str]:
    about = identity_of(next(stage.records))
    whole = stage.attach(stage.draft("EHCNA-PARENT", stage.parent, about), "EVIDENCE")
    return {
        "gaps": str(stage.draft("EHCNA-PARENT", stage.parent, about, share=0.3).pk),
        "empty": str(stage.draft("EHCNA-PARENT", stage.parent, about, share=0).pk),
        "whole": str(whole.pk),
        "tabs": str(stage.draft("EARLYHELP-PRO", stage.teacher, about, share=0.3).pk),
        "concern": str(stage.draft("SAFEGUARDING-PRO", stage.teacher, about).pk),
    }


def _sent(stage: Stage) -> dict[str, str]:
    """A form that was asked about, changed, sent again and asked about once more."""
    case = stage.case("EHCNA-PARENT", ending=matched, evidence=True)
    _ask(stage, case, reopen=True)
    draft = cases.open_correction(case)
    assert draft is not None
    stage.save(draft, {"VIEWS_LIKED": "Trains, and her cousin Elin."}, draft.place)
    stage.send(Draft.objects.get(pk=draft.pk))
    case = Case.objects.get(pk=case.pk)
    case_services.open_first(case, by=stage.officer, now=stage.now)
    _ask(stage, Case.objects.get(pk=case.pk), reopen=False)
    submission = case.submission
    return {"asked": case.reference, "sent": str(submission.key), "submission": str(submission.pk)}


def _ask(stage: Stage, case: Case, *, reopen: bool) -> None:
    letter = case_services.Letter("We need more information", "Please tell us more about the **school**.")
    reason = "Insufficient Detail"
    case_services.request_information(
        case, letter, by=stage.officer, now=stage.now, reason=reason, reopen=reopen
    )


def _decisions(stage: Stage) -> dict[str, str]:
    approved = stage.case("EHCNA-PARENT", ending=matched)
    letter = case_services.Letter("Your form has been approved", "We have approved it.")
    case_services.approve(approved, letter, by=stage.officer, now=stage.now)
    decision = approved.events.get(verb="approve")
    entry = Entry.objects.filter(mention_id=approved.mention_id).first()
    return {
        "open": stage.case("EHCNA-PARENT", ending=matched).reference,
        "unknown": stage.case("EHCNA-PARENT", to="differs", ending=unknown).reference,
        "approved": approved.reference,
        "decision": str(decision.version),
        "entry": str(entry.pk if entry else 0),
        "concerned": stage.case("SAFEGUARDING-PRO", ending=matched).reference,
    }


def _matching(stage: Stage) -> dict[str, str]:
    waiting = stage.case("EHCNA-PARENT", to="differs").mention
    record = Child.objects.filter(surname=waiting.identity["surname"], forename=waiting.identity["forename"])
    settled = stage.case("EHCNA-PARENT", ending=matched)
    return {
        "mention": str(waiting.pk),
        "record": str(record.latest("pk").pk),
        "settled": str(settled.mention_id),
    }


def _held(stage: Stage) -> dict[str, str]:
    fields = [("q-views_liked", "Trains"), ("revision", "1")]
    key = account_services.hold_post(stage.parent.pk, path="/forms/saved/", fields=fields, now=stage.now)
    return {"held": key or ""}


def _down(language: str) -> str:
    request = RequestFactory(headers={"cookie": f"language={language}"}).get("/")
    return errors.database_down(request).content.decode()


if __name__ == "__main__":
    print(json.dumps(set_up(timezone.now())))
