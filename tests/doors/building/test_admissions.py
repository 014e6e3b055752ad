"""The Configurable Question Library holds the questions for school admissions."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from guildhall.paperwork.forms import queries

from ...library import publish_library
from ...standing import an_administrator, come_in
from .test_questions import TEXT

pytestmark = pytest.mark.django_db


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-337")
def test_a_question_for_school_admissions_is_set_up_in_the_library_and_managed_there(client: Client):
    publish_library()
    call_command("load_bank", verbosity=0)
    come_in(client, an_administrator())
    home = client.get(reverse("administration:home")).text
    assert reverse("building:bank") in home
    admissions = queries.definition_of(queries.live_version("SCHOOL-PLACE").pk)
    codes = [code for code in admissions.question_by_code if queries.questions_found(code).exists()]
    assert set(codes) == set(admissions.question_by_code), "every question of the form is in the library"
    one = next(code for code in codes if code.startswith("PLACE"))
    listed = client.get(reverse("building:bank"), {"q": one}).text
    assert reverse("building:question", args=[one]) in listed

    address = reverse("building:question-new", args=["SCHOOL-PLACE"]) + "?to=" + admissions.groups[0].key
    client.get(reverse("building:form", args=["SCHOOL-PLACE"]))
    working = queries.working_form("SCHOOL-PLACE")
    typed = TEXT | {"code": "PLACE_SIBLING_SCHOOL", "revision": working.revision if working else 0}
    client.post(address, typed, follow=True)
    assert queries.questions_found("PLACE_SIBLING_SCHOOL").exists()
    assert "PLACE_SIBLING_SCHOOL" in client.get(reverse("building:bank"), {"q": "SIBLING"}).text
