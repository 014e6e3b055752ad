"""What people answer, and what follows from it."""

from datetime import timedelta

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.mailbox import letters
from guildhall.mail.messages import services as messages
from guildhall.people.accounts import codes
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.models import ConsentGiven, Proof, User
from guildhall.people.consent import queries, services
from guildhall.people.consent.models import Withdrawal

from ...mailbox import deliver
from ...standing import NOON, a_parent, an_administrator, another_parent
from .scene import NETWORK, published

LATER = NOON + timedelta(hours=1)
BROWSER = {"language": "cy", "network": NETWORK, "now": LATER}
pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_once_with_who_when_which_text_and_a_keyed_digest_of_where():
    dilys, statement = a_parent(), published()
    for _ in range(2):
        services.agree(dilys, statement_id=statement.pk, **BROWSER)

    given = ConsentGiven.objects.get(user=dilys, statement=statement)
    assert (given.answer, given.language, given.at) == ("agreed", "cy", LATER)
    entry = Entry.objects.get(verb="consent.agreed", at=LATER)
    assert (entry.by_id, entry.detail["statement"]) == (dilys.pk, statement.pk)
    assert entry.detail["network"] == codes.name_digest(NETWORK)
    assert NETWORK not in str(entry.detail)


def test_the_language_kept_is_the_one_the_statement_was_read_in():
    dilys = a_parent()
    statement = published(agreement={"en": "I agree."})
    only_english = services.add_question(
        {"en": "Only English"}, agreement={"en": "Yes"}, active=True, by=an_administrator(), now=NOON
    )
    services.schedule(only_english, publish_at=None, by=an_administrator(), now=NOON)
    services.agree(dilys, statement_id=queries.current_id(), **BROWSER)
    assert statement.pk != queries.current_id()
    assert queries.last_answer(dilys).language == "en"


@pytest.mark.req("SP-046")
def test_the_history_of_a_person_equals_the_log():
    dilys = a_parent()
    ConsentGiven.objects.filter(user=dilys).delete()
    first = published("One")
    services.agree(dilys, statement_id=first.pk, **BROWSER)
    second = published("Two", now=LATER)
    services.decline(dilys, statement_id=second.pk, **BROWSER)
    services.agree(dilys, statement_id=second.pk, **BROWSER)
    services.withdraw(dilys, **BROWSER)

    history = [(one.answer, one.statement_id, one.at) for one in accounts.consents_of(dilys)]
    verbs = [f"consent.{answer}" for answer in ConsentGiven.Answer]
    entries = Entry.objects.filter(by_id=dilys.pk, verb__in=verbs).order_by("-pk")
    log = [(one.verb.removeprefix("consent."), one.detail["statement"], one.at) for one in entries]
    assert history == log
    assert [answer for answer, *_ in history] == ["withdrawn", "agreed", "withheld", "agreed"]


def test_an_answer_to_an_older_statement_is_refused():
    dilys, old = a_parent(), published("Old")
    published("New")
    for act in (services.agree, services.decline):
        with pytest.raises(services.OldStatement):
            act(dilys, statement_id=old.pk, **BROWSER)
    assert ConsentGiven.objects.filter(user=dilys).count() == 1


@pytest.mark.req("SP-012")
def test_declining_is_recorded_as_withheld_once_and_agreeing_later_ends_it():
    dilys, statement = a_parent(), published()
    for _ in range(2):
        services.decline(dilys, statement_id=statement.pk, **BROWSER)
    withheld = Withdrawal.objects.get(user=dilys)
    assert withheld.given.answer == "withheld"

    services.agree(dilys, statement_id=statement.pk, **BROWSER)
    withheld.refresh_from_db()
    assert withheld.ended_at == LATER


@pytest.mark.req("SP-050")
def test_withdrawing_closes_the_account_and_ends_everything_that_could_open_it():
    dilys = a_parent()
    Proof.objects.create(
        user=dilys, purpose="set-password", email=dilys.email, link_digest="x", link_until=LATER, made_at=NOON
    )
    services.withdraw(dilys, **BROWSER)

    closed = User.objects.get(pk=dilys.pk)
    assert (closed.state, closed.email, closed.former_email) == ("withdrawn", None, "dilys@example.org")
    assert closed.session_epoch == dilys.session_epoch + 1
    assert not closed.has_usable_password()
    assert not Proof.objects.filter(user=dilys, ended_at=None).exists()
    with pytest.raises(services.AlreadyClosed):
        services.withdraw(dilys, **BROWSER)


@pytest.mark.req("SP-318")
def test_each_address_is_told_once_of_a_withdrawal_and_not_who_it_was():
    told = ["gdpr@council.example.org", "dpo@council.example.org"]
    services.change_notified([*told, "GDPR@council.example.org"], by=an_administrator(), now=NOON)
    services.withdraw(a_parent(), **BROWSER)
    deliver()
    deliver()

    for address in told:
        [letter] = letters(to=address, most=10)
        assert "/council/administration/consent/withdrawals/" in letter.text
        assert "dilys" not in (letter.text + letter.subject).lower()
        assert "pritchard" not in letter.text.lower()


def test_withholding_tells_nobody_by_email():
    services.change_notified(["gdpr@council.example.org"], by=an_administrator(), now=NOON)
    services.decline(a_parent(), statement_id=published().pk, **BROWSER)
    deliver()

    assert letters(to="gdpr@council.example.org", most=1) == []


def test_a_mark_counts_once_and_can_be_taken_back():
    withdrawal = services.withdraw(a_parent(), **BROWSER)
    services.mark_actioned(withdrawal, by=an_administrator(), now=LATER)
    services.mark_actioned(withdrawal, by=another_parent(), now=LATER + timedelta(hours=1))
    withdrawal.refresh_from_db()
    assert (withdrawal.actioned_at, withdrawal.actioned_by) == (LATER, an_administrator())
    services.take_mark_back(withdrawal, by=an_administrator(), now=LATER)
    withdrawal.refresh_from_db()
    assert (withdrawal.actioned_at, withdrawal.actioned_by) == (None, None)


def test_a_message_is_not_emailed_to_whoever_does_not_want_that_but_is_there():
    dilys, marek = a_parent(), another_parent()
    services.choose_emails(dilys, message_waiting=False, now=NOON)
    for user in (dilys, marek):
        messages.send(user, subject="News", body="Words", key=f"m-{user.pk}", now=NOON)
    deliver()

    assert letters(to=dilys.email, most=1) == []
    assert len(letters(to=marek.email, most=5)) == 1


def test_a_message_to_a_closed_account_is_kept_and_emailed_to_nobody():
    dilys = a_parent()
    services.withdraw(dilys, **BROWSER)
    dilys.refresh_from_db()
    assert messages.send(dilys, subject="News", body="Words", key="m", now=NOON).pk
    deliver()
