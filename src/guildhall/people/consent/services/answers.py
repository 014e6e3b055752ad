"""What people answer to the current statement, and what follows from it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts import codes
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import ConsentGiven, User

from .. import queries
from ..models import Withdrawal

AGREED, WITHHELD, WITHDRAWN = ConsentGiven.Answer


class OldStatement(Refusal):
    """While the person read the statement, a newer one was published."""


class AlreadyClosed(Refusal):
    """Consent was withdrawn, or the account closed, before."""


@transaction.atomic
def agree(user: User, *, statement_id: int, language: str, network: str, now: datetime) -> None:
    """Keep that ``user`` agreed to the current statement, read in ``language``; once.

    ``network`` is the network address of the browser; only a keyed digest of it is kept. Raises OldStatement.
    """
    user = hold(user)
    _check_current(statement_id)
    if not queries.has_agreed(user, statement_id):
        _answer(user, AGREED, language=language, network=network, now=now)
        Withdrawal.objects.filter(user=user, ended_at=None).update(ended_at=now)


@transaction.atomic
def decline(user: User, *, statement_id: int, language: str, network: str, now: datetime) -> None:
    """Keep that ``user`` withheld consent to the current statement; once. Their sessions end.

    Raises OldStatement.
    """
    user = hold(user)
    _check_current(statement_id)
    last = queries.last_answer(user)
    if last is None or (last.statement_id, last.answer) != (statement_id, WITHHELD):
        given = _answer(user, WITHHELD, language=language, network=network, now=now)
        Withdrawal.objects.create(user=user, given=given, at=now)
    accounts.end_sessions(user)


@transaction.atomic
def withdraw(user: User, *, language: str, network: str, now: datetime) -> Withdrawal:
    """Close the account of ``user`` for good: every session ends, those who want to know are told once.

    What was sent stays with the authority. Raises AlreadyClosed for one that is closed already.
    """
    user = hold(user)
    if not user.is_active:
        raise AlreadyClosed(texts.say("account.Withdraw_Closed"))
    given = _answer(user, WITHDRAWN, language=language, network=network, now=now)
    withdrawal = Withdrawal.objects.create(user=user, given=given, at=now)
    accounts.close_account(user, now=now)
    for address in dict.fromkeys(queries.notified()):
        _tell(address, withdrawal, now)
    return withdrawal


def _tell(address: str, withdrawal: Withdrawal, now: datetime) -> None:
    put_email(
        address,
        subject="account.EmailSubject_ConsentWithdrawn",
        body="text-blocks.Email_ConsentWithdrawn",
        language="en",
        key=f"consent-withdrawn-{withdrawal.pk}-{codes.name_digest(address)}",
        now=now,
        link=reverse("administration:consent-withdrawals"),
    )


def _check_current(statement_id: int) -> None:
    if statement_id != queries.current().pk:
        raise OldStatement(texts.say("account.NewStatement_Newer"), field="agree")


def _answer(user: User, answer: str, *, language: str, network: str, now: datetime) -> ConsentGiven:
    statement = queries.current()
    return accounts.answer(
        user, statement, answer=answer, by=user, language=language[:2], network=network, now=now
    )
