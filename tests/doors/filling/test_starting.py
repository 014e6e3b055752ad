"""The introduction, the overview that needs no account, and starting once."""

from datetime import date

import pytest
from django.urls import reverse

from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions.models import Draft
from tests.definitions import a_concern, a_draft, a_family_child, every_kind, published, words
from tests.standing import NOON, a_parent, a_professional, another_parent, come_in

from .pages import step_url, type_in

CLOSED = "We cannot open this form"

pytestmark = pytest.mark.django_db


def start(code="EVERY-KIND", child=None):
    url = reverse("filling:start", args=[code])
    return f"{url}?child={child.pk}" if child else url


@pytest.mark.req("SP-077")
def test_the_introduction_shows_the_guidance_and_opens_step_one(client):
    come_in(client, a_parent())
    published(every_kind())

    page = client.get(start())
    assert "What you may want near you." in page.text and "within 30 days" in page.text
    assert ">Introduction</span>" in page.text
    assert not Draft.objects.exists()
    response = client.post(start(), follow=True)
    assert "Step 1 of" in response.text


@pytest.mark.req("SP-077", "CP-023")
def test_the_introduction_and_the_overview_lead_back_to_where_the_form_was_chosen(client):
    mali = a_family_child(a_parent())
    come_in(client, mali.added_by)
    published(every_kind())
    published(every_kind(code="MEALS", destination="free-school-meals"))
    published(a_concern(code="HARM", portal="citizen", audience="public"))

    def back(url):
        nav = client.get(url).text.split("govuk-back-link")[0]
        return nav.rsplit('href="', 1)[1].split('"')[0]

    assert back(start(child=mali)) == reverse("families:forms", args=[mali.pk])
    assert back(start()) == reverse("families:own-forms")
    assert back(start("MEALS")) == reverse("families:service", args=["free-school-meals"])
    overview = reverse("filling:overview", args=["HARM"])
    assert back(start("HARM")) == overview and back(overview) == reverse("families:public")


@pytest.mark.req("SP-076")
def test_the_title_of_a_send_form_is_prefixed_and_no_other(client):
    come_in(client, a_parent())
    published(every_kind())
    published(every_kind(code="HELP", destination="early-help"))

    assert (
        "Special Educational Needs &amp; Disabilities – Request for an assessment" in client.get(start()).text
    )
    assert "Special Educational Needs" not in client.get(start("HELP")).text


@pytest.mark.req("SP-076")
def test_the_views_for_an_annual_review_are_a_send_form_too(client):
    come_in(client, a_parent())
    published(every_kind(destination="send-review"))

    assert "Special Educational Needs &amp; Disabilities – Request" in client.get(start()).text


@pytest.mark.req("SP-076")
@pytest.mark.parametrize(
    ("language", "prefix"),
    [
        ("en", "Special Educational Needs &amp; Disabilities – "),
        ("cy", "Anghenion Addysgol Arbennig ac Anableddau – "),
    ],
)
def test_professionals_see_the_prefix_of_a_send_form_in_their_list_and_on_it(client, language, prefix):
    come_in(client, a_professional(language=language))
    for_them = {"portal": "professional", "audience": "professional"}
    published(every_kind(destination="send-professional", **for_them))
    published(every_kind(code="HARM", destination="safeguarding", **for_them))

    assert client.get(reverse("professionals:home")).text.count(prefix) == 1
    assert prefix in client.get(start()).text
    assert prefix not in client.get(start("HARM")).text


@pytest.mark.req("SP-118")
def test_the_title_of_a_send_form_is_shown_but_not_its_subtitle_and_description(client):
    dilys = a_parent()
    come_in(client, dilys)
    child = a_family_child(dilys)
    published(every_kind(subtitle=words("Only builders see this"), description=words("Nor that")))

    chosen = client.get(reverse("families:forms", args=[child.pk])).text
    begun = client.get(start(child=child)).text
    client.post(start(child=child))
    step = client.get(step_url(Draft.objects.get(), "child")).text

    for page in (chosen, begun, step):
        assert "Request for an assessment" in page
        assert "Only builders see this" not in page and "Nor that" not in page


def test_the_address_of_a_form_ignores_case(client):
    come_in(client, a_parent())
    published(every_kind())

    assert client.get(start("every-kind")).status_code == 200


@pytest.mark.req("SP-074", "SP-075")
def test_a_form_for_others_is_not_there(client):
    published(every_kind())
    published(a_concern(destination="send-professional"))

    come_in(client, a_parent())
    assert client.get(start("CONCERN")).status_code == 404
    come_in(client, a_professional())
    assert client.get(start("EVERY-KIND")).status_code == 404
    assert client.post(start("EVERY-KIND")).status_code == 404


@pytest.mark.req("SP-071", "SP-074")
@pytest.mark.parametrize(("years", "status"), [(15, 404), (16, 200), (25, 200), (26, 404)])
def test_the_form_of_a_young_person_has_an_address_from_16_to_25_only(client, years, status):
    published(every_kind(code="YOUNG", audience="young-person"))
    today = date.today()
    come_in(client, a_parent(born_on=today.replace(year=today.year - years, day=min(today.day, 28))))

    assert client.get(start("YOUNG")).status_code == status
    client.post(start("YOUNG"))
    assert Draft.objects.exists() is (status == 200)


@pytest.mark.req("SP-071", "SP-082")
def test_a_young_person_who_turned_26_finishes_what_was_started(client):
    draft = a_draft(
        a_parent(born_on=date(1990, 1, 1)), form=every_kind(code="YOUNG", audience="young-person")
    )
    come_in(client, draft.owner)

    assert client.get(start("YOUNG")).status_code == 404
    assert client.get(reverse("filling:resume", args=[draft.pk]), follow=True).status_code == 200
    type_in(client, step_url(draft, "needs"), has_diagnosis="no", _later="yes")
    draft.refresh_from_db()
    assert draft.answers["HAS_DIAGNOSIS"] == "no"


@pytest.mark.req("SP-074")
def test_a_withdrawn_form_is_not_there(client):
    come_in(client, a_parent())
    version = published(every_kind())
    forms.withdraw(version.form, by=None, now=NOON)

    assert client.get(start()).status_code == 404
    assert client.post(start()).status_code == 404


@pytest.mark.req("SP-093")
def test_a_form_withdrawn_meanwhile_goes_on(client):
    draft = a_draft()
    forms.withdraw(draft.version.form, by=None, now=NOON)
    come_in(client, draft.owner)

    assert client.get(reverse("filling:resume", args=[draft.pk]), follow=True).status_code == 200


def test_nobody_starts_a_form_about_the_child_of_another(client):
    published(every_kind())
    child = a_family_child(another_parent())
    come_in(client, a_parent())

    assert client.get(start(child=child)).status_code == 404
    assert client.post(start(child=child)).status_code == 404
    assert client.get(f"{start()}?child=nonsense").status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.req("SP-082")
def test_starting_twice_offers_to_go_on_or_to_start_again(client):
    come_in(client, a_parent())
    published(every_kind())
    client.post(start())

    page = client.post(start())
    draft = Draft.objects.get()
    assert reverse("filling:resume", args=[draft.pk]) in page.text
    assert "You have already started this form" in page.text
    client.post(start(), {"again": "yes"})
    assert Draft.objects.count() == 2


@pytest.mark.req("CP-019", "CP-023")
def test_the_overview_is_read_without_an_account(client):
    published(a_concern())

    page = client.get(reverse("filling:overview", args=["CONCERN"]))

    assert page.status_code == 200
    assert "What it means." in page.text
    assert reverse("filling:overview-next", args=["CONCERN"]) in page.text


@pytest.mark.req("CP-030")
def test_the_numbers_for_immediate_concerns_are_on_every_page(client):
    published(a_concern())
    for name in ("overview", "overview-next"):
        assert "01632 960 999" in client.get(reverse(f"filling:{name}", args=["CONCERN"])).text

    draft = a_draft(form=a_concern())
    come_in(client, draft.owner)
    assert "01632 960 999" in client.get(start("CONCERN")).text
    for place in ("overview", "referrer", "child"):
        assert "01632 960 999" in client.get(reverse("filling:step", args=[draft.pk, place])).text
    assert "01632 960 999" in client.get(reverse("filling:summary", args=[draft.pk])).text


@pytest.mark.req("CP-022")
@pytest.mark.parametrize(
    ("destination", "said", "unsaid"),
    [
        ("safeguarding", "Then send this form.", "Do not wait"),
        ("early-help", "Do not wait for this form.", "Then send"),
    ],
)
def test_only_a_concern_is_still_sent_after_the_telephone_call(client, destination, said, unsaid):
    """Early help says not to use its form for a child who may come to harm."""
    form = a_concern(destination=destination)
    draft = a_draft(form=form)
    come_in(client, draft.owner)
    for page in (start("CONCERN"), reverse("filling:step", args=[draft.pk, "referrer"])):
        words = client.get(page).text
        assert said in words and unsaid not in words


@pytest.mark.req("CP-024")
def test_the_rest_of_the_form_asks_to_log_in_and_comes_back(client):
    published(a_concern())

    page = client.get(reverse("filling:overview-next", args=["CONCERN"]))

    assert (
        "In order to progress with this form you must either Login or Register, "
        "then continue to complete this form"
    ) in page.text
    assert "Login or Register" in page.text and "Previous" in page.text
    assert "next=%2Fforms%2Fstart%2FCONCERN%2F" in page.text
    come_in(client, a_professional())
    assert client.get(reverse("filling:overview-next", args=["CONCERN"])).url == start("CONCERN")


def test_a_form_without_an_open_overview_shows_none(client):
    published(every_kind())

    assert client.get(reverse("filling:overview", args=["EVERY-KIND"])).status_code == 404
    assert client.get(reverse("filling:overview-next", args=["EVERY-KIND"])).status_code == 404


def test_a_visitor_is_sent_to_sign_in_and_back(client):
    published(every_kind())

    assert client.get(start()).url == "/account/sign-in?next=%2Fforms%2Fstart%2FEVERY-KIND%2F"


@pytest.mark.django_db
def test_a_form_that_is_unknown_or_was_withdrawn_says_so_and_what_to_do(client):
    version = published(every_kind())
    come_in(client, a_parent())
    known = reverse("filling:start", args=[version.form.code.lower()])
    assert client.get(known).status_code == 200
    forms.withdraw(version.form, by=None, now=NOON)

    for page in (client.get(known), client.get(reverse("filling:start", args=["nothing-of-the-kind"]))):
        assert page.status_code == 404
        assert CLOSED in page.text
        assert "choose a form again from the home page" in page.text


@pytest.mark.django_db
def test_what_is_typed_into_a_form_that_was_deleted_meanwhile_is_told_as_somebody_elses_would_be(client):
    draft = a_draft(another_parent())
    come_in(client, a_parent())
    step = step_url(draft, "child")
    theirs = client.post(step, {"revision": "1"})
    draft.delete()
    gone = client.post(step, {"revision": "1"})

    assert (theirs.status_code, gone.status_code) == (404, 404)
    assert CLOSED in theirs.text and CLOSED in gone.text
