"""A school's form that its staff fill in together (GH-030)."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files.models import StoredFile
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Presence, Submission
from guildhall.people.accounts.models import User
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import Membership
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.schoolcases import services
from guildhall.work.schoolcases.models import SchoolCase

from ...library import publish_library
from ...people.membership.schools import a_place, a_supervisor, another_school, holder, the_council
from ...standing import NOON, an_administrator, an_officer, come_in
from ..schools.test_cases import PSC, raised
from .pages import step_url, typed

pytestmark = pytest.mark.django_db
STEP = "setting"


@pytest.fixture
def draft():
    publish_library("PSC")
    return raised()[2]


@pytest.fixture
def elen(draft):
    return come_in(Client(), draft.owner)


@pytest.fixture
def tomos(draft):
    return come_in(Client(), a_place("tomos@ysgol.example.org").user)


def sharing(draft):
    return reverse("filling:sharing", args=[draft.pk])


def share(client, draft):
    assert client.post(sharing(draft), {"share": "yes"}).status_code == 302


@pytest.mark.req("GH-030")
def test_a_colleague_opens_a_form_only_while_it_is_shared(draft, elen, tomos):
    page = step_url(draft, STEP)
    assert "Only one person can change this form" in elen.get(page).text
    assert tomos.get(page).status_code == 404
    assert tomos.get(sharing(draft)).status_code == 404

    share(elen, draft)
    assert tomos.get(page).status_code == 200
    assert "Editable" in tomos.get("/schools/cases/?whose=school").text
    assert str(draft.pk) in tomos.get("/schools/cases/?whose=school").text

    assert tomos.post(sharing(draft), {"stop": "yes"}).status_code == 422  # it is Elen's
    elen.post(sharing(draft), {"stop": "yes"})
    assert tomos.get(page).status_code == 404
    assert tomos.post(reverse("filling:autosave", args=[draft.pk]), {"place": STEP}).status_code == 404
    verbs = Entry.objects.filter(about_id=str(draft.pk), by_id=draft.owner_id).values_list("verb", flat=True)
    assert {"draft.shared", "draft.unshared"} <= set(verbs)


@pytest.mark.req("GH-030")
def test_both_go_on_with_one_draft_and_the_colleague_may_send_it(draft, elen, tomos):
    share(elen, draft)
    page = elen.get(step_url(draft, STEP))
    tomos_page = tomos.get(step_url(draft, STEP))
    elen.post(step_url(draft, STEP), typed(page, referrer_role="Headteacher"))
    tomos.post(step_url(draft, STEP), typed(tomos_page, referrer_telephone="01632960077"))
    kept = Draft.objects.get().answers
    assert (kept["REFERRER_ROLE"], kept["REFERRER_TELEPHONE"]) == ("Headteacher", "01632960077")

    kept = Draft.objects.get()
    today = timezone.localdate()
    soon = {"PLANNED_DATES": {"from": str(today + timedelta(30)), "to": str(today + timedelta(31))}}
    answers = PSC | soon | {"PARENTS_TOLD_ON": str(today)}
    submissions.save_answers(kept, answers=answers, revision=kept.revision, place="", by=kept.owner, now=NOON)
    summary = tomos.get(reverse("filling:summary", args=[draft.pk]))
    posted = typed(summary, "send", _declarations=["first"])
    late = typed(elen.get(reverse("filling:summary", args=[draft.pk])), "send", _declarations=["first"])
    sent = tomos.post(reverse("filling:send", args=[draft.pk]), posted)
    assert sent.status_code == 302
    submission = Submission.objects.get()
    assert submission.sender == a_place("tomos@ysgol.example.org").user
    assert submission.reference == SchoolCase.objects.get().reference
    case = SchoolCase.objects.get()
    assert case.submitted_at
    for told in (elen.post(reverse("filling:send", args=[draft.pk]), late), elen.get(step_url(draft, STEP))):
        assert told.url == reverse("schools:case", args=[case.pk])
    assert elen.get(told.url).status_code == 200


@pytest.mark.req("GH-030")
def test_two_people_see_each_other_without_a_script(draft, elen, tomos):
    share(elen, draft)
    assert "Nobody else is in this form now" in elen.get(step_url(draft, STEP)).text
    tomos.get(step_url(draft, "closure"))
    assert "Tomos" in elen.get(step_url(draft, STEP)).text
    assert "is on “" in elen.get(sharing(draft)).text
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "Tomos" not in elen.get(step_url(draft, STEP)).text


@pytest.mark.req("GH-030")
def test_saving_by_itself_tells_colleagues_where_somebody_is(draft, elen, tomos):
    share(elen, draft)
    page = tomos.get(step_url(draft, STEP))
    Presence.objects.all().delete()
    tomos.post(reverse("filling:autosave", args=[draft.pk]), typed(page, referrer_role="Clerk"))
    answer = elen.post(reverse("filling:presence", args=[draft.pk]), {"place": STEP}).json()
    assert len(answer["others"]) == 1 and "Tomos" in answer["others"][0]


@pytest.mark.req("GH-030")
def test_nothing_is_overwritten_silently_and_the_page_names_who_changed_it(draft, elen, tomos):
    share(elen, draft)
    mine, theirs = elen.get(step_url(draft, STEP)), tomos.get(step_url(draft, STEP))
    tomos.post(step_url(draft, STEP), typed(theirs, referrer_role="Clerk"))

    beat = elen.post(reverse("filling:autosave", args=[draft.pk]), typed(mine, referrer_role="Headteacher"))
    assert beat.status_code == 409
    assert "Tomos" in json.dumps(beat.json()["who"])
    answer = elen.post(step_url(draft, STEP), typed(mine, referrer_role="Headteacher"))

    assert answer.status_code == 409
    assert "Tomos" in answer.text and "changed this at" in answer.text
    assert "Clerk" in answer.text and "Headteacher" in answer.text
    assert Draft.objects.get().answers["REFERRER_ROLE"] == "Clerk"


@pytest.mark.req("GH-030", "GH-033")
@pytest.mark.parametrize("whose", ["elen", "tomos"])
def test_who_leaves_the_school_is_out_on_the_next_request(draft, elen, tomos, whose):
    share(elen, draft)
    client = {"elen": elen, "tomos": tomos}[whose]
    place = a_place(f"{whose}@ysgol.example.org")
    other = a_place(f"{whose}@ysgol.example.org", another_school())  # the account lives on
    page = client.get(step_url(draft, STEP))
    assert page.status_code == 200
    membership.remove_person(
        a_place(f"{whose}@ysgol.example.org", place.school),
        holder=the_council(),
        by=an_administrator(),
        now=NOON,
    )
    come_in(client, user := User.objects.get(pk=other.user_id))
    session = client.session
    session["epoch"] = user.session_epoch
    session.save()
    for path in (step_url(draft, STEP), sharing(draft), reverse("filling:summary", args=[draft.pk])):
        assert client.get(path).status_code == 404
    for name in ("autosave", "presence", "upload", "send"):
        posted = typed(page) | {"key": str(draft.key), "declarations": ["first"]}
        assert client.post(reverse(f"filling:{name}", args=[draft.pk]), posted).status_code == 404
    assert str(draft.pk) not in client.get("/forms/saved/").text


def test_another_school_has_nothing_of_a_shared_form(draft, elen):
    share(elen, draft)
    stranger = come_in(Client(), a_place("huw@uwchradd.example.org", another_school()).user)
    assert stranger.get(step_url(draft, STEP)).status_code == 404
    assert stranger.get(sharing(draft)).status_code == 404


@pytest.mark.req("GH-029", "GH-030")
def test_a_form_is_handed_over_and_the_colleague_is_told_without_its_name(draft, elen, tomos):
    to = a_place("tomos@ysgol.example.org").user
    assert elen.post(sharing(draft), {"hand-over": "yes", "to": "999999"}).status_code == 422
    elen.post(sharing(draft), {"hand-over": "yes", "to": str(to.pk)})

    assert Draft.objects.get().owner == to and SchoolCase.objects.get().raised_by == to
    assert tomos.get(step_url(draft, STEP)).status_code == 200
    assert elen.get(step_url(draft, STEP)).status_code == 404
    message = Message.objects.get(to=to, about_kind="draft")
    assert SchoolCase.objects.get().reference in message.body
    assert Entry.objects.filter(verb="draft.handed_over", detail__to=to.pk).exists()


def test_an_administrator_of_the_school_hands_over_what_somebody_who_left_began(draft, tomos):
    sian = a_supervisor()
    with pytest.raises(services.NotYours):
        services.hand_over(
            draft,
            to=sian.user_id,
            by=a_place("tomos@ysgol.example.org").user,
            holder=holder(a_place("tomos@ysgol.example.org")),
            now=NOON,
        )
    services.hand_over(draft, to=sian.user_id, by=sian.user, holder=holder(sian), now=NOON)
    assert Draft.objects.get().owner == sian.user


def test_only_the_owner_deletes_a_shared_form(draft, elen, tomos):
    share(elen, draft)
    assert tomos.post(reverse("filling:delete", args=[draft.pk])).status_code == 404
    assert Draft.objects.exists()


def test_files_of_a_shared_form_open_to_colleagues_and_to_nobody_after_that(draft, elen, tomos):
    file = StoredFile.objects.create(
        owner=draft.owner, held_by_kind="draft", held_by_id=str(draft.pk), question="X", name="a.txt",
        kind="txt", bytes=1, sha256="0" * 64, storage_key="aa/a", uploaded_at=NOON,
    )  # fmt: skip
    url = reverse("filling:file", args=[file.pk])
    assert tomos.get(url).status_code == 404
    share(elen, draft)
    assert tomos.get(url).status_code == 409  # it waits for the scanner
    elen.post(sharing(draft), {"stop": "yes"})
    assert tomos.get(url).status_code == 404


def test_ones_own_form_costs_no_query_more_for_being_able_to_be_shared(
    draft, elen, django_assert_max_num_queries
):
    url = reverse("filling:autosave", args=[draft.pk])
    posted = typed(elen.get(step_url(draft, STEP)), referrer_role="Clerk")
    with django_assert_max_num_queries(9) as seen:
        elen.post(url, posted)
    assert not [one for one in seen.captured_queries if "presence" in one["sql"]]


@pytest.fixture
def returned(draft):
    """The form as it came back from the council, with the case it belongs to."""
    kept = submissions.save_answers(
        draft, answers=PSC, revision=draft.revision, place="", by=draft.owner, now=NOON
    )
    intake.submit(kept.pk, sender=draft.owner, key=draft.key, declarations=["first"], now=NOON)
    council, officer = Case.objects.get(), an_officer()
    cases.open_first(council, by=officer, now=NOON)
    council.refresh_from_db()
    letter = cases.Letter("Dates", "Which days?")
    cases.request_information(council, letter, by=officer, reopen=True, now=NOON)
    return Draft.objects.get()


@pytest.mark.req("GH-030")
def test_a_returned_form_is_shared_again_and_the_colleague_sends_it_to_the_same_case(returned, elen, tomos):
    listed = elen.get("/schools/cases/").text
    assert "Returned for more information" in listed and str(returned.pk) in listed
    assert "Form Submitted" in listed and "/abandon" not in listed
    assert tomos.get(step_url(returned, STEP)).status_code == 404

    share(elen, returned)
    assert str(returned.pk) in tomos.get("/schools/cases/?whose=school").text
    assert tomos.get(step_url(returned, STEP)).status_code == 200
    by = a_place("tomos@ysgol.example.org").user
    intake.submit(
        returned.pk,
        sender=by,
        key=returned.key,
        declarations=["first"],
        schools=[returned.school_id],
        now=NOON + timedelta(days=1),
    )

    council = Case.objects.get()
    assert council.submission.sender == by and council.submission.follows.sender == returned.owner
    assert "Returned" not in elen.get("/schools/cases/").text
    assert "Form sent again" in elen.get(f"/schools/cases/{SchoolCase.objects.get().pk}/").text


@pytest.mark.req("GH-030")
def test_a_returned_form_is_handed_over_with_its_case_and_opens_to_nobody_who_left(returned, elen, tomos):
    to = a_place("tomos@ysgol.example.org").user
    assert elen.post(sharing(returned), {"hand-over": "yes", "to": str(to.pk)}).status_code == 302
    assert SchoolCase.objects.get().raised_by == to
    assert elen.get(step_url(returned, STEP)).status_code == 404
    assert str(returned.pk) not in elen.get(reverse("filling:submitted")).text
    assert tomos.get(step_url(returned, STEP)).status_code == 200

    a_place("tomos@ysgol.example.org", another_school())
    Membership.objects.filter(user=to, establishment=returned.school_id).update(ended_at=NOON)
    assert tomos.get(step_url(returned, STEP)).status_code == 404


def answer_for(place, key, *, covers=False, first_on=None, last_on=None):
    sian = a_supervisor()
    return membership.give_duty(
        place,
        key=key,
        first_on=first_on or timezone.localdate(),
        last_on=last_on,
        covers=covers,
        holder=holder(sian),
        by=sian.user,
        now=timezone.now(),
    )


@pytest.mark.req("GH-029")
def test_a_form_is_held_by_a_duty_and_opens_to_whoever_answers_for_it(draft, elen, tomos):
    answer_for(a_place("tomos@ysgol.example.org"), "senco")
    mair = a_place("mair@ysgol.example.org")
    hers, page = come_in(Client(), mair.user), step_url(draft, STEP)
    assert elen.post(sharing(draft), {"share": "yes", "duty": "caretaker"}).status_code == 422
    assert elen.post(sharing(draft), {"share": "yes", "duty": "senco"}).status_code == 302
    assert SchoolCase.objects.get().duty == "senco"
    assert (tomos.get(page).status_code, hers.get(page).status_code) == (200, 404)
    assert (tomos.get(sharing(draft)).status_code, hers.get(sharing(draft)).status_code) == (200, 404)
    assert hers.post(reverse("filling:send", args=[draft.pk])).status_code == 404
    assert hers.post(reverse("filling:presence", args=[draft.pk])).status_code == 404
    listed = "/schools/cases/?whose=school"
    assert (page in tomos.get(listed).text) is False
    assert f"/forms/{draft.pk}/" in tomos.get(listed).text
    assert f"/forms/{draft.pk}/" not in hers.get(listed).text

    answer_for(mair, "senco")
    assert (tomos.get(page).status_code, hers.get(page).status_code) == (404, 200), "it was handed over"
    elen.post(sharing(draft), {"share": "yes", "duty": "everybody"})
    assert (tomos.get(page).status_code, SchoolCase.objects.get().duty) == (200, "")


@pytest.mark.req("GH-029")
def test_cover_opens_what_a_duty_holds_until_its_last_day_and_the_supervisors_have_it_when_nobody_is_left(
    draft, elen, tomos
):
    today, page = timezone.localdate(), step_url(draft, STEP)
    mair = a_place("mair@ysgol.example.org")
    answer_for(mair, "senco")
    cover = answer_for(a_place("tomos@ysgol.example.org"), "senco", covers=True, last_on=today)
    elen.post(sharing(draft), {"share": "yes", "duty": "senco"})
    assert tomos.get(page).status_code == 200
    type(cover).objects.filter(pk=cover.pk).update(
        first_on=today - timedelta(days=2), last_on=today - timedelta(days=1)
    )
    assert tomos.get(page).status_code == 404
    sian = a_supervisor()
    supervisor = come_in(Client(), sian.user)
    assert supervisor.get(page).status_code == 404
    membership.remove_person(mair, holder=holder(sian), by=sian.user, now=timezone.now())
    assert supervisor.get(page).status_code == 200
