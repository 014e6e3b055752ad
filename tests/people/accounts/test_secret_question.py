"""The secret question: an extra check, kept as a hash."""

import pytest

from guildhall.people.accounts import services as accounts

from ...mailbox import last_letter
from ...standing import NOON, PASSPHRASE, a_parent


@pytest.mark.django_db
@pytest.mark.req("SP-293")
def test_changing_the_question_keeps_a_hash_and_tells_the_owner():
    dilys = a_parent()

    accounts.change_secret_question(
        dilys, question="pet", answer="Motley the dog", password=PASSPHRASE, by=dilys, now=NOON
    )

    dilys.refresh_from_db()
    assert dilys.secret_question == "pet"
    assert "Motley" not in dilys.secret_answer
    assert "secret question" in last_letter(dilys.email).subject


@pytest.mark.django_db
def test_a_wrong_password_or_an_unknown_question_changes_nothing():
    dilys = a_parent()

    with pytest.raises(accounts.WrongOldPassword):
        accounts.change_secret_question(
            dilys, question="pet", answer="Motley the dog", password="wrong", by=dilys, now=NOON
        )
    with pytest.raises(accounts.NoSuchQuestion):
        accounts.change_secret_question(
            dilys, question="what?", answer="Motley the dog", password=PASSPHRASE, by=dilys, now=NOON
        )

    dilys.refresh_from_db()
    assert dilys.secret_question == ""
