import uuid
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from guildhall.foundation.access.holder import NOBODY, Holder
from guildhall.foundation.audit import context, queries, services
from guildhall.foundation.audit.middleware import AuditContextMiddleware
from guildhall.foundation.audit.models import Entry
from tests.standing import NOON, a_parent, an_officer

pytestmark = pytest.mark.django_db
AUDITOR = Holder(user_id=1, roles=frozenset({"auditor"}))


def a_request(roles: str = "send-officer") -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = an_officer()
    request.holder = Holder(user_id=request.user.pk, roles=frozenset({roles}))  # type: ignore[attr-defined]
    return request


@pytest.mark.req("GH-046")
def test_whoever_looks_at_a_child_leaves_an_entry_with_name_role_surface_and_request():
    request = a_request()

    def view(request: HttpRequest) -> HttpResponse:
        services.looked(request, about=("case", "SND-1"), child=42, surface="file")
        return HttpResponse()

    response = AuditContextMiddleware(view)(request)

    entry = Entry.objects.get(verb="child.viewed")
    assert (entry.by_id, entry.by_name, entry.by_roles) == (
        request.user.pk,
        str(request.user),
        "send-officer",
    )
    assert (entry.about_kind, entry.about_id, entry.child_id) == ("case", "SND-1", 42)
    assert entry.detail == {"surface": "file"}
    assert response["X-Request-ID"] == entry.request_id
    assert uuid.UUID(entry.request_id)


def test_what_is_known_of_one_request_is_forgotten_before_the_next():
    AuditContextMiddleware(lambda _request: HttpResponse())(a_request())

    assert context.current() == context.Here()


def test_it_is_forgotten_also_when_the_view_fails():
    def view(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        AuditContextMiddleware(view)(a_request())

    assert context.current() == context.Here()


def test_every_answer_carries_a_number_of_its_own(client: Client):
    numbers = {client.get("/nowhere/")["X-Request-ID"] for _ in range(2)}

    assert len(numbers) == 2


def test_what_the_program_does_by_itself_has_no_name():
    services.record("room.happened", by=None, about=("thing", "1"), now=NOON)

    entry = Entry.objects.get()
    assert (entry.by_id, entry.by_name, entry.by_roles) == (None, "", "")


@pytest.mark.req("GH-046")
def test_an_auditor_finds_entries_by_child_person_verb_thing_and_time():
    dilys = a_parent()
    services.record("form.sent", by=dilys, about=("form", "1"), now=NOON, child=7)
    services.record("form.opened", by=None, about=("form", "2"), now=NOON + timedelta(hours=1), child=8)
    services.record("file.removed", by=dilys, about=("file", "3"), now=NOON + timedelta(hours=2))

    def found(**wanted: object) -> list[str]:
        return [entry.verb for entry in queries.search(AUDITOR, **wanted)]

    assert found(child=7) == ["form.sent"]
    assert found(person=dilys.pk, verb="f") == ["file.removed", "form.sent"]
    assert found(verb="form.") == ["form.opened", "form.sent"]
    assert found(about=("form", "2")) == ["form.opened"]
    assert found(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=2)) == ["form.opened"]


@pytest.mark.req("GH-046")
@pytest.mark.parametrize("role", ["parent", "send-officer", "administrator"])
def test_nobody_else_can_search_the_audit(role: str):
    services.record("form.sent", by=None, about=("form", "1"), now=NOON)

    assert not queries.search(Holder(user_id=1, roles=frozenset({role}))).exists()
    assert not queries.search(NOBODY).exists()


def test_the_history_of_one_thing_reads_from_its_beginning():
    for verb in ("case.opened", "case.read", "case.closed"):
        services.record(verb, by=None, about=("case", "1"), now=NOON)
    services.record("case.opened", by=None, about=("case", "2"), now=NOON)

    history = queries.history_of(("case", "1"))

    assert [entry.verb for entry in history] == ["case.opened", "case.read", "case.closed"]


def an_entry(verb: str, **more: object) -> Entry:
    details = {"at": NOON, "by_name": "Siân <b>", "about_kind": "case", "about_id": "SND-1", "detail": {}}
    return Entry(verb=verb, **(details | more))


def test_an_entry_reads_as_a_sentence_in_the_reader_s_language():
    entry = an_entry("child.viewed", detail={"surface": "page"})

    assert queries.presented(entry, "en") == "Siân <b> looked at a child’s information (page, case SND-1)"
    assert queries.presented(entry, "cy").startswith("Edrychodd Siân <b> ar wybodaeth am blentyn")


def test_a_verb_that_nobody_worded_still_reads():
    assert queries.presented(an_entry("new.verb"), "en") == "Siân <b>: new.verb (case SND-1)"


def test_a_sentence_is_text_and_never_markup():
    sentence = queries.presented(an_entry("new.verb"), "en")

    assert not hasattr(sentence, "__html__")
