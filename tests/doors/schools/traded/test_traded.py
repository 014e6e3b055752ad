"""The pages of traded services, at the schools' door and at the council's."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files.models import StoredFile
from guildhall.work.traded.models import Enquiry, Service

from ....people.membership.schools import a_place, another_school
from ....standing import an_officer, come_in
from ....work.traded.scene import a_service, answer, ask

pytestmark = pytest.mark.django_db
HERE, COUNCIL = "/schools/traded-services/", "/council/traded-services/"


def typed(**more):
    words = {"title": "Music", "summary": "Lessons.", "words": "**Strings**", "audience": "", "price": ""}
    both = {f"service_{name}_{each}": said for name, said in words.items() for each in ("en", "cy")}
    rest = {"service_category": "arts", "service_contact": "Music", "service_email": "music@example.org"}
    return both | rest | more


@pytest.mark.req("SC-084")
def test_a_school_finds_a_service_reads_it_asks_and_sees_the_answer(client):
    service = a_service(upload=SimpleUploadedFile("brochure.txt", b"All.", content_type="text/plain"))
    come_in(client, a_place("elen@ysgol.example.org").user)
    page = client.get(HERE).text
    assert "Payroll" in page
    assert "No service fits" in client.get(f"{HERE}?find=zzz").text
    page = client.get(f"{HERE}{service.pk}/").text
    assert "Each month</h2>" in page
    assert "mailto:payroll@council.example.org" in page
    StoredFile.objects.update(state=StoredFile.State.CLEAN)
    brochure = client.get(f"{HERE}{service.pk}/brochure")
    assert b"".join(brochure) == b"All."
    assert Entry.objects.filter(verb="traded.brochure_opened").count() == 1

    form = f"{HERE}{service.pk}/ask/interest"
    assert "Enter your message" in client.post(form, {"enquiry_words": "\x01 "}).text
    key = re.search(r'name="key" value="([^"]+)"', client.get(form).text)[1]
    sent = [client.post(form, {"enquiry_words": "For 22.", "key": key}) for _ in range(2)]
    assert sent[0].url == sent[1].url
    enquiry = Enquiry.objects.get()
    assert enquiry.kind == "interest"
    answer(enquiry, words="£6 each.")
    assert "£6 each." in client.get(sent[0].url).text
    assert enquiry.reference in client.get(f"{HERE}enquiries/").text
    theirs = come_in(Client(), a_place("ffion@other.example.org", another_school()).user)
    assert theirs.get(sent[0].url).status_code == 404
    assert enquiry.reference not in theirs.get(f"{HERE}enquiries/").text
    client.post(sent[0].url, {"act": "withdraw"})
    assert "This enquiry is over" in client.get(sent[0].url).text


@pytest.mark.req("SC-084")
def test_an_officer_keeps_the_catalogue_and_answers(client):
    come_in(client, an_officer())
    wrong = client.post(f"{COUNCIL}add/", typed(service_price_en="£4", service_contact=""))
    assert wrong.status_code == 422
    assert "Contact person or team" in wrong.text
    assert "Enter this in Welsh too" in client.post(f"{COUNCIL}add/", typed(service_price_en="£4")).text
    made = client.post(f"{COUNCIL}add/", typed())
    one = Service.objects.get()
    assert made.url == f"{COUNCIL}{one.pk}/"
    client.post(f"{COUNCIL}{one.pk}/change/", typed(service_title_en="Harp"))
    assert "Harp" in client.get(COUNCIL).text
    assert client.post(f"{COUNCIL}{one.pk}/retire/").status_code == 302
    assert "Bring the service back" in client.get(made.url).text
    client.post(f"{COUNCIL}{one.pk}/bring-back/")
    assert client.post(f"{COUNCIL}{one.pk}/up/").status_code == 302
    assert client.post(f"{COUNCIL}{one.pk}/nonsense/").status_code == 404

    enquiry = ask(one)
    assert "Enquiries that wait: 1" in client.get("/council/").text
    assert enquiry.reference in client.get(f"{COUNCIL}enquiries/?state=sent&find=harp").text
    assert "No enquiry fits" in client.get(f"{COUNCIL}enquiries/?state=bought").text
    here = f"{COUNCIL}enquiries/{enquiry.pk}/"
    assert client.post(here, {"act": "answer", "enquiry_words": ""}).status_code == 422
    client.post(here, {"act": "buy", "enquiry_words": "=SUM(1)"})
    enquiry.refresh_from_db()
    assert enquiry.state == "bought"
    sheet = client.get(f"{COUNCIL}enquiries/export/")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_lists_read_the_same_however_many_there_are(client):
    come_in(client, a_place("elen@ysgol.example.org").user)

    def read():
        with CaptureQueriesContext(
            connection,
        ) as read:
            for path in (HERE, f"{HERE}enquiries/"):
                assert client.get(path).status_code == 200
        return len(read)

    ask(a_service("One"))
    read()
    few = read()
    for number in range(4):
        ask(a_service(f"More {number}"))
    assert read() == few


def test_what_schools_ask_is_shown_first_to_the_team_of_the_service_and_to_others_who_look_for_it():
    [plain, ours, theirs] = [
        ask(a_service(title, team=team))
        for title, team in (("Payroll", None), ("Therapy", "send"), ("Buses", "transport"))
    ]
    client = come_in(Client(), an_officer())
    first = client.get(f"{COUNCIL}enquiries/").text
    assert plain.reference in first
    assert ours.reference in first
    assert theirs.reference not in first
    assert "Enquiries that wait: 2" in client.get("/council/").text
    assert theirs.reference in client.get(f"{COUNCIL}enquiries/?whose=all").text
    assert "Team: Transport" in client.get(f"{COUNCIL}enquiries/{theirs.pk}/").text
    said = {"service_team": "transport"}
    client.post(f"{COUNCIL}{ours.service_id}/change/", typed(**said))
    assert ours.reference not in client.get(f"{COUNCIL}enquiries/").text
    assert '<option value="transport" selected' in client.get(f"{COUNCIL}{ours.service_id}/change/").text
    refused = client.post(f"{COUNCIL}{ours.service_id}/change/", typed(service_team="nobody"))
    assert refused.status_code == 422
