"""Social care and early help: two addresses, one home page, one account, one sign-in page with its words."""

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.foundation.authority import services as authority

from ...library import publish_library
from ...standing import NOON, PASSPHRASE, a_parent, a_professional, come_in
from ..sent import sent

pytestmark = pytest.mark.django_db
ADDRESSES = ("/social-care", "/early-help")
LOGIN = "/account/sign-in?door=professionals"


@pytest.fixture
def library():
    publish_library()


def body_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main")]


@pytest.mark.req("CP-002")
def test_both_addresses_open_the_home_page_and_the_same_account_comes_in_at_each(client):
    home = body_of(client.get("/").text)
    token = 'name="csrfmiddlewaretoken" value="'

    def without_token(page: str) -> str:
        before, _, after = page.partition(token)
        return before + after.partition('"')[2]

    for address in ADDRESSES:
        assert without_token(body_of(client.get(address).text)) == without_token(home)
        inside = come_in(Client(), a_professional())
        assert inside.get(address, follow=True).redirect_chain[-1][0] == "/professionals/"


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("CP-001", "CP-002")
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("person", "button", "code", "team"),
    [
        (a_professional, "professionals:home", "SAFEGUARDING-PRO", "safeguarding"),
        (a_professional, "professionals:home", "EARLYHELP-PRO", "early-help"),
        (a_parent, "families:public", "PUBLIC-CONCERN", "safeguarding"),
        (a_parent, "families:public", "PUBLIC-EARLY-HELP", "early-help"),
    ],
)
def test_the_form_and_not_the_address_decides_which_team_gets_a_referral(
    client, library, address, person, button, code, team
):
    page = client.get(address).text
    assert f'href="{reverse(button)}" role="button"' in page
    assert f"/{code}/" in client.get(reverse(button)).text
    assert sent(code, person()).team == team


@pytest.mark.req("CP-003")
@pytest.mark.parametrize("address", [*ADDRESSES, "/professionals/"])
def test_my_account_in_the_top_bar_opens_step_1_of_the_secure_login_in_its_words(client, address):
    authority.change_setting("portal.name", value={"en": "Carreg Portal", "cy": "x"}, by=None, now=NOON)
    header = client.get(address).text.split("<main")[0]
    assert f'href="{LOGIN}">My Account</a>' in header
    page = client.get(LOGIN).text
    for words in (
        ">Secure login - step 1</h1>",
        "New to Carreg Portal? Register for an account. Already using Carreg Portal? Sign in below",
        ">Existing users</h2>",
        ">New users</h2>",
        "sign up for an account here",
        "Register for new account",
    ):
        assert words in page, words
    assert "If you&#x27;re new to Carreg Portal, sign up for an account here" in page
    existing = page.split(">Existing users</h2>")[1].split(">New users</h2>")[0]
    assert ">Email</label>" in existing.replace("\n", "").replace("  ", "")
    assert ">Password</label>" in existing.replace("\n", "").replace("  ", "")
    assert 'href="/account/register/data-protection"' in page.split(">New users</h2>")[1]


@pytest.mark.req("CP-003", "CP-024")
@pytest.mark.parametrize("code", ["SAFEGUARDING-PRO", "EARLYHELP-PRO"])
def test_a_form_for_professionals_leads_to_their_secure_login_and_back_to_the_form(client, library, code):
    start = reverse("filling:start", args=[code])
    page = client.get(start, follow=True).text
    assert ">Secure login - step 1</h1>" in page
    assert "In order to progress with this form you must either Login or Register" in page
    assert f'name="next" value="{start}"' in page
    assert f"/account/register/data-protection?next={start}" in page
    public = client.get(reverse("filling:start", args=["PUBLIC-CONCERN"]), follow=True).text
    assert "Secure login" not in public


def test_the_page_has_welsh_words_of_its_own(client):
    client.post("/account/language", {"language": "cy", "next": "/"})
    page = client.get(LOGIN).text
    assert "Mewngofnodi diogel - cam 1" in page
    assert "Defnyddwyr newydd" in page


def test_a_wrong_password_stays_on_the_page_and_the_right_one_goes_on_to_step_2(client):
    typed = {"door": "professionals", "name": a_professional().email, "password": "not this"}
    wrong = client.post("/account/sign-in", typed)
    assert wrong.status_code == 422
    assert "Secure login - step 1" in wrong.text
    assert f'value="{typed["name"]}"' in wrong.text
    assert client.post("/account/sign-in", typed | {"password": PASSPHRASE}).url == "/account/sign-in/code"


def test_families_and_the_council_keep_their_own_sign_in_pages(client):
    for address in ("/account/sign-in", "/account/sign-in?door=council"):
        assert "Secure login" not in client.get(address).text
    assert ">Sign in</a>" in client.get("/").text.split("<main")[0]


def test_what_may_not_wait_stands_before_all_other_forms(client, library):
    page = client.get(reverse("professionals:home")).text
    assert page.index("/SAFEGUARDING-PRO/") < page.index("/EARLYHELP-PRO/") < page.index("/ADVICE-CARE/")
