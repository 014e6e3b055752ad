"""Every page of filling in, in both languages, with a form's words that try to be markup."""

import re

import pytest
from django.urls import reverse

from guildhall.paperwork.submissions.models import Submission
from tests.definitions import FULL, a_draft, a_full_draft, every_kind, published
from tests.standing import come_in

from .pages import step_url, typed

pytestmark = pytest.mark.django_db
SHOUT = "<script>alert(1)</script>{{ 7777*7777 }}"


def pages_of(client, draft):
    """(name, reply) of every page that a draft has, then of what was sent."""
    for place in ("child", "parents", "needs", "clinic", "other", "evidence"):
        yield place, client.get(step_url(draft, place), follow=True)
    yield "row", client.get(step_url(draft, "parents", "a1"))
    full = typed(client.get(step_url(draft, "child")))
    yield "bad step", client.post(step_url(draft, "child"), full | {"q-child_forename": ""})
    full = typed(client.get(step_url(draft, "child"))) | {"q-child_forename": full["q-child_forename"]}
    client.post(step_url(draft, "child"), full)
    for name in ("summary", "delete"):
        yield name, client.get(reverse(f"filling:{name}", args=[draft.pk]))
    for name in ("saved", "submitted"):
        yield name, client.get(reverse(f"filling:{name}"))
    yield "start", client.get(reverse("filling:start", args=["EVERY-KIND"]))
    page = client.get(reverse("filling:summary", args=[draft.pk]))
    yield "no ticks", client.post(reverse("filling:send", args=[draft.pk]), typed(page, "send"))
    ticked = typed(page, "send", _declarations=["first", "second"])
    yield "confirm", client.post(reverse("filling:confirm", args=[draft.pk]), ticked)
    assert 'id="declaration-first"' in page.text
    yield "sent", client.post(reverse("filling:send", args=[draft.pk]), ticked, follow=True)
    sent = Submission.objects.latest("pk")
    yield "submission", client.get(reverse("filling:submission", args=[sent.pk]))
    yield "submitted again", client.get(reverse("filling:submitted"))


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_is_whole_and_in_one_language(client, language):
    draft = a_full_draft()
    draft.owner.language = language
    draft.owner.save()
    come_in(client, draft.owner)

    for name, reply in pages_of(client, draft):
        assert reply.status_code in {200, 409, 422}, name
        assert f'<html lang="{language}"' in reply.text, name
        assert reply.text.count("<h1") == 1, name
        main = reply.text.split("<main")[1].split("</main>")[0]
        assert not re.search(r"\{[a-z_]+\}|\{[{%]", main), name


def test_hostile_words_stay_words_on_every_page(client):
    answers = FULL | {"CHILD_FORENAME": SHOUT, "parents": {"a1": {"PARENT_NAME": SHOUT}}}
    published(every_kind())
    draft = a_draft(answers=answers)
    come_in(client, draft.owner)

    for name, reply in pages_of(client, draft):
        assert "<script>alert" not in reply.text, name
        assert "60481729" not in reply.text or "{{ 7777*7777 }}" in reply.text, name
