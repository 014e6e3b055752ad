"""Meetings, and publishing, replacing and withdrawing their papers."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files import services as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import Meeting, Opened, Paper

FIELD = "paper_file"
MOST = 100  # papers of one meeting


class NotAKeeper(Refusal):
    """Only the clerk and the chair keep the papers."""


class NotConfirmed(Refusal):
    """Nobody said that the paper tells of no pupil."""


class TooManyPapers(Refusal):
    """The meeting has as many papers as it takes."""


class TooManyVersions(Refusal):
    """The paper has as many versions as it takes."""


class HasPapers(Refusal):
    """A meeting with papers, also withdrawn ones, stays."""


@dataclass(frozen=True)
class ToldMeeting:
    """What somebody says of a meeting."""

    name: str
    held_on: date
    where: str = ""


def _must_keep(place: SchoolPlace, meeting: Meeting | None = None) -> None:
    """Raises NotAKeeper unless the person keeps the papers of the school, which is the meeting's."""
    if not rules.keeps_papers(place) or (meeting and meeting.school_id != place.school_id):
        raise NotAKeeper(say("schools.Governors_Error_Keeper"))


def _must_be_confirmed(confirmed: bool) -> None:
    if not confirmed:
        raise NotConfirmed(say("schools.Error_PaperNoPupils_Required"), field="paper_no_pupils")


@transaction.atomic
def add_meeting(place: SchoolPlace, told: ToldMeeting, *, now: datetime) -> Meeting:
    """Add a meeting of the school of ``place``; the same again adds nothing. Raises NotAKeeper."""
    _must_keep(place)
    known = Meeting.objects.filter(school_id=place.school_id, name=told.name, held_on=told.held_on).first()
    if known is not None:
        return known
    made = Meeting.objects.create(
        school_id=place.school_id, added_by=place.user, added_at=now, **asdict(told)
    )
    audit.record("governors.meeting_added", by=place.user, about=made, now=now)
    return made


@transaction.atomic
def change_meeting(meeting: Meeting, told: ToldMeeting, *, place: SchoolPlace, now: datetime) -> Meeting:
    """Say otherwise what a meeting is called, or when or where it is. Raises NotAKeeper."""
    _must_keep(place, meeting)
    meeting = hold(meeting)
    meeting.name, meeting.held_on, meeting.where = told.name, told.held_on, told.where
    meeting.save(update_fields=["name", "held_on", "where"])
    for paper in meeting.papers.all():
        _describe(paper, meeting)
        paper.save(update_fields=["sought"])
    audit.record("governors.meeting_changed", by=place.user, about=meeting, now=now)
    return meeting


@transaction.atomic
def remove_meeting(meeting: Meeting, *, place: SchoolPlace, now: datetime) -> None:
    """Remove a meeting that never had a paper. Raises NotAKeeper, HasPapers."""
    _must_keep(place, meeting)
    meeting = hold(meeting)
    if meeting.papers.exists():
        raise HasPapers(say("schools.Governors_Error_HasPapers"))
    audit.record("governors.meeting_removed", by=place.user, about=meeting, now=now)
    meeting.delete()


@transaction.atomic
def add_paper(
    meeting: Meeting,
    *,
    kind: str,
    title: str,
    upload: UploadedFile,
    no_pupils: bool,
    key: UUID,
    place: SchoolPlace,
    now: datetime,
) -> Paper:
    """Publish a paper to the governing body; the same ``key`` again adds nothing.

    Raises NotAKeeper, NotConfirmed, TooManyPapers, FileRefused.
    """
    _must_keep(place, meeting)
    _must_be_confirmed(no_pupils)
    meeting = hold(meeting)
    known = Paper.objects.filter(pk=key).first()
    if known is not None and known.meeting_id == meeting.pk:
        return known
    if meeting.papers.count() >= MOST:
        raise TooManyPapers(say("schools.Governors_Error_TooMany", most=MOST), field=FIELD)
    key = uuid4() if known else key
    held = (queries.HELD_BY, key)
    file = files.accept_upload(upload, owner=place.user, held_by=held, question=FIELD, now=now)
    paper = Paper(pk=key, meeting=meeting, kind=kind, title=title, file=file, added_by=place.user)
    paper.added_at = paper.changed_at = now
    _describe(paper, meeting)
    paper.save(force_insert=True)
    audit.record("governors.paper_added", by=place.user, about=paper, now=now)
    return paper


def _describe(paper: Paper, meeting: Meeting) -> None:
    paper.sought = fold_name(f"{paper.title} {meeting.name} {paper.file.name}")


@transaction.atomic
def replace_paper(
    paper: Paper, *, upload: UploadedFile, no_pupils: bool, place: SchoolPlace, now: datetime
) -> Paper:
    """Let a newer file stand for the paper; everybody has it to read again. Older ones stay as versions.

    Raises NotAKeeper, NotConfirmed, TooManyVersions, FileRefused.
    """
    _must_keep(place, paper.meeting)
    _must_be_confirmed(no_pupils)
    paper = hold(paper)
    most = file_queries.most_files()
    if len(queries.versions(paper)) >= most:
        raise TooManyVersions(say("schools.Governors_Error_TooManyVersions", most=most), field=FIELD)
    held = (queries.HELD_BY, paper.pk)
    paper.file = files.accept_upload(upload, owner=place.user, held_by=held, question=FIELD, now=now)
    paper.changed_at = now
    _describe(paper, paper.meeting)
    paper.save(update_fields=["file", "changed_at", "sought"])
    audit.record("governors.paper_replaced", by=place.user, about=paper, now=now)
    return paper


@transaction.atomic
def withdraw_paper(paper: Paper, *, place: SchoolPlace, now: datetime) -> None:
    """Let nobody read the paper any more, until it is put back. Raises NotAKeeper."""
    _must_keep(place, paper.meeting)
    rows = Paper.objects.filter(pk=paper.pk, withdrawn_at=None)
    if rows.update(withdrawn_at=now, withdrawn_by=place.user):
        audit.record("governors.paper_withdrawn", by=place.user, about=paper, now=now)


@transaction.atomic
def put_back_paper(paper: Paper, *, place: SchoolPlace, now: datetime) -> None:
    """Publish a withdrawn paper again. Raises NotAKeeper."""
    _must_keep(place, paper.meeting)
    rows = Paper.objects.filter(pk=paper.pk, withdrawn_at__isnull=False)
    if rows.update(withdrawn_at=None, withdrawn_by=None):
        audit.record("governors.paper_put_back", by=place.user, about=paper, now=now)


@transaction.atomic
def note_opened(paper: Paper, *, file: StoredFile, place: SchoolPlace, now: datetime) -> None:
    """Keep that somebody opened a version of a paper; of each version the first time counts."""
    Opened.objects.get_or_create(file=file, user=place.user, defaults={"paper": paper, "at": now})
    audit.record("governors.paper_opened", by=place.user, about=paper, now=now, detail={"file": str(file.pk)})
