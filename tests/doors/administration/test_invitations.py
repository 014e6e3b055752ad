"""Professionals' invitations, one or many, sent again and withdrawn, and what the invited make of them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority.services import change_setting
from guildhall.foundation.outbox.models import Task
from guildhall.people.accounts.models import ConsentGiven, ConsentStatement, User
from guildhall.people.groups import queries as groups
from guildhall.people.groups import services as grants
from guildhall.people.invitations import services
from guildhall.people.invitations.models import Invitation
from tests.mailbox import last_letter
from tests.standing import NOON, a_parent, a_person, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
LIST, NEW, MANY = (f"administration:{name}" for name in ("invitations", "invitation-new", "invitations-many"))
WHO = {
    "email": "Rhian@health.example.org",
    "forename": "Rhian",
    "surname": "Bevan",
    "job_role": "Health visitor",
    "organisation": "Carreg Health Centre",
    "language": "en",
}
TAKEN_UP = {
    "forename": "Rhian",
    "surname": "Bevan-Jones",
    "password": "purple hill tractor moon",
    "password_again": "purple hill tractor moon",
    "agree": "yes",
    "terms": "yes",
}


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def link() -> str:
    """The path of the link in the newest letter to Rhian."""
    letter = last_letter("rhian@health.example.org")
    found = re.search(r"https?://[^/\s]+(/professionals/invitation/\S+)", letter.text)
    assert found, letter.text
    return found[1].rstrip(")")


@pytest.mark.req("SP-013")
def test_a_professional_who_is_invited_sets_a_password_agrees_and_is_in(owen: Client):
    assert owen.post(reverse(NEW), WHO).status_code == 302
    page = Client()
    opened = page.get(link())
    assert "rhian@health.example.org" in opened.text
    assert ConsentStatement.objects.latest("pk").agreement["en"].split("{")[0] in opened.text
    assert not User.objects.filter(email="rhian@health.example.org").exists()

    done = page.post(link(), TAKEN_UP)
    assert done["Location"] == reverse("professionals:home")
    user = User.objects.get(email="rhian@health.example.org")
    assert (user.state, user.surname, user.job_role) == ("active", "Bevan-Jones", "Health visitor")
    assert user.check_password(TAKEN_UP["password"])
    assert user.terms_agreed_at is not None
    assert [held.role for held in user.memberships.all()] == ["professional"]
    given = ConsentGiven.objects.get(user=user)
    assert (given.answer, given.statement) == ("agreed", ConsentStatement.objects.latest("published_at"))
    holder = page.get(reverse("account:home")).wsgi_request.holder
    assert holder.verified
    assert holder.may(Permission.FILL_IN_FORMS)
    assert "Accepted" in owen.get(reverse(LIST)).text
    assert Client().get(link()).status_code == 410


@pytest.mark.req("SP-013")
def test_without_agreeing_or_a_good_password_there_is_no_account(owen: Client):
    owen.post(reverse(NEW), WHO)
    for less, words in (
        ({"agree": ""}, "Tick the box to agree"),
        ({"terms": ""}, "Terms and Conditions"),
        ({"password": "short", "password_again": "short"}, "12"),
        ({"password_again": "something else entirely"}, "password"),
        ({"surname": ""}, "Surname"),
    ):
        answer = Client().post(link(), TAKEN_UP | less)
        assert answer.status_code == 422
        assert words.lower() in answer.text.lower()
        assert 'value="Rhian"' in answer.text
    assert not User.objects.filter(email="rhian@health.example.org").exists()


@pytest.mark.req("SP-013")
def test_the_secret_question_is_asked_while_its_setting_is_on(owen: Client):
    change_setting("secret_question.on", value=True, by=None, now=NOON)
    owen.post(reverse(NEW), WHO)
    assert 'name="secret_question"' in Client().get(link()).text
    assert Client().post(link(), TAKEN_UP).status_code == 422
    answered = TAKEN_UP | {"secret_question": "pet", "secret_answer": "Motley the dog"}
    assert Client().post(link(), answered).status_code == 302
    user = User.objects.get(email="rhian@health.example.org")
    assert user.secret_question
    assert "Motley" not in user.secret_answer


def test_the_email_names_no_child_and_is_in_the_language_that_was_chosen(owen: Client):
    owen.post(reverse(NEW), WHO | {"language": "cy"})
    letter = last_letter("rhian@health.example.org")
    assert letter.subject == "Fe’ch gwahoddir i gael cyfrif"
    assert "Gosodwch gyfrinair" in letter.text


def test_an_address_with_an_account_or_an_open_invitation_is_not_invited_again(owen: Client):
    parent = a_parent()
    assert "has an account" in owen.post(reverse(NEW), WHO | {"email": parent.email.upper()}).text
    owen.post(reverse(NEW), WHO)
    assert "invited already" in owen.post(reverse(NEW), WHO).text
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nonsense"), ("email", ""), ("job_role", ""), ("organisation", "x" * 151)]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(owen: Client, field: str, value: str):
    answer = owen.post(reverse(NEW), WHO | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Rhian"' in answer.text
    assert not Invitation.objects.exists()


def test_a_new_link_ends_the_one_before_and_withdrawing_ends_both(owen: Client):
    owen.post(reverse(NEW), WHO)
    first, made = link(), Invitation.objects.get()
    again = reverse("administration:invitation-act", args=[made.pk, "send-again"])
    assert "The one before stops working" in owen.get(again).text
    assert owen.post(again).status_code == 302
    second = link()
    assert second != first
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200

    withdraw = reverse("administration:invitation-act", args=[made.pk, "withdraw"])
    assert owen.post(withdraw).status_code == 302
    assert Client().post(second, TAKEN_UP).status_code == 410
    assert owen.post(again).status_code == 409
    assert owen.post(reverse(NEW), WHO).status_code == 302  # the address is free again
    entries = Entry.objects.filter(verb__startswith="invitation.").order_by("pk")
    verbs = entries.values_list("verb", flat=True)
    assert list(verbs) == [
        "invitation.sent",
        "invitation.sent_again",
        "invitation.withdrawn",
        "invitation.sent",
    ]


def test_a_link_runs_out_and_the_list_says_so(owen: Client):
    owen.post(reverse(NEW), WHO)
    address = link()
    Invitation.objects.update(link_until=timezone.now() - timedelta(minutes=1))
    assert Client().get(address).status_code == 410
    assert "Link has run out" in owen.get(reverse(LIST), {"state": "expired"}).text
    assert "No invitation fits" in owen.get(reverse(LIST), {"state": "waiting"}).text
    assert "rhian@" in owen.get(reverse(LIST), {"q": "carreg health"}).text
    assert owen.get(reverse(LIST), {"state": "'; --", "page": "x"}).status_code == 200


def test_an_account_made_meanwhile_and_a_second_press_make_no_second_account(owen: Client):
    owen.post(reverse(NEW), WHO)
    address = link()
    made = Invitation.objects.get()
    a_person("rhian@health.example.org", role="parent")
    assert Client().post(address, TAKEN_UP).status_code == 410
    User.objects.filter(email="rhian@health.example.org").update(email="other@example.org")
    assert Client().post(address, TAKEN_UP).status_code == 302
    assert Client().post(address, TAKEN_UP).status_code == 410
    with pytest.raises(services.NotOpen):
        services.withdraw(made, by=an_administrator(), now=timezone.now())


LINES = """email,first name,surname,role,organisation
one@example.org,Ann,One,Nurse,Clinic
ONE@example.org,Ann,Again,Nurse,Clinic
broken,Ben,Two,Nurse,Clinic
three@example.org,,,Teacher,School
four@example.org,Di,Four,,School
"""


@pytest.mark.req("SP-013")
def test_many_are_shown_line_by_line_before_anything_is_sent(owen: Client):
    checked = owen.post(reverse(MANY), {"lines": LINES})
    assert checked.status_code == 200
    assert "2 of 5 will be invited" in checked.text
    for words in ("earlier line", "such as name@example.org", "Enter their professional role"):
        assert words in checked.text
    assert not Invitation.objects.exists()
    assert not Task.objects.filter(kind="email").exists()

    again = {"lines": checked.context["pasted"]}
    assert "three@example.org" in owen.post(reverse(MANY), again | {"do": "edit"}).text
    assert owen.post(reverse(MANY), again | {"do": "send"}).status_code == 302
    assert set(Invitation.objects.values_list("email", flat=True)) == {"one@example.org", "three@example.org"}
    # Sent twice, nobody is invited twice.
    owen.post(reverse(MANY), again | {"do": "send"})
    assert Invitation.objects.count() == 2


def sheet(*rows: tuple) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("people.xlsx", kept.getvalue())


def test_a_spreadsheet_is_read_as_pasted_lines_are(owen: Client):
    upload = sheet(("Email", "First name"), ("five@example.org", "Eve", "Five", "Nurse", "Clinic"))
    checked = owen.post(reverse(MANY), {"file": upload})
    assert "1 of 1 will be invited" in checked.text
    owen.post(reverse(MANY), {"lines": checked.context["pasted"], "do": "send"})
    assert Invitation.objects.get().email == "five@example.org"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_of_lines_keeps_the_letters_of_names_as_whatever_program_wrote_it(owen: Client, coding: str):
    upload = SimpleUploadedFile(
        "people.csv", "six@example.org;Siân;Prŷs;Nurse;Clinic".encode(coding, "replace")
    )
    checked = owen.post(reverse(MANY), {"file": upload})
    assert "1 of 1 will be invited" in checked.text
    assert "Siân" in checked.text


def test_a_first_line_whose_address_is_wrong_is_not_taken_for_the_headings(owen: Client):
    lines = "ann.example.org,Ann,One,Nurse,Clinic\nbob@example.org,Bob,Two,Nurse,Clinic"
    checked = owen.post(reverse(MANY), {"lines": lines}).text
    assert "1 of 2 will be invited" in checked
    assert "ann.example.org" in checked


@pytest.mark.parametrize(
    "sent",
    [
        {"lines": ""},
        {"lines": "\x00\x01"},
        {"lines": '"' * 1000},
        {"lines": "a@b.example\n" * 201},
        {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a workbook")},
        {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00")},
        {"file": SimpleUploadedFile("x.csv", b"x" * 1_000_001)},
    ],
)
def test_what_cannot_be_read_is_said_and_never_a_fault(owen: Client, sent: dict):
    answer = owen.post(reverse(MANY), sent)
    assert answer.status_code in {200, 422}
    assert not Invitation.objects.exists()


def test_the_list_costs_the_same_however_many_there_are(owen: Client, django_assert_max_num_queries):
    by = an_administrator()
    owen.get(reverse(LIST))
    for number in range(12):
        services.invite(WHO | {"email": f"p{number}@example.org"}, by=by, now=timezone.now())
    with django_assert_max_num_queries(7):
        owen.get(reverse(LIST))


def test_officers_invite_when_their_group_may(client: Client):
    come_in(client, an_officer())
    assert client.get(reverse(LIST)).status_code == 403
    kept = groups.as_kept()["send-officer"]
    grants.change_groups(
        {"send-officer": kept.processes | {"invitations"}}, seen={"send-officer": 0}, by=None, now=NOON
    )
    assert client.get(reverse(LIST)).status_code == 200
    assert client.post(reverse(NEW), WHO).status_code == 302
    assert reverse(LIST) in client.get(reverse("administration:home")).text
    assert client.get(reverse("administration:users")).status_code == 403


@pytest.mark.parametrize("person", [a_parent, an_officer])
def test_nobody_else_invites(client: Client, person):
    made = services.invite(WHO, by=None, now=timezone.now())
    come_in(client, person())
    for name in (LIST, NEW, MANY):
        assert client.get(reverse(name)).status_code == 403
    act = reverse("administration:invitation-act", args=[made.pk, "withdraw"])
    assert client.post(act).status_code == 403
    assert Client().get(reverse("professionals:invitation", args=["not-a-key"])).status_code == 410


def test_unknown_invitations_and_acts_are_not_there(owen: Client):
    made = services.invite(WHO, by=None, now=timezone.now())
    assert owen.get(reverse("administration:invitation-act", args=[987654, "withdraw"])).status_code == 404
    assert owen.get(reverse("administration:invitation-act", args=[made.pk, "delete"])).status_code == 404
