"""The session ends while somebody types."""

import pytest
from django.urls import reverse

from guildhall.paperwork.submissions.models import Draft
from tests.definitions import FULL, a_draft
from tests.standing import come_in

from .pages import step_url, typed

pytestmark = pytest.mark.django_db
LONG = "Mae Mali’n hapus. " * 1_700  # 30 KB


@pytest.mark.req("CP-028")
def test_what_was_typed_while_the_session_ended_is_saved_after_signing_in_again(client):
    draft = a_draft(answers=FULL | {"HAS_DIAGNOSIS": "yes"})
    come_in(client, draft.owner)
    url = step_url(draft, "needs")
    posted = typed(client.get(url), diagnosis=LONG)
    client.session.flush()

    held = client.post(url, posted)
    assert held.status_code == 302 and held.url.startswith(reverse("account:sign-in"))
    come_in(client, draft.owner)
    page = client.get(reverse("account:held"))
    assert page.status_code == 200
    response = client.post(url, typed(page, url))

    assert response.status_code in {302, 422}  # too long for the question is no reason to lose it
    said = Draft.objects.get().answers["DIAGNOSIS"]
    assert (said["typed"] if isinstance(said, dict) else said).split() == LONG.split()


@pytest.mark.req("CP-028")
def test_autosave_without_a_session_tells_the_page_to_keep_what_it_has(client):
    draft = a_draft()

    url = reverse("filling:autosave", args=[draft.pk])
    response = client.post(url, {"place": "child"}, headers={"X-Page": step_url(draft, "child")})

    assert response.status_code == 401
    assert step_url(draft, "child").replace("/", "%2F") in response.json()["sign_in"]
