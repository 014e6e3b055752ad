"""One form for many children (GH-040)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.many import tasks
from guildhall.work.many.models import Batch, Row
from guildhall.work.schoolcases.models import SchoolCase
from tests.definitions import group, options, published, question, words
from tests.doors.filling.pages import step_url, typed
from tests.people.membership.schools import a_place, another_school
from tests.standing import NOON, a_parent, an_officer, come_in

pytestmark = pytest.mark.django_db


def a_form(**changes):
    return published(
        {
            "code": "REF",
            "title": words("Referral"),
            "portal": "school",
            "audience": "school",
            "style": "steps",
            "destination": "school-send",
            "groups": [
                group(
                    "child",
                    2,
                    question("PUPIL_FORENAME", mandatory=True, identity="forename"),
                    question("PUPIL_SURNAME", mandatory=True, identity="surname"),
                    question("PUPIL_BORN_ON", "date", mandatory=True, identity="born_on", past=True),
                    question(
                        "PUPIL_GENDER", "choose_one", identity="gender", options=options("female", "male")
                    ),
                ),
                group(
                    "why",
                    3,
                    question("REASON", mandatory=True),
                    question("PARENT_CONSENT"),
                    question("LETTER", "file"),
                    question("SIGNED", "signature"),
                ),
            ],
        }
        | changes
    )


@pytest.fixture
def batch(client):
    """A form whose first child is filled in."""
    a_form()
    place = a_place("elen@ysgol.example.org")
    come_in(client, place.user)
    response = client.post(reverse("schools:many-begin", args=["ref"]))
    assert response.status_code == 302, response.text
    draft = Draft.objects.get()
    page = client.get(step_url(draft, "child"))
    day = {"_q-pupil_born_on-day": "4", "_q-pupil_born_on-month": "3", "_q-pupil_born_on-year": "2017"}
    child = typed(page, pupil_forename="Mali", pupil_surname="Rees", pupil_gender="female", **day)
    client.post(step_url(draft, "child"), child)
    page = client.get(step_url(draft, "why"))
    letter = SimpleUploadedFile("letter.txt", b"A letter")
    why = typed(page, reason="Reading") | {"upload": "LETTER", "q-letter": letter}
    client.post(step_url(draft, "why"), why)
    StoredFile.objects.update(state=StoredFile.State.CLEAN)
    return Batch.objects.get()


def url(name, batch, *more):
    return reverse(f"schools:{name}", args=[batch.pk, *more])


def a_child(forename="Osian"):
    return {
        "q-pupil_forename": forename,
        "q-pupil_surname": "Parry",
        "q-pupil_born_on-day": "5",
        "q-pupil_born_on-month": "6",
        "q-pupil_born_on-year": "2016",
    }


def added(client, batch, forename="Osian", **more):
    return client.post(url("many-add", batch), a_child(forename) | more)


def sent(client, batch, **more):
    return client.post(url("many-send", batch), {"declarations": ["first"]} | more, follow=True)


PASTED = "Osian\tParry\t05/06/2016\tMale\nEllie\tWalker\t2015-09-01\tfemale\nHamza\tAhmed\t32/13/2015\tmale\n"


@pytest.mark.req("GH-040")
def test_shared_answers_are_given_once_and_each_child_is_a_case_of_its_own(client, batch):
    draft = Draft.objects.get()
    assert client.get(reverse("filling:summary", args=[draft.pk])).url == url("many", batch)
    added(client, batch)
    added(client, batch, "Ellie")

    page = sent(client, batch)

    assert page.status_code == 200 and not Draft.objects.exists()
    all_sent = Submission.objects.order_by("pk")
    names = [one.subject["forename"] for one in all_sent]
    assert sorted(names) == ["Ellie", "Mali", "Osian"]
    assert {one.answers["REASON"] for one in all_sent} == {"Reading"}
    assert len({one.reference for one in all_sent}) == 3
    assert all(one.reference in page.text for one in all_sent)
    assert Case.objects.count() == Mention.objects.count() == SchoolCase.objects.count() == 3
    assert "PUPIL_GENDER" not in next(one for one in all_sent if one.subject["forename"] == "Osian").answers
    assert [len(one.files) for one in all_sent] == [1, 1, 1]
    assert len({one.files[0]["id"] for one in all_sent}) == 3


@pytest.mark.req("GH-040")
def test_sending_again_gives_the_same_cases(client, batch):
    added(client, batch)
    first = sent(client, batch)
    references = set(Submission.objects.values_list("reference", flat=True))

    again = sent(client, batch)

    assert set(Submission.objects.values_list("reference", flat=True)) == references
    assert len(references) == 2 and all(one in first.text and one in again.text for one in references)


@pytest.mark.req("GH-040")
def test_a_row_that_lacks_something_stops_all_and_is_named(client, batch):
    added(client, batch)
    row = added(client, batch, forename="")
    assert row.status_code == 422 and Row.objects.count() == 1
    Row.objects.create(
        batch=batch, answers={"PUPIL_FORENAME": "Ellie"}, name="Ellie", added_at=batch.started_at
    )

    page = sent(client, batch)

    assert page.status_code == 422 and not Submission.objects.exists()
    assert "Ellie: " in page.text and Row.objects.count() == 2


@pytest.mark.req("GH-040")
def test_what_could_not_be_sent_is_kept_and_sent_the_next_time(client, batch, monkeypatch):
    added(client, batch)
    added(client, batch, "Ellie")
    fails = intake.submit

    def submit(draft_id, **more):
        if Draft.objects.get(pk=draft_id).answers["PUPIL_FORENAME"] == "Ellie":
            raise Refusal("The file of Ellie is being checked")
        return fails(draft_id, **more)

    monkeypatch.setattr(intake, "submit", submit)
    page = sent(client, batch)

    assert [one.subject["forename"] for one in Submission.objects.all()] == ["Osian"]
    assert "The file of Ellie is being checked" in page.text
    assert Draft.objects.get().key == batch.key  # neither a half case of Ellie's, nor the first child lost
    monkeypatch.setattr(intake, "submit", fails)
    sent(client, batch)
    assert sorted(one.subject["forename"] for one in Submission.objects.all()) == ["Ellie", "Mali", "Osian"]


@pytest.mark.req("GH-019", "GH-040")
def test_every_child_moves_to_the_newer_version_of_the_form(client, batch):
    added(client, batch)
    draft = Draft.objects.get()
    newer = draft.version.definition
    consent = question("PHOTO_CONSENT", "yes_no", mandatory=True)
    newer["groups"][1]["questions"] += [question("SINCE"), consent]
    live = published(newer)

    client.post(reverse("filling:upgrade", args=[draft.pk]))
    client.post(
        step_url(draft, "why"), typed(client.get(step_url(draft, "why")), since="May", photo_consent="yes")
    )

    assert "Photo consent" in client.get(url("many-add", batch)).text
    assert sent(client, batch).status_code == 422  # nobody agreed for the second child
    change = url("many-change", batch, Row.objects.get().pk)
    agreed = a_child() | {"q-photo_consent": "no", "seen": client.get(change).context["seen"]}
    client.post(change, agreed)
    sent(client, batch)
    assert [one.version for one in Submission.objects.all()] == [live, live]
    assert [one.answers["SINCE"] for one in Submission.objects.all()] == ["May", "May"]


@pytest.mark.req("SP-093", "GH-040")
def test_a_form_that_was_withdrawn_is_sent_for_the_children_on_it_and_takes_no_others(client, batch):
    added(client, batch)
    forms.withdraw(Batch.objects.get().version.form, by=None, now=NOON)

    page = client.get(url("many", batch)).text
    assert "This form is no longer in use" in page and "You can still send it for the children" in page
    assert f'"{url("many-add", batch)}"' not in page and url("many-paste", batch) not in page
    for refused in (
        client.post(url("many-add", batch), a_child()),
        client.post(url("many-paste", batch), {"pasted": PASTED, "add": "yes"}),
    ):
        assert refused.status_code == 422 and "no longer in use" in refused.text

    sent(client, batch)
    assert Submission.objects.count() == 2 and not Draft.objects.exists()


@pytest.mark.req("GH-040")
def test_nothing_is_sent_without_the_declaration(client, batch):
    added(client, batch)
    page = client.post(url("many-send", batch))
    assert page.status_code == 422 and not Submission.objects.exists()


@pytest.mark.req("GH-040")
def test_pasted_rows_are_shown_first_and_only_the_right_ones_are_added(client, batch):
    preview = client.post(url("many-paste", batch), {"pasted": PASTED})
    assert preview.status_code == 200 and not Row.objects.exists()
    assert "Rows that are ready: 2. Rows that need correcting: 1." in preview.text
    assert "5 June 2016" in preview.text and "32/13/2015" in preview.text

    rest = client.post(url("many-paste", batch), {"pasted": PASTED, "add": "yes"})

    assert [row.name for row in Row.objects.order_by("pk")] == ["Osian Parry", "Ellie Walker"]
    assert Row.objects.first().answers["PUPIL_GENDER"] == "male"
    assert "Hamza\tAhmed\t32/13/2015\tmale" in rest.text and "Osian" not in rest.text.split("<textarea")[-1]


@pytest.mark.req("GH-040")
def test_headings_say_which_column_is_which(client, batch):
    pasted = "Pupil surname,Pupil forename,Notes,Pupil born on\nParry,Osian,x,5/6/2016\n"
    client.post(url("many-paste", batch), {"pasted": pasted, "add": "yes"})
    assert Row.objects.get().answers == {
        "PUPIL_SURNAME": "Parry",
        "PUPIL_FORENAME": "Osian",
        "PUPIL_BORN_ON": "2016-06-05",
    }


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("pasted", ["", " \n ", '"', "\t\t\t", "x" * 60_000, "\x00,\x00", "a,b,c,d,e,f,g,h"])
def test_junk_adds_nothing_and_is_no_fault(client, batch, pasted):
    response = client.post(url("many-paste", batch), {"pasted": pasted, "add": "yes"})
    assert response.status_code in {200, 422} and not Row.objects.exists()


@pytest.mark.req("GH-040")
def test_a_child_is_changed_and_taken_out(client, batch):
    added(client, batch)
    row = Row.objects.get()
    page = client.get(url("many-change", batch, row.pk))
    assert 'value="Osian"' in page.text
    client.post(
        url("many-change", batch, row.pk),
        {
            "seen": page.context["seen"],
            "q-pupil_forename": "Owain",
            "q-pupil_surname": "Parry",
            "q-pupil_born_on-day": "5",
            "q-pupil_born_on-month": "6",
            "q-pupil_born_on-year": "2016",
        },
    )
    assert Row.objects.get().name == "Owain Parry"
    assert "Owain Parry" in client.get(url("many-remove", batch, row.pk)).text and Row.objects.exists()
    client.post(url("many-remove", batch, row.pk))
    assert not Row.objects.exists()


def test_a_form_takes_a_hundred_more_children_at_most(client, batch):
    pasted = "\n".join("Osian\tParry\t05/06/2016" for _ in range(101))
    response = client.post(url("many-paste", batch), {"pasted": pasted, "add": "yes"})
    assert response.status_code == 422 and not Row.objects.exists()
    assert "at most 100" in response.text


def test_nobody_else_opens_it(client, batch):
    colleague = a_place("mair@ysgol.example.org").user
    stranger = a_place("ffion@other.example.org", another_school()).user
    for who in (colleague, stranger, a_parent(), an_officer()):
        come_in(client, who)
        for name in ("many", "many-add"):
            assert client.get(url(name, batch)).status_code in {403, 404}
        for name in ("many-send", "many-paste"):
            assert client.post(url(name, batch)).status_code in {403, 404}
    assert not Submission.objects.exists()


def test_a_form_about_no_child_is_not_offered_for_many(client):
    plain = a_form(groups=[group("why", 2, question("REASON"))])
    come_in(client, a_place("elen@ysgol.example.org").user)
    assert "Start for several children" not in client.get(reverse("schools:case-start", args=["ref"])).text
    assert client.post(reverse("schools:many-begin", args=["ref"])).status_code == 404
    assert plain.form.code == "REF" and not Batch.objects.exists()


def test_what_was_given_up_unsent_is_forgotten_and_what_was_sent_stays(client, batch):
    added(client, batch)
    tasks.forget_left(NOON)
    assert Row.objects.count() == 1  # the form is still being filled in
    submissions.delete_draft(Draft.objects.get(), by=None, now=NOON)

    tasks.forget_left(NOON)

    assert not Row.objects.exists()


@pytest.mark.req("GH-040", "GH-021")
def test_consents_and_chosen_questions_are_asked_for_each_child(client, batch):
    assert "q-parent_consent" in client.get(url("many-add", batch)).text
    client.post(url("many-questions", batch), {"asked": ["REASON", "LETTER", "NOTHING"]})
    assert Batch.objects.get().asked == ["REASON", "PARENT_CONSENT"]
    assert "Answer the question" in added(client, batch).text
    added(client, batch, **{"q-reason": "Writing", "q-parent_consent": "yes"})

    sent(client, batch)

    found = {one.subject["forename"]: one for one in Submission.objects.all()}
    osian, mali = found["Osian"], found["Mali"]
    assert (osian.answers["REASON"], osian.answers["PARENT_CONSENT"]) == ("Writing", "yes")
    assert mali.answers["REASON"] == "Reading" and "PARENT_CONSENT" not in mali.answers


@pytest.fixture
def sian(batch):
    """A colleague with whom the form is shared, at a browser of their own."""
    Draft.objects.update(shared=True)
    place = a_place("sian@ysgol.example.org")
    return come_in(Client(), place.user)


@pytest.mark.req("GH-030", "GH-040")
def test_a_colleague_with_whom_the_form_is_shared_adds_children_and_sends_it(client, batch, sian):
    assert sian.get(reverse("filling:summary", args=[Draft.objects.get().pk])).url == url("many", batch)
    assert added(sian, batch).status_code == 302

    page = sent(sian, batch)

    assert page.status_code == 200 and Submission.objects.count() == 2
    assert url("many", batch) in [address for address, _ in page.redirect_chain]
    assert client.get(url("many", batch)).status_code == 200  # whoever began it reads the references too
    assert (
        come_in(Client(), a_place("mair@ysgol.example.org").user).get(url("many", batch)).status_code == 404
    )


@pytest.mark.req("GH-029", "GH-040")
def test_a_form_that_was_handed_over_is_its_new_owners_with_its_children(client, batch):
    added(client, batch)
    to = a_place("sian@ysgol.example.org").user
    draft = Draft.objects.get()
    assert client.get(url("many", batch)).status_code == 200

    client.post(reverse("filling:sharing", args=[draft.pk]), {"hand-over": "yes", "to": str(to.pk)})

    assert client.get(url("many", batch)).status_code == 404
    sent(come_in(Client(), to), batch)
    assert {one.sender for one in Submission.objects.all()} == {to} and Submission.objects.count() == 2


@pytest.mark.req("GH-030", "GH-040")
def test_two_colleagues_who_change_one_child_do_not_overwrite_each_other_unseen(client, batch, sian):
    added(client, batch)
    row = Row.objects.get()
    seen = {"seen": sian.get(url("many-change", batch, row.pk)).context["seen"]}
    client.post(url("many-change", batch, row.pk), a_child("Owain") | seen)

    refused = sian.post(url("many-change", batch, row.pk), a_child("Oscar") | seen)
    assert refused.status_code == 422 and "A colleague changed this child" in refused.text
    assert "Oscar" in refused.text and Row.objects.get().name == "Owain Parry"

    sian.post(url("many-change", batch, row.pk), a_child("Oscar") | {"seen": refused.context["seen"]})
    assert Row.objects.get().name == "Oscar Parry"
