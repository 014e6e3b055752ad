"""The secret question: an extra check before a link is emailed, never enough by itself."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from ..models import User
from ..queries import secret_questions
from . import proofs
from .details import check_old_password


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
