"""My Family and the home page."""

from datetime import date

import pytest

from guildhall.foundation.authority import services as authority
from guildhall.people.families import services as families
from guildhall.people.families.models import FamilyChild
from guildhall.records.children import services as children
from guildhall.records.linkage import services as linkage

from ...definitions import every_kind, published
from ...records.some import a_mention
from ...standing import NOON, a_parent, a_professional, an_officer, another_parent, come_in

GWEN = {
    "child_forename": "Gwenllian",
    "child_surname": "Pritchard",
    "child_born_on-day": "9",
    "child_born_on-month": "2",
    "child_born_on-year": "2016",
    "relationship": "mother",
}
DETAILS = {"forename": "Gwen", "surname": "Pritchard", "born_on": date(2016, 2, 9), "relationship": "mother"}


@pytest.mark.django_db
@pytest.mark.req("SP-062", "SP-063", "SP-064")
def test_a_child_is_added_and_stands_beside_the_parent(client):
    dilys = a_parent(mobile="07700900982")
    come_in(client, dilys)
    assert client.post("/family/add", GWEN).url == "/family/"
    page = client.get("/family/").text
    assert "Dilys Pritchard" in page
    assert "dilys@example.org" in page and "07700900982" in page
    assert "Gwenllian Pritchard" in page
    assert "9 February 2016" in page
    assert "if any of your circumstances change, as this may affect your application" in page


@pytest.mark.django_db
@pytest.mark.req("SP-062")
def test_a_childs_details_are_opened_and_changed(client):
    dilys = a_parent()
    come_in(client, dilys)
    child = families.add_child(dilys, details=DETAILS, now=NOON)
    path = f"/family/{child.pk}/"
    assert 'value="Gwen"' in client.get(path).text
    assert client.post(path, GWEN | {"child_midname": "Mair", "responsibility": "yes"}).url == "/family/"
    child.refresh_from_db()
    assert (child.forename, child.midname, child.parental_responsibility) == ("Gwenllian", "Mair", True)


@pytest.mark.django_db
def test_find_address_fills_the_address_of_a_child_and_keeps_what_was_typed(client):
    authority.change_setting("addresses.finder", value="invented", by=None, now=NOON)
    come_in(client, a_parent())
    found = client.post("/family/add", GWEN | {"postcode": "sa1 2be", "find": "1"})
    assert "8 addresses found" in found.text and 'value="Gwenllian"' in found.text
    assert 'name="child_born_on-day"' in found.text and 'value="9"' in found.text

    key = found.context["found"][0].key
    used = client.post("/family/add", GWEN | {"postcode": "sa1 2be", "use": "1", "found": key})
    assert 'value="Aberteg"' in used.text and not FamilyChild.objects.exists()


@pytest.mark.django_db
@pytest.mark.req("SP-065")
@pytest.mark.parametrize(("field", "most"), [("forename", 15), ("midname", 25), ("surname", 30)])
def test_longer_names_are_not_saved_and_the_authority_is_to_be_asked(client, field, most):
    come_in(client, a_parent())
    refused = client.post("/family/add", GWEN | {f"child_{field}": "A" * (most + 1)})
    assert refused.status_code == 422
    assert "contact your local authority" in refused.context["problems"][f"child_{field}"]
    assert not FamilyChild.objects.exists()
    assert "A" * (most + 1) in refused.text
    assert client.post("/family/add", GWEN | {f"child_{field}": "A" * most}).status_code == 302


@pytest.mark.django_db
@pytest.mark.req("SP-067")
def test_the_mandatory_fields_of_a_child_are_asked_for_and_the_address_starts_as_the_adults(client):
    come_in(client, a_parent(address={"postcode": "CF10 3AT", "street": "Mill Street", "lines": []}))
    assert 'value="Mill Street"' in client.get("/family/add").text
    refused = client.post("/family/add", {})
    mandatory = ["child_forename", "child_surname", "child_born_on", "relationship"]
    assert list(refused.context["problems"]) == mandatory


@pytest.mark.django_db
def test_a_birthday_in_the_future_or_a_grown_up_is_refused(client):
    come_in(client, a_parent())
    for year, words in (("2999", "past"), ("1990", "older than 25"), ("20", "real date")):
        refused = client.post("/family/add", GWEN | {"child_born_on-year": year})
        assert words in refused.context["problems"]["child_born_on"]


@pytest.mark.django_db
@pytest.mark.req("SP-068")
def test_another_parent_never_sees_the_child(client):
    child = families.add_child(a_parent(), details=DETAILS, now=NOON)
    come_in(client, another_parent())
    assert "Gwen" not in client.get("/family/").text
    for path in (f"/family/{child.pk}/", f"/send/{child.pk}/"):
        assert client.get(path).status_code == 404
    for path in ("remove", "bring-back"):
        assert client.post(f"/family/{child.pk}/{path}").status_code == 404
    assert client.post(f"/family/{child.pk}/", GWEN).status_code == 404


@pytest.mark.django_db
def test_a_child_is_removed_and_brought_back(client):
    dilys = a_parent()
    come_in(client, dilys)
    child = families.add_child(dilys, details=DETAILS, now=NOON)
    page = client.post(f"/family/{child.pk}/remove", follow=True).text
    assert "no longer in your family" in page
    assert f"/family/{child.pk}/bring-back" in page
    assert "Gwen Pritchard</a>" not in page
    client.post(f"/family/{child.pk}/bring-back")
    assert "Gwen Pritchard</a>" in client.get("/family/").text


# In the order of SP-053.
TILES = {
    "thirty-hours": "30 Hour Entitlement",
    "free-school-meals": "Free School Meals",
    "school-places": "School Places",
    "send": "Special Educational Needs and Disabilities",
    "transport": "Transport",
    "courses": "Courses",
    "two-year-olds": "Funded Early Education for Two Year Olds",
    "messages": "Messages",
    "family": "My Family",
}


def tiles_on(response):
    tiles = response.text.split('<ul class="gh-tiles">')[1].split("</ul>")[0]
    return [part.split("</a>")[0].split(">")[-1] for part in tiles.split("<h2>")[1:]]


@pytest.mark.django_db
@pytest.mark.req("SP-053")
def test_the_home_page_shows_only_the_tiles_that_are_switched_on(client):
    come_in(client, a_parent())
    assert tiles_on(client.get("/home")) == list(TILES.values())
    for number, key in enumerate(TILES, 1):
        authority.change_setting(f"tiles.{key}", value=False, by=None, now=NOON)
        assert tiles_on(client.get("/home")) == list(TILES.values())[number:]


@pytest.mark.django_db
def test_everybody_is_led_to_the_home_of_their_own_door(client):
    assert come_in(client, a_professional()).get("/home").url == "/professionals/"
    assert come_in(client, an_officer()).get("/home").url == "/council/"
    assert client.get("/").url == "/home"


FOOTER = {
    "about": "About",
    "contact-us": "Contact Us",
    "terms-and-conditions": "Terms and Conditions",
    "privacy-notice": "Privacy Notice",
    "cookies-policy": "Cookies Policy",
}


@pytest.mark.django_db
@pytest.mark.req("SP-057")
@pytest.mark.parametrize(
    "path", ["/", "/account/sign-in", "/home", "/account/", "/cookies-policy", "/nothing"]
)
def test_the_footer_of_each_page_leads_to_the_authoritys_pages(client, path):
    if path in {"/home", "/account/"}:
        come_in(client, a_parent())
    footer = client.get(path).text.split("<footer")[1]
    for address, words in FOOTER.items():
        assert f'href="/{address}">{words}</a>' in footer
        assert client.get(f"/{address}").status_code == 200


@pytest.mark.django_db
@pytest.mark.req("SP-057")
def test_contact_us_has_address_telephone_numbers_and_email_address(client):
    authority.change_setting("authority.address", value="Neuadd y Dref, Aberteg", by=None, now=NOON)
    page = client.get("/contact-us").text
    for words in ("Neuadd y Dref, Aberteg", "01632 960 100", "01632 960 999", "children@example.org"):
        assert words in page
    for address in ("tel:01632960100", "tel:01632960999", "mailto:children@example.org"):
        assert f'href="{address}"' in page


@pytest.mark.django_db
@pytest.mark.req("SP-066")
def test_the_full_name_on_the_record_is_shown_wherever_the_child_is(client):
    dilys, full = a_parent(), "Gwenllian-Angharad-Myfanwy Pritchard"
    child = families.add_child(dilys, details=DETAILS, now=NOON)
    mention = a_mention(said_by=dilys, family_child=child.pk)
    record = linkage.add_child_for(mention, by=an_officer(), now=NOON).child
    changes = {"forename": "Gwenllian-Angharad-Myfanwy", "surname": "Pritchard"}
    children.change_child(record, changes=changes, by=an_officer(), now=NOON)
    published(every_kind())
    come_in(client, dilys)

    own, start = f"/family/{child.pk}/", f"/forms/start/every-kind/?child={child.pk}"
    for address in ("/family/", own, "/send/", f"/send/{child.pk}/", start, f"{own}looked"):
        assert full in client.get(address).text, address
    for press, posted in ((own, GWEN | {"child_forename": "Gwen"}), (f"{own}remove", {})):
        assert full in client.post(press, posted, follow=True).text, press
