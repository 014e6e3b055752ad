"""Emergency Contacts, as a school keeps them and the council finds them."""

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from guildhall.foundation.audit.models import Entry
from guildhall.work.emergency.models import Contact

from ...people.membership.schools import a_place, a_supervisor, another_school
from ...standing import a_professional, a_safeguarding_officer, come_in
from ...work.emergency.scene import a_contact, a_keeper

pytestmark = pytest.mark.django_db
LIST, COUNCIL = "/schools/emergency-contacts/", "/council/emergency-contacts/"
TYPED = {
    "name": "Idris Bowen",
    "role": "Caretaker",
    "phone": "07700 900123",
    "other_phone": "",
    "available": "Any time",
    "key_holder": "yes",
}


def browser(place):
    return come_in(Client(), place.user)


def test_it_opens_for_who_has_the_responsibility_and_tells_the_others_who_gives_it():
    sian = a_supervisor()
    elen, huw = a_keeper(sian), a_place("huw@ysgol.example.org")
    hers = browser(elen)
    assert hers.get(LIST).status_code == 200
    assert f'href="{LIST}"' in hers.get("/schools/").text
    made = a_contact(elen)
    for place in (huw, sian):
        theirs = browser(place)
        assert f'href="{LIST}"' not in theirs.get("/schools/").text
        for path in (LIST, f"{LIST}new", f"{LIST}{made.pk}/change", f"{LIST}{made.pk}/remove"):
            refused = theirs.get(path)
            assert refused.status_code == 403
            assert "Health and Safety" in refused.text
            assert sian.user.email in refused.text
            assert "Idris" not in refused.text
        assert theirs.post(f"{LIST}confirm").status_code == 403
        assert theirs.post(f"{LIST}new", TYPED | {"name": "Mair"}).status_code == 403
    assert Contact.objects.count() == 1


def test_the_school_adds_changes_orders_removes_and_confirms():
    elen = a_keeper(a_supervisor())
    hers = browser(elen)
    assert "Nobody is on the list yet" in hers.get(LIST).text
    assert LIST in hers.get("/schools/alerts/").text
    wrong = hers.post(f"{LIST}new", TYPED | {"phone": "12"})
    assert wrong.status_code == 422
    assert "Enter a telephone number, such as" in wrong.text
    assert 'value="Idris Bowen"' in wrong.text
    assert hers.post(f"{LIST}new", TYPED).url == LIST
    idris = Contact.objects.get()
    assert (idris.phone, idris.key_holder, idris.alarm) == ("07700900123", True, False)
    hers.post(f"{LIST}new", TYPED | {"name": "Nia Puw", "phone": "07700 900124"})
    nia = Contact.objects.get(name="Nia Puw")
    hers.post(f"{LIST}{nia.pk}/move", {"way": "up"})
    shown = hers.get(LIST).text
    assert shown.index("Nia Puw</") < shown.index("Idris Bowen<")
    assert "Nobody has confirmed this list yet" in shown
    hers.post(f"{LIST}{idris.pk}/change", TYPED | {"available": "Holidays only"})
    assert "The list was confirmed" in hers.post(f"{LIST}confirm", follow=True).text
    assert "Nobody has confirmed" not in hers.get(LIST).text
    assert LIST not in hers.get("/schools/alerts/").text.split("<h1")[1]
    gone = hers.post(f"{LIST}{nia.pk}/remove", follow=True).text
    assert f"{LIST}{nia.pk}/put-back" in gone
    assert "is on the list again" in hers.post(f"{LIST}{nia.pk}/put-back", follow=True).text
    assert Entry.objects.filter(verb="emergency.viewed", by_id=elen.user_id).exists()
    other = a_keeper(a_supervisor("owain@ysgol.example.org", another_school()), "lowri@ysgol.example.org")
    assert browser(other).get(f"{LIST}{idris.pk}/change").status_code == 404


def test_an_officer_finds_prints_and_takes_away_the_contacts_of_any_school(django_assert_max_num_queries):
    elen = a_keeper(a_supervisor())
    a_contact(elen)
    another_school()
    officer = come_in(Client(), a_safeguarding_officer())
    assert COUNCIL in officer.get("/council/").text
    everything = officer.get(COUNCIL).text
    assert "Idris Bowen" in everything
    assert "Carreg High School" in everything
    assert "Carreg High School" not in officer.get(COUNCIL, {"find": "idris"}).text
    assert "Idris" not in officer.get(COUNCIL, {"state": "none"}).text
    assert "No school fits" in officer.get(COUNCIL, {"find": "zebedee"}).text
    assert 'href="tel:07700900123"' in officer.get(f"{COUNCIL}{elen.school_id}/").text
    assert officer.get(f"{COUNCIL}999999/").status_code == 404
    book = CalamineWorkbook.from_filelike(io.BytesIO(officer.get(f"{COUNCIL}export/").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows] == ["Name", "Idris Bowen"]
    kept = Entry.objects.filter(verb="emergency.directory_viewed")
    assert kept.latest("pk").detail == {"surface": "export", "schools": 2}
    with django_assert_max_num_queries(20):
        officer.get(COUNCIL, {"whole": "1"})
    assert come_in(Client(), a_professional()).get(COUNCIL).status_code == 403
