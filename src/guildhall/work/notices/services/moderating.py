"""What the council does with notices, what it is told about them, and forgetting old ones."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace

from .. import queries, rules
from ..models import Notice, Report
from ..moves import Move
from . import telling
from .placing import Moved

State = Notice.State
MOST_REASON = 500
KEPT = timedelta(days=365)


class NotYours(Refusal):
    """Only officers who write to schools look after their notices."""


def _taken(notice: Notice, move: Move, *, holder: Holder, now: datetime) -> Notice:
    """The notice, held, for an officer who can make ``move``."""
    if not rules.moderates(holder):
        raise NotYours(say("schools.Notice_Error_NotYours"))
    notice = hold(notice)
    if not rules.takes(notice, move, timezone.localdate(now)):
        raise Moved(say("schools.Notice_Error_Moved"))
    return notice


@transaction.atomic
def approve_notice(notice: Notice, *, holder: Holder, by: User, now: datetime) -> Notice:
    """Let schools see a notice that waits; its owner reads of it. Raises NotYours, Moved."""
    notice = _taken(notice, Move.APPROVE, holder=holder, now=now)
    notice.watched = False
    return _decided(notice, State.SHOWN, "approved", by=by, now=now)


@transaction.atomic
def refuse_notice(notice: Notice, *, reason: str, holder: Holder, by: User, now: datetime) -> Notice:
    """Do not show a notice that waits; its owner reads why.

    Raises NotYours, Moved, and Refusals with the field ``reason``.
    """
    return _against(notice, Move.REFUSE, State.REFUSED, reason, holder=holder, by=by, now=now)


@transaction.atomic
def remove_notice(notice: Notice, *, reason: str, holder: Holder, by: User, now: datetime) -> Notice:
    """Take down a notice that is shown, which settles its reports; its owner reads why.

    Raises NotYours, Moved, and Refusals with the field ``reason``.
    """
    return _against(notice, Move.REMOVE, State.REMOVED, reason, holder=holder, by=by, now=now)


def _against(
    notice: Notice, move: Move, after: Notice.State, reason: str, *, holder: Holder, by: User, now: datetime
) -> Notice:
    notice = _taken(notice, move, holder=holder, now=now)
    if not 0 < len(reason) <= MOST_REASON:
        raise Refusals({"reason": say("schools.Notice_Error_Reason", most=MOST_REASON)})
    notice.reason, notice.watched = reason, True
    _settle(notice, by=by, now=now)
    return _decided(notice, after, after, by=by, now=now)


def _decided(notice: Notice, after: Notice.State, verb: str, *, by: User, now: datetime) -> Notice:
    notice.state, notice.decided_by, notice.decided_at, notice.changed_at = after, by, now, now
    notice.save()
    audit.record(f"notices.{verb}", by=by, about=notice, now=now)
    telling.tell_owner(notice, now=now)
    return notice


@transaction.atomic
def report_notice(notice: Notice, *, words: str, place: SchoolPlace, by: User, now: datetime) -> Report:
    """Tell the council that something is wrong with a notice; doing so again before it looked adds nothing.

    Raises Moved for one that is not shown, and Refusals with the field ``words``.
    """
    notice = hold(notice)
    if known := Report.objects.filter(notice=notice, by=by, settled_at=None).first():
        return known
    if not rules.is_on_show(notice, timezone.localdate(now)):
        raise Moved(say("schools.Notice_Error_Moved"))
    if not 0 < len(words) <= MOST_REASON:
        raise Refusals({"words": say("schools.Notice_Error_Report", most=MOST_REASON)})
    made = Report.objects.create(notice=notice, by=by, school_id=place.school_id, words=words, at=now)
    audit.record("notices.reported", by=by, about=notice, now=now)
    telling.tell_of_report(made, now=now)
    return made


@transaction.atomic
def settle_reports(notice: Notice, *, holder: Holder, by: User, now: datetime) -> int:
    """Leave a notice as it is, whatever was told of it; how many reports that settles. Raises NotYours."""
    if not rules.moderates(holder):
        raise NotYours(say("schools.Notice_Error_NotYours"))
    settled = _settle(hold(notice), by=by, now=now)
    if settled:
        audit.record("notices.reports_settled", by=by, about=notice, now=now, detail={"reports": settled})
    return settled


def _settle(notice: Notice, *, by: User, now: datetime) -> int:
    return notice.reports.filter(settled_at=None).update(settled_at=now, settled_by=by)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete notices, with their pictures, that have not been shown or touched for a year; how many."""
    before = now - KEPT
    old = Notice.objects.filter(changed_at__lt=before, ends_on__lt=timezone.localdate(before))
    some = list(old[:500])
    for notice in some:
        key = notice.pk
        notice.delete()
        files.remove_held((queries.HELD_BY, key), by=None, now=now)
    if some:
        about = ("notices", "old")
        audit.record("notices.forgotten", by=None, about=about, now=now, detail={"notices": len(some)})
    return len(some)
