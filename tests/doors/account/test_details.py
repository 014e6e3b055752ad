"""My Account: what it lists for whom, details with Find Address, email by code, language and emails."""

import pytest
from django.test import Client
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import services as authority
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.models import User
from guildhall.people.consent import queries as consent

from ...mailbox import code_in, last_letter, link_in
from ...people.membership.schools import a_place
from ...standing import (
    NOON,
    PASSPHRASE,
    a_parent,
    a_professional,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)

CITIZEN = [
    "Personal Details",
    "Contact Details",
    "Change Email Address",
    "Change Password",
    "Change Secret Question",
    "Change of Circumstances",
    "Two Step Verification",
    "Consent History",
    "Withdraw Consent",
]
pytestmark = pytest.mark.django_db


def put(key, value):
    authority.change_setting(key, value=value, by=None, now=NOON)


def entries(page):
    return [item["title"] for item in page.context["items"]]


@pytest.mark.req("SP-037")
def test_a_citizens_account_lists_its_nine_entries_in_order(client):
    put("secret_question.on", True)
    come_in(client, a_parent())
    assert entries(client.get("/account/")) == CITIZEN
    put("secret_question.on", False)
    assert "Change Secret Question" not in entries(client.get("/account/"))
    assert client.get("/account/change-secret-question").status_code == 404


def test_others_see_what_fits_them(client):
    come_in(client, a_professional(job_role="Nurse", organisation="Clinic"))
    professional = entries(client.get("/account/"))
    assert "Change of Circumstances" not in professional
    assert professional[-2:] == ["Consent History", "Withdraw Consent"]
    come_in(client, an_officer())
    assert entries(client.get("/account/"))[-1] == "Two Step Verification"


@pytest.mark.req("CP-041")
def test_a_professional_has_the_drop_down_by_their_name_with_portal_home_beside_it(client):
    come_in(client, a_professional(forename="Fatima", surname="O'<Neill>", job_role="Nurse"))
    header = client.get("/account/").text.split("</header>")[0]
    menu = header.split('<details class="gh-account-menu">')[1].split("</details>")[0]
    assert "Fatima O&#x27;&lt;Neill&gt;</summary>" in menu
    offered = ["My Account", "Recover a form", "Submitted Forms", "Update Account", "Logout"]
    places = [menu.index(f">{one}<") for one in offered]
    assert places == sorted(places)
    assert ">Portal Home</a>" in header
    assert 'formaction="/account/sign-out"' in menu


def test_the_name_in_the_header_is_that_of_whoever_looks(client):
    come_in(client, a_professional(forename="Fatima", job_role="Nurse"))
    assert "Fatima" in client.get("/account/").text
    other = User.objects.get(pk=a_professional().pk)
    other.forename = "Changed"
    other.save()
    header = client.get("/account/").text.split("</header>")[0]
    assert "Changed" in header and "Fatima" not in header


@pytest.mark.req("CP-042")
@pytest.mark.parametrize(
    ("path", "last"),
    [
        ("/forms/saved/", "Recover a form"),
        ("/forms/submitted/", "Submitted Forms"),
        ("/account/update", "Update Account"),
        ("/account/", "My Account"),
        ("/account/your-information", "Your information"),
        ("/account/your-information/ask", "Make a request"),
        ("/account/personal-details", "Personal Details"),
        ("/account/contact-details", "Contact Details"),
        ("/account/change-email", "Change Email Address"),
        ("/account/change-email/new", "Your new email address"),
        ("/account/change-password", "Change Password"),
        ("/account/two-step-verification", "Two Step Verification"),
        ("/account/ways-to-sign-in", "Ways to sign in"),
        ("/account/ways-to-sign-in/recovery-codes", "Recovery codes"),
        ("/account/signed-in", "Where you are signed in"),
        ("/account/consent-history", "Consent History"),
        ("/account/withdraw-consent", "Withdraw Consent"),
        ("/account/withdraw-consent/data-protection", "Data Protection"),
        ("/account/withdraw-consent/decline", "Decline"),
        ("/account/language-preference", "Language"),
        ("/account/emails", "Emails"),
    ],
)
def test_a_professionals_account_pages_have_a_side_menu_and_a_trail(client, path, last):
    come_in(client, a_professional(job_role="Nurse", organisation="Clinic"))
    page = client.get(path).text
    side = page.split('<nav class="gh-side')[1].split("</nav>")[0]
    places = [side.index(f">{one}</a>") for one in ("Home", "Recover a Form", "View Submitted Forms")]
    assert places == sorted(places)
    trail = page.split('govuk-breadcrumbs__list"')[1].split("</nav>")[0]
    assert trail.index("Portal Home") < trail.index(f'aria-current="page">{last}')


@pytest.mark.req("CP-043")
def test_update_account_changes_what_was_given_at_registration(client):
    fatima = a_professional(job_role="Nurse", organisation="Clinic")
    come_in(client, fatima)
    names = {"forename": "Fatima", "surname": "Khan", "job_role": "Health visitor", "organisation": "Clinic"}
    where = {"postcode": "sa1 1aa", "street": "Heol Fawr", "work_phone": "01632 960 001"}
    assert client.post("/account/update", names | where).url == "/account/"
    fatima.refresh_from_db()
    assert (fatima.job_role, fatima.surname, fatima.work_phone) == ("Health visitor", "Khan", "01632960001")
    assert fatima.address["postcode"] == "SA1 1AA"
    assert 'href="/account/change-email"' in client.get("/account/update").text


def test_find_address_offers_the_addresses_and_keeps_what_was_typed(client):
    put("addresses.finder", "invented")
    come_in(client, a_parent())
    typed = {"postcode": "CF10 1EP", "mobile": "07700 900 982", "find": "1"}
    found = client.post("/account/contact-details", typed)
    assert found.status_code == 200
    assert "8 addresses found" in found.text
    assert 'value="07700 900 982"' in found.text
    uprn = found.context["found"][0].uprn
    used = client.post("/account/contact-details", typed | {"use": "1", "found": uprn})
    assert 'value="Aberteg"' in used.text
    assert a_parent().address == {}

    assert client.post("/account/contact-details", {"postcode": "x", "find": "1"}).status_code == 200


@pytest.mark.req("SP-040")
@pytest.mark.parametrize("path", ["/account/contact-details", "/account/update", "/family/add"])
def test_the_list_of_addresses_found_has_a_tooltip_too(client, path):
    put("addresses.finder", "invented")
    come_in(client, a_parent())
    assert 'id="found-tooltip"' in client.post(path, {"postcode": "CF10 1EP", "find": "1"}).text


def test_staff_need_no_home_address(client):
    officer = an_officer()
    come_in(client, officer)
    assert client.post("/account/contact-details", {"work_phone": "01632960001"}).url == "/account/"
    officer.refresh_from_db()
    assert officer.work_phone == "01632960001"


def ask_for(client, email):
    fields = {"email": email, "old_password": PASSPHRASE}
    return client.post("/account/change-email/new", fields)


@pytest.mark.req("SP-042", "SC-043")
def test_a_changed_address_counts_after_the_code_that_was_sent_to_it(client):
    dilys = a_parent()
    come_in(client, dilys)
    assert ask_for(client, "new@example.org").url == "/account/change-email/sent"
    code = code_in(last_letter("new@example.org"))
    assert len(code.replace(" ", "")) == 8
    assert "told" in client.get("/account/change-email/sent").text
    assert "keep this address" in last_letter(dilys.email).text

    wrong = client.post("/account/change-email/sent", {"code": "0000 0000"})
    assert wrong.status_code == 422
    assert User.objects.get(pk=dilys.pk).email == "dilys@example.org"

    assert client.post("/account/change-email/sent", {"code": code}).url == "/account/sign-in"
    changed = User.objects.get(pk=dilys.pk)
    assert (changed.email, changed.state) == ("new@example.org", "active")
    answer = client.post("/account/sign-in", {"name": "new@example.org", "password": PASSPHRASE})
    assert answer.url == "/account/sign-in/code"


def test_five_wrong_codes_cancel_the_code_and_the_link_still_serves(client):
    dilys = a_parent()
    come_in(client, dilys)
    ask_for(client, "new@example.org")
    letter = last_letter("new@example.org")
    for _ in range(5):
        client.post("/account/change-email/sent", {"code": "00000000"})
    refused = client.post("/account/change-email/sent", {"code": code_in(letter)})
    assert refused.status_code == 422
    client.post(link_in(letter))
    assert User.objects.get(pk=dilys.pk).email == "new@example.org"


def test_another_code_ends_the_one_before_and_the_old_address_can_still_be_kept(client):
    dilys = a_parent()
    come_in(client, dilys)
    ask_for(client, "new@example.org")
    first, keep = code_in(last_letter("new@example.org")), link_in(last_letter(dilys.email))
    assert client.post("/account/change-email/new-code").url == "/account/change-email/sent"
    second = code_in(last_letter("new@example.org"))
    assert first != second
    assert client.post("/account/change-email/sent", {"code": first}).status_code == 422
    client.post(keep)
    assert client.post("/account/change-email/sent", {"code": second}).status_code == 200
    assert User.objects.get(pk=dilys.pk).email == "dilys@example.org"


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("act", ["lock", "disable"])
@pytest.mark.parametrize("way", ["link", "code", "keep"])
def test_an_old_link_or_code_never_opens_an_account_that_was_shut_meanwhile(client, act, way):
    dilys = a_parent()
    come_in(client, dilys)
    ask_for(client, "new@example.org")
    letter, keep = last_letter("new@example.org"), link_in(last_letter(dilys.email))
    # Whatever shut it: the council, a school, or not being used.
    shut = {"lock": User.State.LOCKED, "disable": User.State.DISABLED}[act]
    User.objects.filter(pk=dilys.pk).update(state=shut)
    if way == "code":
        accounts.confirm_email_by_code(dilys, code=code_in(letter), now=timezone.now())
    else:
        client.post(link_in(letter) if way == "link" else keep)
    after = User.objects.get(pk=dilys.pk)
    assert after.state == shut
    assert after.email == ("dilys@example.org" if way == "keep" else "new@example.org")
    assert Entry.objects.filter(verb="account.email_changed").exists()


def test_a_withdrawn_account_takes_no_address_from_an_old_link(client):
    dilys = a_parent()
    come_in(client, dilys)
    ask_for(client, "new@example.org")
    link = link_in(last_letter("new@example.org"))
    User.objects.filter(pk=dilys.pk).update(state=User.State.WITHDRAWN, email=None)
    assert client.post(link).status_code == 410
    after = User.objects.get(pk=dilys.pk)
    assert (after.state, after.email) == ("withdrawn", None)


def test_nobody_enters_a_code_from_another_browser_or_for_an_address_that_is_taken(client):
    marek = another_parent()
    come_in(client, a_parent())
    ask_for(client, marek.email)
    stranger = Client()
    assert stranger.post("/account/change-email/sent", {"code": "12345678"}).status_code == 200
    assert client.post("/account/change-email/sent", {"code": "12345678"}).status_code == 422
    assert User.objects.get(pk=marek.pk).email == "marek@example.org"


@pytest.mark.req("SP-043", "SP-044")
def test_the_secret_question_is_changed_with_the_current_password(client):
    put("secret_question.on", True)
    dilys = a_parent()
    come_in(client, dilys)
    page = client.get("/account/change-secret-question")
    key = page.context["form"].fields["secret_question"].choices[1][0]
    fields = {"secret_question": key, "secret_answer": "Smotyn", "old_password": "wrong"}
    assert client.post("/account/change-secret-question", fields).status_code == 422
    assert User.objects.get(pk=dilys.pk).secret_question == ""
    saved = client.post("/account/change-secret-question", fields | {"old_password": PASSPHRASE})
    assert saved.url == "/account/"
    changed = User.objects.get(pk=dilys.pk)
    assert changed.secret_question == key
    assert "Smotyn" not in changed.secret_answer


@pytest.mark.req("SP-040")
@pytest.mark.parametrize(
    "path", ["update", "change-secret-question", "language-preference", "emails", "contact-details"]
)
def test_every_field_of_the_newer_pages_has_a_tooltip(client, path):
    put("secret_question.on", True)
    come_in(client, a_parent())
    form = client.get(f"/account/{path}").context["form"]
    assert form.fields
    for name in form.fields:
        assert f'id="{name}-tooltip"' in form.draw(name), name


@pytest.mark.req("GH-041")
def test_the_language_preference_is_kept_with_the_account_and_drives_what_is_sent(client):
    dilys = a_parent()
    come_in(client, dilys)
    answer = client.post("/account/language-preference", {"language": "cy"}, follow=True)
    assert "Byddwn yn defnyddio" in answer.text
    assert User.objects.get(pk=dilys.pk).language == "cy"
    fields = {"old_password": PASSPHRASE, "password": "purple hill tractor moon"}
    client.post("/account/change-password", fields | {"password_again": fields["password"]})
    assert "cyfrinair" in last_letter(dilys.email).subject
    assert client.post("/account/language-preference", {"language": "de"}).status_code == 422


def sign_in(client, email):
    client.post("/account/sign-in", {"name": email, "password": PASSPHRASE})
    client.post("/account/sign-in/code", {"code": code_in(last_letter(email))})


@pytest.mark.req("SP-061")
def test_the_language_of_a_shared_browser_is_not_given_to_whoever_signs_in_next(client):
    dilys, marek = a_parent(), another_parent()
    come_in(client, dilys)
    client.post("/account/language", {"language": "cy", "next": "/home"})
    client.post("/account/sign-out")
    assert 'lang="cy"' in client.get("/account/sign-in").text, "its pages begin as they were left"

    sign_in(client, marek.email)
    assert 'lang="en"' in client.get("/home").text
    assert User.objects.get(pk=marek.pk).language == "en"


def test_a_choice_made_before_somebody_elses_visit_does_not_count(client):
    marek = another_parent()
    client.post("/account/language", {"language": "cy", "next": "/"})
    session = client.session
    session["language-chosen"] = ("cy", session["language-chosen"][1] - 3601)
    session.save()
    sign_in(client, marek.email)
    assert User.objects.get(pk=marek.pk).language == "en"


def test_emails_about_messages_can_be_switched_off_and_on(client):
    dilys = a_parent()
    come_in(client, dilys)
    assert " checked" in client.get("/account/emails").text
    client.post("/account/emails", {})
    assert not consent.wants_email(dilys)
    assert " checked" not in client.get("/account/emails").text
    client.post("/account/emails", {"message_waiting": "yes"})
    assert consent.wants_email(dilys)


def test_people_at_schools_choose_whether_an_email_tells_them_of_new_post(client):
    elen = a_place("elen@ysgol.example.org").user
    come_in(client, elen)
    assert "Post preferences" in client.get("/account/").text
    page = client.get("/account/emails").text
    assert "Post preferences" in page
    assert page.count(" checked") == 2
    client.post("/account/emails", {"message_waiting": "yes"})
    assert not consent.email_preference(elen).post_daily
    assert consent.wants_email(elen)
    assert client.get("/account/emails").text.count(" checked") == 1


def test_nobody_else_is_asked_about_post(client):
    dilys = a_parent()
    come_in(client, dilys)
    assert "Post preferences" not in client.get("/account/").text
    assert "Post preferences" not in client.get("/account/emails").text
    client.post("/account/emails", {"message_waiting": "yes"})
    assert consent.email_preference(dilys).post_daily


def test_nobody_opens_these_pages_signed_out(client):
    assert an_administrator()
    for path in ("update", "emails", "language-preference", "withdraw-consent", "data-protection"):
        assert client.get(f"/account/{path}").url.startswith("/account/sign-in"), path
