"""The secret question: an extra check before a link is emailed, never enough by itself."""

from datetime import datetime

from django.contrib.auth.hashers import check_password as answer_matches
from django.contrib.auth.hashers import make_password
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from .. import codes, rules
from ..hashers import Busy, refuse_crowd
from ..models import User
from ..queries import secret_questions, user_by_email
from . import guards, proofs
from .details import ask_password_link, check_old_password
from .sign_in import counted_as, nobodys_hash, note_wrong


class NoSuchQuestion(Refusal):
    """The question is not one of those that are offered."""


def answer_digest(answer: str) -> str:
    """``answer`` as it is kept: capitals count, spaces around it do not."""
    return make_password(answer.strip())


def change_secret_question(
    user: User, *, question: str, answer: str, password: str, by: User, now: datetime
) -> None:
    """Change both, once ``password`` is right, and tell the owner.

    ``question`` is a key of ``queries.secret_questions``. Raises WrongOldPassword (field "old_password"),
    NoSuchQuestion.
    """
    check_old_password(user, password, field="old_password")
    _keep(user, question, answer_digest(answer), by, now)


def set_secret_question(user: User, *, question: str, answer: str, now: datetime) -> None:
    """Keep the first secret question of somebody who has just proved who they are. Raises NoSuchQuestion."""
    _keep(user, question, answer_digest(answer), user, now, tell=False)


def give_everybody_a_question(*, question: str, answer: str) -> int:
    """For a demonstration: whoever has no secret question gets this one; how many."""
    rows = User.objects.filter(secret_answer="")
    return rows.update(secret_question=question, secret_answer=answer_digest(answer))


@transaction.atomic
def _keep(user: User, question: str, digest: str, by: User, now: datetime, *, tell: bool = True) -> None:
    if question not in dict(secret_questions()):
        raise NoSuchQuestion(texts.say("account.Error_SecretQuestion_Required"), field="secret_question")
    user.secret_question, user.secret_answer = question, digest
    user.save(update_fields=["secret_question", "secret_answer"])
    if tell:
        key = f"secret-{user.pk}-{now.timestamp()}"
        proofs.tell(user, "SecretQuestion_Changed", key=key, now=now)
    audit.record("account.secret_question_changed", by=by, about=user, now=now)


def answer_secret_question(email: str, answer: str, *, address: str, device: str = "", now: datetime) -> None:
    """Have a link emailed if ``answer`` is right, or if the account has no question.

    A wrong answer counts as a wrong password. Nobody learns which of it was so: every address costs one
    hash and one piece of work. Raises guards.Shut for the network ``address``, hashers.Busy.
    """
    refuse_crowd()
    user = user_by_email(email)
    whose, network = counted_as(user, email, device), codes.name_digest(address)
    wanted = (
        guards.Wanted("address", network, rules.address_limit()),
        guards.Wanted("password", whose, rules.password_limit()),
    )
    try:
        _, guard = guards.spend_each(*wanted, now=now)
    except guards.Shut as shut:
        if shut.what != "password":
            raise
        ask_password_link(email, right=False, now=now)
        return
    try:
        right = _is_right(user, answer)
    except Busy:
        _take_back(wanted)
        raise
    if right:
        # Not forgiven: that would let somebody guess passwords without end between two answers.
        _take_back(wanted)
    else:
        note_wrong(user, whose, guard, now)
    ask_password_link(email, right=right, now=now)


def _take_back(wanted: tuple[guards.Wanted, ...]) -> None:
    for one in wanted:
        guards.take_back(one.what, one.whose, limit=one.limit)


def _is_right(user: User | None, answer: str) -> bool:
    kept = user.secret_answer if user else ""
    matches = answer_matches(answer.strip(), kept or nobodys_hash())
    return matches if kept else user is not None
