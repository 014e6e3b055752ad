"""New: an officer's own form in a child's chronology."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.files.models import StoredFile
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.groups import queries
from guildhall.people.groups import services as groups
from guildhall.people.membership import services as membership
from guildhall.records.children.models import Child
from guildhall.records.chronology import services as chronology
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.merges import differences_between
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from tests.definitions import group, published, question, words
from tests.doors.filling.pages import step_url, typed
from tests.records.some import a_child, an_identity
from tests.standing import (
    NOON,
    a_parent,
    a_person,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)
from tests.work.cases.scene import LETTER, a_submission, an_open_case

pytestmark = pytest.mark.django_db


def a_form(code="ADVICE", *, destination="send", **changes):
    return published(
        {
            "code": code,
            "title": words(f"Form {code}"),
            "portal": "citizen",
            "audience": "parent",
            "style": "steps",
            "destination": destination,
            "groups": [
                group("child", 2, question("SURNAME", identity="surname"), question("HOME", "postcode")),
                group(
                    "advice",
                    3,
                    question("CARE_STATUS", reuse="fill"),
                    question("HEALTH_ADVICE", "memo", reuse="ask", inherit_multiple=True),
                    question("HOPES"),
                    question("PHOTO_CONSENT", "yes_no"),
                    question("SIGNED", "signature"),
                ),
                group("parents", 4, question("PARENT"), repeats={"least": 0, "most": 3, "item": words("x")}),
                group("evidence", 5, question("LETTERS", "file", multiple=True, most=3)),
            ],
        }
        | changes
    )


GIVEN = {
    "SURNAME": "Pew",
    "CARE_STATUS": "Looked after",
    "HEALTH_ADVICE": "Rest a lot",
    "HOPES": "To read",
    "PHOTO_CONSENT": "yes",
    "SIGNED": {"name": "Dilys Pritchard", "on": "2026-05-01"},
    "parents": [{"_id": "a1", "PARENT": "Dilys"}],
}


def approved(child, *, version=None, days=0, shown=True, sender=None, **answers):
    """A form about ``child`` that is on the chronology."""
    sent = a_submission(
        version=version or a_form(),
        sent_at=NOON + timedelta(days=days),
        sender=sender,
        answers=GIVEN | answers,
    )
    mention = linkage.report_known(
        an_identity(),
        child=child,
        said_by=sent.sender,
        source_kind="submission",
        source_id=str(sent.pk),
        now=sent.sent_at,
    )
    chronology.write_entry(
        mention,
        kind="submission",
        source_id=str(sent.pk),
        title={"en": "x", "cy": "x"},
        happened_at=sent.sent_at,
        shown_from=sent.sent_at if shown else None,
    )
    return sent


@pytest.fixture
def officer(client):
    return come_in(client, an_officer())


def begun(client, child, code="advice", **chosen):
    response = client.post(reverse("council:new-form-begin", args=[child.pk, code]), chosen)
    assert response.status_code == 302, response.text
    return Draft.objects.latest("started_at")


def check_url(child, draft):
    return reverse("council:form-check", args=[child.pk, draft.pk])


def saved(client, child, draft, **more):
    page = client.get(check_url(child, draft))
    return client.post(
        check_url(child, draft), {"revision": Draft.objects.get(pk=draft.pk).revision} | more
    ), page


@pytest.mark.req("SP-221")
def test_new_at_the_top_leads_by_kind_of_form_to_a_form_definition(officer):
    child = a_child()
    a_form()
    a_form("HEALTH", portal="professional", audience="professional")
    a_form("WORRY", destination="safeguarding")

    top = officer.get(reverse("council:child-chronology", args=[child.pk])).text
    assert top.index(reverse("council:new-form", args=[child.pk])) < top.index("Nothing is on the chronology")
    kinds = officer.get(reverse("council:new-form", args=[child.pk]))
    assert "Professionals' forms" in unescape(kinds.text) and "Form ADVICE" not in kinds.text
    shown = officer.get(reverse("council:new-form", args=[child.pk]), {"kind": "parent"}).text
    assert reverse("council:new-form-begin", args=[child.pk, "advice"]) in shown
    assert "Form HEALTH" not in shown and "Form WORRY" not in shown


@pytest.mark.req("SP-176", "SP-179", "SP-221")
def test_the_form_opens_with_the_record_and_with_answers_of_every_approved_form(officer):
    child = a_child()
    approved(child, sender=a_parent())
    approved(child, sender=another_parent(), days=1, CARE_STATUS="At home")
    approved(child, days=2, shown=False, CARE_STATUS="Not approved")
    a_form("OTHER")

    draft = begun(officer, child, "other")

    assert draft.owner == an_officer()
    assert draft.answers["SURNAME"] == "Pugh"  # the record, whatever a form called her
    assert draft.answers["CARE_STATUS"] == "At home"  # approved last
    assert "HOPES" not in draft.answers  # another form, and it always asks again
    page = officer.get(step_url(draft, "advice")).text
    assert "Pre-populated answer" in page and "sent by Marek" in page


@pytest.mark.req("SP-177")
def test_of_several_answers_with_one_code_the_officer_chooses_which_to_include(officer):
    child = a_child()
    first = approved(child, HEALTH_ADVICE="Rest a lot")
    approved(child, days=1, HEALTH_ADVICE="Eat well")
    third = approved(child, days=2, HEALTH_ADVICE="Sleep early")
    a_form("OTHER")

    page = officer.get(reverse("council:new-form-begin", args=[child.pk, "other"])).text
    for words_ in ("Rest a lot", "Eat well", "Sleep early"):
        assert words_ in page
    draft = begun(officer, child, "other", **{"choice-HEALTH_ADVICE": [third.pk, first.pk]})

    assert draft.answers["HEALTH_ADVICE"] == "Sleep early\n\nRest a lot"
    assert "From 2 earlier forms" in officer.get(step_url(draft, "advice")).text
    assert "HEALTH_ADVICE" not in begun(officer, child, "other").answers


@pytest.mark.req("SP-221", "GH-021")
def test_the_same_definition_gives_a_duplicate_without_consents_and_signatures(officer):
    child = a_child()
    earlier = approved(child)

    draft = begun(officer, child)

    assert draft.answers["HOPES"] == "To read"
    assert draft.answers["parents"] == [{"_id": "a1", "PARENT": "Dilys"}]
    assert not {"SIGNED", "PHOTO_CONSENT"} & set(draft.answers)
    before = Entry.objects.get(source_id=str(earlier.pk)).pk
    response, _ = saved(officer, child, draft, sure="yes")
    assert response.status_code == 302
    assert Entry.objects.filter(pk=before, source_id=str(earlier.pk)).exists()
    assert Submission.objects.get(pk=earlier.pk).answers == earlier.answers


@pytest.mark.req("SP-222")
def test_save_with_inherited_answers_unchanged_asks_first(officer):
    child = a_child()
    approved(child)
    draft = begun(officer, child)

    response, _ = saved(officer, child, draft)

    assert response.status_code == 200 and Draft.objects.filter(pk=draft.pk).exists()
    assert "Some pre-populated answers have not been changed." in response.text
    assert "Are you sure you want to continue?" in response.text
    assert f"{step_url(draft, 'advice')}#q-care_status" in response.text  # Cancel
    kept, _ = saved(officer, child, draft, sure="yes")
    entry = Entry.objects.get(shown_from__isnull=False, mention__said_by=an_officer())
    assert kept.url == reverse("council:entry", args=[entry.pk])
    assert not Draft.objects.filter(pk=draft.pk).exists()


@pytest.mark.req("SP-222")
def test_answers_that_were_changed_are_saved_without_a_question(officer):
    child = a_child()
    approved(child)
    a_form("OTHER")
    draft = begun(officer, child, "other")
    page = officer.get(step_url(draft, "advice"))
    officer.post(step_url(draft, "advice"), typed(page, care_status="At home", health_advice="None"))

    response, _ = saved(officer, child, draft)

    assert response.status_code == 302
    assert Submission.objects.latest("pk").answers["CARE_STATUS"] == "At home"


@pytest.mark.req("SP-220", "SP-221")
def test_the_saved_form_is_an_event_at_once_and_nobody_matches_or_decides_it(officer):
    child = a_child()
    a_form()
    draft = begun(officer, child)
    before = Case.objects.count()

    response, _ = saved(officer, child, draft)

    sent = Submission.objects.get(sender=an_officer())
    mention = Mention.objects.get(source_id=str(sent.pk))
    assert (mention.child, mention.state) == (child, "linked")
    assert Case.objects.count() == before and not Message.objects.exists()
    page = officer.get(response.url).text
    assert sent.reference in page and "This form cannot be changed." in page
    assert reverse("council:new-form-begin", args=[child.pk, "advice"]) in page
    assert Audited.objects.filter(verb="chronology.form_saved", child_id=child.pk).count() == 1
    assert Child.objects.get(pk=child.pk).surname == "Pugh"


@pytest.mark.req("SP-220")
def test_nothing_opens_an_event_of_the_chronology_for_changing(officer):
    child = a_child()
    entry = Entry.objects.get(source_id=str(approved(child).pk))

    page = officer.get(reverse("council:entry", args=[entry.pk])).text

    assert "This form cannot be changed." in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main and "<input" not in main
    assert officer.post(reverse("council:entry", args=[entry.pk])).status_code == 405


@pytest.mark.req("SP-223")
def test_an_officer_uploads_a_file_to_a_file_question(officer, settings):
    child = a_child()
    a_form()
    draft = begun(officer, child)
    page = officer.get(step_url(draft, "evidence"))
    letter = SimpleUploadedFile("letter.txt", b"We saw Angharad in May.")
    officer.post(step_url(draft, "evidence"), typed(page, _upload="LETTERS") | {"q-letters": letter})
    StoredFile.objects.update(state=StoredFile.State.CLEAN)

    response, check = saved(officer, child, draft)

    assert "letter.txt" in check.text
    sent = Submission.objects.get(sender=an_officer())
    assert [one["name"] for one in sent.files] == ["letter.txt"]
    assert "letter.txt" in officer.get(response.url).text


def test_the_summary_of_the_form_leads_to_its_check_and_gaps_stop_it(officer):
    child = a_child()
    plain = question("NEEDED", mandatory=True)
    a_form("STRICT", groups=[group("child", 2, plain)])
    draft = begun(officer, child, "strict")

    assert officer.get(reverse("filling:summary", args=[draft.pk])).url == check_url(child, draft)
    response, page = saved(officer, child, draft, sure="yes")

    assert response.status_code == 422 and Draft.objects.filter(pk=draft.pk).exists()
    assert f"{step_url(draft, 'child')}#q-needed" in page.text


def test_saving_twice_makes_one_event(officer):
    child = a_child()
    a_form()
    draft = begun(officer, child)
    saved(officer, child, draft)
    assert officer.post(check_url(child, draft), {"revision": 0}).status_code == 404
    assert Submission.objects.filter(sender=an_officer()).count() == 1


def test_a_restricted_address_is_lent_to_nobody_who_may_not_see_it(officer):
    child = a_child()
    approved(child, HOME="GU1 4AB")
    Child.objects.filter(pk=child.pk).update(restricted=True)

    draft = begun(officer, child)

    assert "HOME" not in draft.answers and "GU1" not in str(draft.inherited)


def test_answers_of_a_team_that_keeps_to_itself_are_not_lent(client):
    child = a_child()
    worry = a_form("WORRY", destination="safeguarding")
    approved(child, version=worry, CARE_STATUS="A worry")
    both = a_person("both@council.example.org", role="safeguarding-officer", team="safeguarding")
    membership.give_role(both, role="send-officer", team="send", by=None, now=NOON)
    come_in(client, both)
    a_form("OTHER")

    assert "CARE_STATUS" not in begun(client, child, "other").answers
    assert begun(client, child, "worry").answers["CARE_STATUS"] == "A worry"


@pytest.mark.parametrize("who", [a_parent, an_administrator, a_safeguarding_officer])
def test_who_may_not_make_a_form_there(client, who):
    child = a_child()
    a_form()
    draft = begun(come_in(client, an_officer()), child)

    come_in(client, who())

    assert client.get(reverse("council:new-form-begin", args=[child.pk, "advice"])).status_code in {403, 404}
    assert client.get(check_url(child, draft)).status_code in {403, 404}


def test_another_childs_address_does_not_lead_to_the_form(officer):
    child = a_child()
    other = a_child(forename="Mali", surname="Rees")
    a_form()
    draft = begun(officer, child)
    assert officer.get(check_url(other, draft)).status_code == 404


def test_a_number_that_is_none_chooses_nothing(officer):
    child = a_child()
    approved(child)
    approved(child, days=1)
    draft = begun(officer, child, **{"choice-HEALTH_ADVICE": ["x", "9" * 30, str(uuid4())]})
    assert "HEALTH_ADVICE" not in draft.answers


@pytest.mark.req("SP-130")
def test_who_may_read_the_event_is_asked_once_the_form_is_approved_and_not_while_it_is_reviewed(client):
    first = queries.standing("send-officer")
    without = {"send-officer": first.processes - {"children"}}
    case = an_open_case()
    groups.change_groups(without, seen={"send-officer": 0}, by=None, now=NOON, confirmed=True)
    come_in(client, an_officer())

    assert case.reference in client.get(reverse("council:review")).text
    assert client.get(reverse("council:case", args=[case.reference])).status_code == 200
    cases.approve(case, LETTER, by=an_officer(), now=NOON)
    entry = Entry.objects.get(source_id=str(case.submission_id))
    assert client.get(reverse("council:entry", args=[entry.pk])).status_code == 403
    come_in(client, a_safeguarding_officer())
    assert client.get(reverse("council:entry", args=[entry.pk])).status_code == 200


def test_a_form_begun_for_a_record_that_gave_way_waits_under_the_one_that_is_left(officer):
    a_form()
    oldest, gone, kept = (a_child(forename=name) for name in ("Ela", "Elan", "Eleri"))
    drafts = [begun(officer, child) for child in (oldest, gone)]
    for before, after in ((oldest, gone), (gone, kept)):
        merge = merge_by_hand(after, before)
    listed = officer.get(reverse("council:child-chronology", args=[kept.pk])).text
    for draft in drafts:
        assert str(draft.pk) in listed
        assert officer.get(check_url(kept, draft)).status_code == 200

    linkage.unmerge_children(merge, by=an_officer(), now=NOON)
    assert str(drafts[0].pk) not in officer.get(reverse("council:child-chronology", args=[kept.pk])).text


def merge_by_hand(kept, gone):
    choices = {each.field: "ours" for each in differences_between(kept, gone)}
    return linkage.merge_children(kept, gone, choices=choices, by=an_officer(), now=NOON, confirmed=True)
