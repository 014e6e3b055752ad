"""The pages of the schedule, of holds, and of lists of what is due."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.outbox.worker import drain
from guildhall.people.accounts.models import User
from guildhall.work.cases.models import Case
from guildhall.work.privacy.models import Hold, RetentionClass, Run
from guildhall.work.privacy.retention import CLASSES
from tests.standing import a_parent, a_person, an_administrator, come_in
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
KEEPING = "administration:privacy-keeping"


def an_auditor(name: str = "dpo", **details: str) -> User:
    return a_person(f"{name}@council.example.org", role="auditor", **details)


@pytest.fixture
def carys(client: Client) -> Client:
    return come_in(client, an_auditor())


def kept(carys: Client, **typed: str) -> int:
    given = {"start": "received", "months": "12", "action": "delete", "revision": "0"} | typed
    return carys.post(reverse("administration:privacy-kept", args=["forms"]), given).status_code


@pytest.mark.req("GH-047")
def test_a_period_is_set_and_its_history_is_shown(carys: Client):
    assert carys.get(reverse(KEEPING)).text.count("For ever") == len(CLASSES)
    assert kept(carys) == 302

    assert "12 months from the day it was received, then deleted" in carys.get(reverse(KEEPING)).text
    page = carys.get(reverse("administration:privacy-kept", args=["forms"])).text
    assert str(an_auditor()) in page


@pytest.mark.parametrize("typed", [{"months": "0"}, {"months": "x"}, {"start": "no"}, {"revision": "7"}])
def test_a_bad_value_is_refused_and_what_was_typed_stays(carys: Client, typed: dict[str, str]):
    assert kept(carys, **typed) == 422
    assert not RetentionClass.objects.exists()


@pytest.mark.req("GH-047")
def test_a_list_is_made_by_one_and_agreed_by_another(carys: Client):
    now = timezone.now()
    case = a_case(now=now - timedelta(days=800))
    kept(carys)
    page = carys.post(reverse("administration:privacy-run-begin")).url
    drain()
    assert case.reference in carys.get(page).text
    assert "Would be deleted (1)" in carys.get(page).text
    sign = reverse("administration:privacy-run-act", args=[Run.objects.get().pk, "sign"])
    assert "Somebody else must agree" in carys.post(sign, follow=True).text

    come_in(Client(), an_auditor("deputy")).post(sign)
    drain()

    assert not Case.objects.exists()
    assert "Carried out" in carys.get(page).text


@pytest.mark.req("GH-047")
def test_what_is_listed_for_review_is_ticked_on_the_list_and_can_be_unticked(carys: Client):
    case = a_case(now=timezone.now() - timedelta(days=800))
    kept(carys, action="review")
    page = carys.post(reverse("administration:privacy-run-begin")).url
    drain()
    line = Run.objects.get().lines.get().pk
    assert f"Delete Form {case.reference}" in carys.get(page).text
    act = reverse("administration:privacy-run-act", args=[Run.objects.get().pk, "review"])
    assert "Would be deleted (1)" in carys.post(act, {"shown": line, "chosen": line}, follow=True).text
    assert "To review (1)" in carys.post(act, {"shown": line}, follow=True).text
    assert "ticks which of the things" in come_in(Client(), an_auditor("deputy")).get(page).text


@pytest.mark.req("GH-047")
def test_a_list_names_things_as_people_do_and_not_by_the_marks_of_the_program(carys: Client):
    old = a_parent()
    long_ago = timezone.now() - timedelta(days=2_000)
    User.objects.filter(pk=old.pk).update(registered_at=long_ago)
    given = {"start": "used", "months": "12", "action": "delete", "revision": "0"}
    carys.post(reverse("administration:privacy-kept", args=["accounts"]), given)
    page = carys.post(reverse("administration:privacy-run-begin")).url
    drain()
    shown = carys.get(page).text
    assert f"Account {old.pk}<" in shown
    assert "@" not in shown.partition("<main")[2].partition("</main>")[0]


def test_a_hold_is_placed_shown_and_lifted_with_reasons(carys: Client):
    place = reverse("administration:privacy-hold")
    assert carys.post(place, {"kind": "case", "what": "", "reason": "x"}).status_code == 422
    reference = a_case().reference
    carys.post(place, {"kind": "case", "what": reference, "reason": "An inquiry"})
    assert f"One form, {reference}: An inquiry" in carys.get(reverse(KEEPING)).text
    lift = reverse("administration:privacy-lift", args=[Hold.objects.get().pk])
    assert carys.get(lift).status_code == 200
    assert carys.post(lift, {"reason": " "}).status_code == 422
    carys.post(lift, {"reason": "It is over"})
    assert "Nothing is held." in carys.get(reverse(KEEPING)).text
    assert carys.get(lift).status_code == 404


@pytest.mark.req("GH-047")
def test_a_hold_names_what_it_holds_however_that_was_typed(carys: Client):
    case, parent = a_case(), a_parent()
    ways = {
        ("case", case.reference.lower()): case.reference,
        ("user", parent.email): str(parent.pk),
        ("child", str(case.mention.child_id)): str(case.mention.child_id),
        ("class", "messages"): "messages",
        ("class", "Ffurflenni"): "forms",
    }
    for (kind, what), held in ways.items():
        carys.post(reverse("administration:privacy-hold"), {"kind": kind, "what": what, "reason": "x"})
        assert Hold.objects.filter(kind=kind, what=held).exists(), what


@pytest.mark.req("GH-047")
@pytest.mark.parametrize(
    ("kind", "what"),
    [
        *(("case", "SND-1"), ("user", "nobody@example.org"), ("child", "999999"), ("class", "pages")),
        *(("class", ""), ("x", "1")),
    ],
)
def test_a_hold_of_what_is_not_here_is_refused_because_it_would_keep_nothing(
    carys: Client, kind: str, what: str
):
    answer = carys.post(
        reverse("administration:privacy-hold"), {"kind": kind, "what": what, "reason": "An inquiry"}
    )

    assert (answer.status_code, Hold.objects.count()) == (422, 0)
    assert "We do not hold anything by this number" in answer.text
    assert what in answer.text and "An inquiry" in answer.text


def test_only_who_answers_for_privacy_comes_in_and_the_page_speaks_welsh():
    for user in (an_administrator(), a_parent()):
        assert come_in(Client(), user).get(reverse(KEEPING)).status_code == 403
    assert come_in(Client(), an_auditor(), verified=False).get(reverse(KEEPING)).status_code == 403
    welsh = an_auditor("cymro", language="cy")
    assert "Am byth" in come_in(Client(), welsh).get(reverse(KEEPING)).text
