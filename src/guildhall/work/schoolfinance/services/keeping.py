"""Withdrawing a statement that should not have been published, and putting it back."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..models import LONGEST_REASON, Statement, Withdrawable
from . import telling
from .loading import NotNow, refuse_strangers


def reason_of(why: str) -> str:
    """A reason as it is kept. Raises Refusals with the field ``why``."""
    told = one_line(why)
    if not 0 < len(told) <= LONGEST_REASON:
        raise Refusals({"why": texts.say("schools.Error_Finance_Why", most=LONGEST_REASON)})
    return told


def mark_withdrawn(row: Withdrawable, told: str, *, by: User, now: datetime) -> None:
    """``row`` is withdrawn; the caller holds it."""
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = now, by, told
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])


def mark_put_back(row: Withdrawable) -> None:
    """It is there again; the caller holds it."""
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = None, None, ""
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])


@transaction.atomic
def withdraw_statement(
    statement: Statement, why: str, *, holder: Holder, by: User, now: datetime
) -> Statement:
    """Show the newest version of a school's month to nobody there. Raises NotHandling, NotNow, Refusals."""
    refuse_strangers(holder)
    told = reason_of(why)
    statement = _current(statement)
    if statement.withdrawn_at is None:
        mark_withdrawn(statement, told, by=by, now=now)
        _kept("schoolfinance.statement_withdrawn", statement, by, now)
        telling.tell_of_statements("Withdrawn", [statement], now=now)
    return statement


@transaction.atomic
def put_back_statement(statement: Statement, *, holder: Holder, by: User, now: datetime) -> Statement:
    """Show it again. Raises NotHandling, NotNow."""
    refuse_strangers(holder)
    statement = _current(statement)
    if statement.withdrawn_at is not None:
        mark_put_back(statement)
        _kept("schoolfinance.statement_put_back", statement, by, now)
        telling.tell_of_statements("PutBack", [statement], now=now)
    return statement


def _current(statement: Statement) -> Statement:
    held = hold(statement)
    if not held.current:
        raise NotNow(texts.say("schools.Error_Finance_Replaced"))
    return held


def _kept(verb: str, statement: Statement, by: User, now: datetime) -> None:
    audit.record(verb, by=by, about=statement, now=now, detail={"school": statement.school_id})
