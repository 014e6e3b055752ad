"""Post of every kind to the demonstration's schools, with what the people of one of them did with it."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.mail.post import queries
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting
from guildhall.mail.post.told import Told
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment
from guildhall.people.responsibilities.models import Responsibility

from .cast import Cast

SCHOOL = "990001"
Entry = dict[str, Any]


@cache
def written() -> list[Entry]:
    """What is posted, as the file has it."""
    entries: list[Entry] = yaml.safe_load(Path(__file__).with_name("post.yaml").read_text("utf-8"))
    return entries


def post_to_schools(cast: Cast, *, now: datetime) -> None:
    """Write, plan and publish the post over the last month, and let people at a school answer."""
    for entry in written():
        by = cast.staff[entry["by"]]
        went = now + timedelta(days=entry.get("days", 0))
        posting = post.draft_posting(told=_told(entry, now), by=by, now=min(went, now))
        if attached := entry.get("attached"):
            post.attach(posting, uploads=[_upload(*attached)], by=by, now=min(went, now))
        if went > now:
            post.schedule(posting, due_at=went, by=by, now=now)
        elif went < now:
            posting = post.publish(posting, by=by, now=went)
            _answer(posting, entry, by=by, now=went + timedelta(hours=6))


def _told(entry: Entry, now: datetime) -> Told:
    def day(name: str) -> Any:
        return now.date() + timedelta(days=entry[name]) if name in entry else None

    (title_en, title_cy), (body_en, body_cy) = entry["title"], entry["body"]
    action_en, action_cy = entry.get("action", ("", ""))
    told = Told(
        title_en=title_en,
        title_cy=title_cy,
        body_en=body_en,
        body_cy=body_cy,
        action_en=action_en,
        action_cy=action_cy,
        act_by=day("act"),
        wants_file="file" in entry,
        file_by=day("file"),
        sensitivity=entry["level"],
        responsibilities=_ids(entry["for"]),
    )
    if phases := entry.get("phases"):
        return replace(told, audience=Posting.Audience.PHASES, phases=tuple(phases))
    if urns := entry.get("schools"):
        schools = Establishment.objects.filter(urn__in=urns).values_list("pk", flat=True)
        return replace(told, audience=Posting.Audience.SELECTED, schools=frozenset(schools))
    return told


def _ids(names: list[str]) -> frozenset[int]:
    known = {str(one): one.pk for one in Responsibility.objects.all()}
    return frozenset(known[name] for name in names)


def _upload(name: str, words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def _answer(posting: Posting, entry: Entry, *, by: User, now: datetime) -> None:
    """What people of the school, and then the officer, did with it."""
    for name in entry.get("read", ()):
        reader = _place(name)
        if item := queries.item(reader, posting.pk):
            post.open_item(item, place=reader, now=now)
    for name in entry.get("archived", ()):
        post.archive_some([posting.pk], place=_place(name), now=now)
    if redirected := entry.get("redirected"):
        sender, to = map(_place, redirected)
        post.redirect(posting, place=sender, to=[to.pk], confirmed=True, now=now)
    if returned := entry.get("returned"):
        post.return_file(posting, place=_place(returned[0]), upload=_upload(*returned[1:]), now=now)
    if words := entry.get("corrected"):
        note_en, note_cy, body_en, body_cy = words
        told = replace(Told.of(posting), body_en=body_en, body_cy=body_cy)
        corrected = post.Corrected(told, note_en=note_en, note_cy=note_cy)
        post.correct(posting, corrected=corrected, by=by, now=now + timedelta(days=1))
    if reason := entry.get("withdrawn"):
        post.withdraw(posting, reason=reason, by=by, now=now + timedelta(hours=6))


def _place(name: str) -> SchoolPlace:
    rows = SchoolPlace.objects.select_related("user", "school", "membership")
    return rows.get(user__email=f"{name}@ysgol.example.org", school__urn=SCHOOL)
