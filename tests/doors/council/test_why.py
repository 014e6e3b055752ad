"""An officer without work with a child says why before the record opens."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.doors.council import urls
from guildhall.foundation.access.check import verbs_of
from guildhall.foundation.access.doors import door_of
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.authority import services as authority
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.merges import differences_between
from guildhall.work.privacy import services as privacy
from guildhall.work.privacy.models import OpeningReason
from tests.records.some import a_child, a_mention
from tests.standing import (
    NOON,
    a_parent,
    a_person,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    come_in,
    may_look,
)
from tests.work.cases.scene import a_case, an_open_case
from tests.work.sharing.scene import an_entry, child_of, on_involvement, shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_hand")]
WHY = {"kind": "asked", "words": "The school rang about transport"}
# What shows no one child, or only what an officer's own work is about.
NOT_OF_A_RECORD = {"children", "child-why"}
PARTS_OF_A_PROCESS = (
    "process-dates",
    "process-undo",
    "process-marker",
    "process-marker-remove",
    "process-excuse",
)
PARTS_OF_A_REQUEST = (
    *("advice-entry", "advice-change", "advice-remove"),
    *("advice-put-back", "advice-tell", "advice-more"),
)


@pytest.fixture
def client() -> Client:
    """Whoever asks answers nothing by themselves here."""
    return Client()


def _asks(child: Child) -> str:
    return reverse("council:child-why", args=[child.pk])


def _record(child: Child, page: str = "child") -> str:
    return reverse(f"council:{page}", args=[child.pk])


def _addresses() -> dict[str, str]:
    """Every page of a child's record at this door, of children with whom nobody has work any more."""
    entry = an_entry()
    child, other = child_of(entry), a_child(forename="Alys")
    [form] = shared(entry, on_involvement(entry, a_parent()))
    kept, gone = a_child(forename="Nest"), a_child(forename="Nesta")
    choices = {each.field: "ours" for each in differences_between(kept, gone)}
    merge = linkage.merge_children(kept, gone, choices=choices, by=an_officer(), now=NOON, confirmed=True)
    of_child = {"pk": child.pk}
    of_entry = {"pk": entry.pk}
    ways = {
        **dict.fromkeys(
            ("child", "child-change", "child-chronology", "child-forms", "child-looked"), of_child
        ),
        **dict.fromkeys(("new-form", "child-merge", "child-sharing", "sharing-find"), of_child),
        **dict.fromkeys(("child-process", "process-start", "advice", "advice-csv", "advice-pdf"), of_child),
        **dict.fromkeys(("advice-add", "child-log", "child-log-csv", "child-note"), of_child),
        **dict.fromkeys(("child-adults", "child-adult-add", "child-adult-choose"), of_child),
        **dict.fromkeys(PARTS_OF_A_PROCESS, of_child | {"process_id": 1}),
        **dict.fromkeys(PARTS_OF_A_REQUEST, of_child | {"entry_id": 1}),
        "process-excuse-withdraw": of_child | {"excuse_id": 1},
        "advice-letter": of_child | {"entry_id": 1, "kind": "pdf"},
        "advice-file": of_child | {"entry_id": 1, "file_id": uuid4()},
        "child-adult": of_child | {"person": 1},
        "person-link": of_child | {"entry_id": form.recipient_id},
        **dict.fromkeys(("entry", "entry-print", "share-form"), of_entry),
        "new-form-begin": of_child | {"code": "send-short"},
        "form-check": of_child | {"draft_id": uuid4()},
        "child-merge-with": of_child | {"other": other.pk},
        "merge-undo": {"pk": merge.pk},
        "entry-file": of_entry | {"file_id": uuid4()},
        "share-stop": {"shared_id": form.pk},
        "sharing-add": of_child | {"user_id": a_parent().pk},
        "sharing-change": of_child | {"entry_id": form.recipient_id},
    }
    return {name: reverse(f"council:{name}", kwargs=kwargs) for name, kwargs in ways.items()}


@pytest.mark.req("GH-046")
def test_every_page_of_a_record_asks_why_whoever_has_no_work_with_the_child(client: Client):
    addresses = _addresses()
    come_in(client, an_officer())

    of_records = {
        route.name: verbs_of(route.callback)
        for route in urls.urlpatterns
        if str(route.pattern).startswith("children/") and door_of(route.callback).reads_child
    }
    assert of_records.keys() - NOT_OF_A_RECORD == set(addresses)
    for name, address in addresses.items():
        answer = client.get(address) if "GET" in of_records[name] else client.post(address)
        assert (answer.status_code, "/why/?next=" in answer.headers.get("Location", "")) == (302, True), name


@pytest.mark.req("GH-046")
def test_a_reason_opens_that_child_to_that_officer_and_nothing_else(client: Client):
    child, other = a_child(), a_child(forename="Alys")
    come_in(client, an_officer())
    came_for = _record(child, "child-chronology")

    asked = client.get(came_for, follow=True)
    page = asked.text
    assert asked.redirect_chain[-1][0].startswith(_asks(child))
    assert child.reference in page and "Why do you need to open this record?" in page
    assert "Angharad" not in page and "Mill Lane" not in page
    answer = client.post(_asks(child), WHY | {"next": came_for})

    assert answer.url == came_for
    assert client.get(came_for).status_code == 200
    assert client.get(_asks(child)).url == _record(child)
    assert client.get(_record(other)).url.startswith(_asks(other))
    colleague = come_in(Client(), a_safeguarding_officer())
    assert colleague.get(_record(child)).url.startswith(_asks(child))


@pytest.mark.req("GH-046")
def test_a_reason_is_kept_in_the_audit_and_nobody_looked_before_it(client: Client):
    child = a_child()
    come_in(client, an_officer())
    client.get(_record(child), follow=True)
    assert not Audited.objects.filter(verb="child.viewed").exists()

    client.post(_asks(child), WHY)

    kept = Audited.objects.get(verb="child.reason_given")
    assert (kept.by_id, kept.child_id, kept.detail["kind"]) == (an_officer().pk, child.pk, "asked")
    assert "transport" not in str(kept.detail)
    given = OpeningReason.objects.get()
    assert (given.words, given.until - given.given_at) == (WHY["words"], timedelta(hours=8))


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_reason_stays_as_it_was_given(act: str):
    may_look(an_officer(), a_child())
    rows = OpeningReason.objects.all()
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        rows.update(words="Other") if act == "update" else rows.delete()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"kind": ""}, "Choose a reason"),
        ({"kind": "curious"}, "Choose a reason"),
        ({"words": " \n "}, "Say what you need the record for"),
        ({"words": "x" * 501}, "must be 500 characters or fewer"),
    ],
)
def test_a_reason_is_chosen_and_put_in_words(client: Client, changes: dict[str, str], problem: str):
    child = a_child()
    come_in(client, an_officer())

    answer = client.post(_asks(child), WHY | changes)

    assert (answer.status_code, problem in answer.text) == (422, True)
    assert not OpeningReason.objects.exists()
    assert (WHY | changes)["words"].strip() in answer.text


def test_the_question_is_asked_in_welsh_too(client: Client):
    come_in(client, an_officer(language="cy"))
    child = a_child()
    page = client.post(_asks(child), {}).text
    assert "Pam y mae angen i chi agor y cofnod hwn?" in page and "Dewiswch reswm" in page


@pytest.mark.parametrize(
    "onward", ["https://example.org/", "//example.org/", "/account/", "", "/council/children/\\x"]
)
def test_a_reason_leads_to_a_page_of_children_and_nowhere_else(client: Client, onward: str):
    child = a_child()
    come_in(client, an_officer())
    answer = client.post(_asks(child), WHY | {"next": onward})
    assert answer.url.startswith("/council/children/")


def test_a_reason_holds_for_the_hours_that_the_authority_set(client: Client):
    child, now = a_child(), timezone.now()
    come_in(client, an_officer())
    given = {"kind": "cover", "words": "Cover", "by": an_officer()}
    privacy.give_reason(child, **given, now=now - timedelta(hours=9))
    assert client.get(_record(child)).status_code == 302

    authority.change_setting("odd.ask_hours", value=10, by=an_administrator(), now=NOON)
    privacy.give_reason(child, **given, now=now - timedelta(hours=9))

    assert client.get(_record(child)).status_code == 200


def test_what_was_begun_while_the_record_was_open_is_not_lost(client: Client):
    child = a_child()
    come_in(client, an_officer())
    now = timezone.now() - timedelta(hours=9)
    privacy.give_reason(child, kind="check", words="A wrong name", by=an_officer(), now=now)
    changes = {"forename": "Angharad", "surname": "Morgan", "gender": "female"}
    born = {"born_on-day": "4", "born_on-month": "3", "born_on-year": "2015"}

    assert client.post(_record(child, "child-change"), changes | born).status_code == 302

    child.refresh_from_db()
    assert child.surname == "Morgan"


def test_nothing_is_changed_without_a_reason(client: Client):
    child = a_child()
    come_in(client, an_officer())
    answer = client.post(_record(child, "child-change"), {"forename": "Angharad", "surname": "Morgan"})
    assert answer.url.startswith(_asks(child))
    child.refresh_from_db()
    assert child.surname == "Pugh"


def test_an_open_form_of_the_own_team_opens_the_record_and_that_of_another_does_not(
    client: Client,
):
    own, others = an_open_case(matched="added"), an_open_case("safeguarding", matched="added")
    come_in(client, an_officer())
    assert client.get(_record(own.mention.child)).status_code == 200
    assert client.get(_record(others.mention.child)).url.startswith(_asks(others.mention.child))


def test_the_officer_s_own_forms_and_those_to_match_never_ask(client: Client):
    decided, waiting = an_entry(), a_case(matched="waiting")
    near = a_child()
    come_in(client, an_officer())
    from_review = reverse("council:case", args=[decided.mention.cases.get().reference])
    assert client.get(from_review).status_code == 200
    mention = reverse("council:mention", args=[waiting.mention_id])
    assert client.get(f"{mention}?child={near.pk}").status_code == 200


def test_whoever_matched_a_child_reads_the_record_for_the_day(client: Client):
    child = a_child(surname="Morgan")
    linkage.match_mention(
        a_mention(), child=child, choices={"surname": "ours"}, by=an_officer(), now=timezone.now()
    )
    come_in(client, an_officer())
    assert client.get(_record(child)).status_code == 200


def test_an_authority_that_does_not_want_it_switches_it_off(client: Client):
    child = a_child()
    come_in(client, an_officer())
    authority.change_setting("odd.ask_why", value=False, by=an_administrator(), now=NOON)
    assert client.get(_record(child)).status_code == 200
    assert client.get(_asks(child)).url == _record(child)


def test_only_readers_of_records_are_asked_and_of_records_that_are_there(client: Client):
    child = a_child()
    assert come_in(Client(), a_parent()).get(_asks(child)).status_code == 403
    assert come_in(Client(), an_officer(), verified=False).get(_asks(child)).status_code == 403
    assert come_in(client, an_officer()).get("/council/children/404/why/").status_code == 404


@pytest.mark.req("GH-046")
def test_who_looked_and_the_report_show_the_reason(client: Client):
    child = a_child()
    come_in(client, an_officer())
    client.post(_asks(child), WHY)

    looked = client.get(_record(child, "child-looked")).text
    assert "Gave a reason to open the record: A family, a school or a colleague asked me" in looked
    assert WHY["words"] not in looked

    auditor = come_in(Client(), a_person("dpo@council.example.org", role="auditor"))
    report = auditor.get(reverse("administration:privacy-reasons")).text
    assert WHY["words"] in report and str(an_officer()) in report
    assert (
        reverse("administration:privacy-reasons") in auditor.get(reverse("administration:privacy-odd")).text
    )
    assert client.get(reverse("administration:privacy-reasons")).status_code == 403
