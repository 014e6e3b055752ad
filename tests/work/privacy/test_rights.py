"""The other rights: asked with a clock, who asked is checked, decided, carried out, and told."""

from datetime import timedelta
from typing import Any

import pytest

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.outbox.worker import drain
from guildhall.mail.messages.models import Message
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children import queries as children
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case
from guildhall.work.privacy import queries, services
from guildhall.work.privacy.models import RightsRequest, Run, RunLine
from guildhall.work.privacy.subject import Subject
from tests.records.some import a_child, an_identity
from tests.standing import NOON, a_parent, a_person
from tests.work.cases.scene import a_case

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
DONE = {"decision": "granted", "done": "Done as asked.", "answer": "We have done what you asked."}


def an_auditor(name: str = "dpo") -> User:
    return a_person(f"{name}@council.example.org", role="auditor")


def asked(right: str = "rectification", **changes: Any) -> RightsRequest:
    given = {"words": "The street is wrong.", "family_child": None, "by": a_parent(), "now": NOON}
    return services.ask_right(right, **(given | changes))


def identified(right: str, **changes: Any) -> RightsRequest:
    found = asked(right, **changes)
    return services.confirm_identity(found, how="account", record=None, by=an_auditor(), now=NOON)


def about_child(right: str, child_id: int) -> RightsRequest:
    found = services.write_right_down(
        right,
        subject=Subject("child", child_id),
        asker="Their mother, 1 High Street",
        words="Please",
        received_on=NOON.date(),
        by=an_auditor(),
        now=NOON,
    )
    return services.confirm_identity(found, how="document", record=child_id, by=an_auditor(), now=NOON)


def test_a_family_asks_and_is_told_by_when_there_is_an_answer():
    found = asked()

    assert (found.subject_kind, found.subject_id) == ("user", a_parent().pk)
    assert queries.clock_of(found, NOON.date()).due_on == NOON.date() + timedelta(days=28)
    message = Message.objects.get(to=a_parent())
    assert "29 June 2026" in message.body
    assert Entry.objects.get(verb="privacy.right_asked").detail == {"right": "rectification"}


def test_a_request_about_a_child_finds_the_record_that_the_family_s_child_is_tied_to():
    child = FamilyChild.objects.create(
        added_by=a_parent(), forename="Mali", surname="Pugh", born_on=NOON.date(), added_at=NOON
    )
    record = a_child()
    assert asked(family_child=child.pk).subject_id is None
    Mention.objects.create(
        identity={}, said_by=a_parent(), family_child=child.pk, child=record, state="linked",
        source_kind="test", source_id="1", reported_at=NOON,
    )  # fmt: skip

    assert asked(family_child=child.pk).subject_id == record.pk


@pytest.mark.parametrize(
    ("right", "words", "field"),
    [("nothing", "x", "right"), ("rectification", "", "words"), ("erasure", "x" * 4_001, "words")],
)
def test_what_is_wrong_with_a_request_is_said_beside_its_field(right: str, words: str, field: str):
    with pytest.raises(Refusals) as refused:
        asked(right, words=words)

    assert list(refused.value.problems) == [field]
    assert not RightsRequest.objects.exists()


def test_nobody_can_pile_up_requests():
    for _ in range(10):
        last = asked()
    with pytest.raises(services.TooMany):
        asked()
    services.withdraw_right(last, by=a_parent(), now=LATER)

    assert asked().pk


def test_nothing_is_decided_before_it_is_known_who_asked():
    found = asked()

    with pytest.raises(services.NotYet):
        services.decide_right(found, by=an_auditor(), now=LATER, **DONE)

    found.refresh_from_db()
    assert found.decision == ""


def test_a_request_about_a_child_needs_the_record():
    child = FamilyChild.objects.create(
        added_by=a_parent(), forename="Mali", surname="Pugh", born_on=NOON.date(), added_at=NOON
    )
    found = identified("restriction", family_child=child.pk)
    with pytest.raises(services.NotYet):
        services.decide_right(found, by=an_auditor(), now=LATER, **DONE)
    with pytest.raises(services.NobodyThere):
        services.confirm_identity(found, how="account", record=987_654, by=an_auditor(), now=LATER)


def test_a_decision_is_kept_with_what_was_done_and_the_person_is_told():
    found = services.decide_right(identified("rectification"), by=an_auditor(), now=LATER, **DONE)

    assert (found.decision, found.done, found.decided_by) == ("granted", "Done as asked.", an_auditor())
    body = Message.objects.get(to=a_parent(), subject__startswith="Our answer").body
    assert "We have done what you asked." in body
    assert "ico.org.uk" in body
    entry = Entry.objects.get(verb="privacy.right_decided")
    assert entry.detail == {"right": "rectification", "decision": "granted"}
    with pytest.raises(services.NotOpen):
        services.decide_right(found, by=an_auditor(), now=LATER, **DONE)
    with pytest.raises(services.NotOpen):
        services.withdraw_right(found, by=a_parent(), now=LATER)


@pytest.mark.parametrize("missing", ["decision", "done", "answer"])
def test_a_decision_says_what_was_done_and_what_the_person_is_told(missing: str):
    found = identified("objection")

    with pytest.raises(Refusals) as refused:
        services.decide_right(found, by=an_auditor(), now=LATER, **(DONE | {missing: ""}))

    assert missing in refused.value.problems


def test_the_clock_of_a_request_stands_still_and_goes_on():
    found = services.pause_request(asked(), by=an_auditor(), now=NOON)
    assert queries.state_of_right(found) == "paused"

    found = services.resume_request(found, by=an_auditor(), now=NOON + timedelta(days=5))

    assert queries.clock_of(found, NOON.date()).due_on == NOON.date() + timedelta(days=33)


def test_a_restricted_record_is_never_linked_by_a_machine_until_the_restriction_is_lifted():
    record = a_child()

    def reported(number: str) -> Mention:
        return linkage.report_mention(
            an_identity(), said_by=None, source_kind="test", source_id=number, now=LATER
        )

    assert reported("before").state == "linked"
    found = services.decide_right(about_child("restriction", record.pk), by=an_auditor(), now=LATER, **DONE)
    while_restricted = reported("while")
    assert children.use_is_restricted(record)
    assert (while_restricted.state, while_restricted.reasons) == ("waiting", ["use_restricted"])

    assert services.lift_restriction(found, by=an_auditor(), now=LATER)
    assert not services.lift_restriction(found, by=an_auditor(), now=LATER)
    assert reported("after").state == "linked"
    verbs = Entry.objects.filter(child_id=record.pk, verb__startswith="children.")
    assert {"children.use_restricted", "children.restriction_lifted"} <= set(
        verbs.values_list("verb", flat=True)
    )


@pytest.mark.req("GH-047")
def test_what_somebody_asks_to_have_erased_goes_when_another_person_signs_and_nothing_held_goes():
    mine, kept = a_case(), a_case()
    services.place_hold("case", kept.reference, reason="An inquiry", by=an_auditor(), now=NOON)
    found = identified("erasure")
    marks = {f"{each.key}:{each.mark}" for each in queries.erasable(found, today=NOON.date())}
    why = {each.mark: each.verdict.why for each in queries.erasable(found, today=NOON.date())}
    assert (why[mine.reference], why[kept.reference]) == ("for ever", "held")
    with pytest.raises(services.NotYet):
        services.decide_right(found, by=an_auditor(), now=LATER, **DONE)

    run = services.begin_erasure(found, chosen=marks, by=an_auditor(), now=LATER)
    with pytest.raises(services.AskedByYou):
        services.sign_run(run, by=an_auditor(), now=LATER)
    services.sign_run(run, by=an_auditor("deputy"), now=LATER)
    drain(lambda: LATER)

    assert set(Case.objects.values_list("reference", flat=True)) == {kept.reference}
    assert services.decide_right(found, by=an_auditor(), now=LATER, **DONE).decision == "granted"
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    outcomes = dict(run.lines.filter(key="forms").values_list("mark", "outcome"))
    assert outcomes == {mine.reference: RunLine.Outcome.GONE, kept.reference: RunLine.Outcome.HELD}


@pytest.mark.req("GH-047")
def test_a_hold_that_is_placed_after_the_list_was_made_keeps_the_thing():
    mine = a_case()
    found = identified("erasure")
    run = services.begin_erasure(found, chosen={f"forms:{mine.reference}"}, by=an_auditor(), now=LATER)
    services.place_hold("case", mine.reference, reason="An inquiry", by=an_auditor(), now=LATER)
    services.sign_run(run, by=an_auditor("deputy"), now=LATER)
    drain(lambda: LATER)

    assert Case.objects.filter(reference=mine.reference).exists()
    assert run.lines.get().outcome == RunLine.Outcome.HELD


def test_a_list_of_nothing_is_refused_and_nobody_else_s_things_can_be_chosen():
    a_case()
    theirs = identified("erasure", by=a_person("marek@example.org", role="parent"))

    with pytest.raises(Refusal, match="Choose at least one"):
        services.begin_erasure(
            theirs, chosen={f"forms:{Case.objects.get().reference}"}, by=an_auditor(), now=LATER
        )


def test_a_request_to_see_begins_a_pack_once_and_is_granted_when_the_pack_is_released():
    found = services.begin_pack_for(identified("access", words=""), language="cy", by=an_auditor(), now=LATER)
    again = services.begin_pack_for(found, language="cy", by=an_auditor(), now=LATER)
    assert again.pack_request_id == found.pack_request_id
    with pytest.raises(services.NotYet):
        services.decide_right(found, by=an_auditor(), now=LATER, **DONE)
    pack = found.pack_request.pack
    while pack.state == "gathering":
        pack = services.gather(pack, now=LATER, pages=200)
    services.check_pack(pack, kept=[], by=an_auditor(), now=LATER)
    services.release_pack(pack, by=an_auditor("deputy"), now=LATER)

    assert services.decide_right(found, by=an_auditor(), now=LATER, **DONE).decision == "granted"


def test_a_complaint_is_acknowledged_within_30_days_which_no_pause_makes_longer():
    found = asked("complaint", words="My address was sent to the wrong school.")
    assert queries.clock_of(found, NOON.date()).left == 30
    assert "1 July 2026" in Message.objects.get(to=a_parent()).body

    found = services.ask_person(found, words="Which school was it?", by=an_auditor(), now=NOON)
    assert queries.state_of_right(found) == "paused"
    assert queries.clock_of(found, NOON.date() + timedelta(days=31)).left == -1
    found = services.acknowledge_complaint(found, words="We are looking.", by=an_auditor(), now=LATER)
    again = services.acknowledge_complaint(found, words="Once more.", by=an_auditor("b"), now=LATER)

    assert (again.acknowledged_at, again.acknowledged_by) == (LATER, an_auditor())
    assert [each["kind"] for each in again.letters] == ["asked", "acknowledged"]
    body = Message.objects.get(to=a_parent(), subject__startswith="We are looking into").body
    assert "We are looking." in body
    assert Entry.objects.get(verb="privacy.right_acknowledged").detail == {"right": "complaint"}


def test_a_complaint_is_answered_without_proof_of_who_made_it_and_the_answer_acknowledges_it():
    found = services.decide_right(asked("complaint"), by=an_auditor(), now=LATER, **DONE)

    assert (found.decision, found.acknowledged_at) == ("granted", LATER)
    body = Message.objects.get(to=a_parent(), subject__startswith="Our answer to your complaint").body
    assert "ico.org.uk" in body
    assert "complain to us" not in body
    with pytest.raises(services.NotOpen):
        services.acknowledge_complaint(found, words="Late", by=an_auditor(), now=LATER)


def test_a_complaint_says_what_happened_and_only_a_complaint_is_acknowledged():
    with pytest.raises(Refusals) as refused:
        asked("complaint", words="")
    assert list(refused.value.problems) == ["words"]

    with pytest.raises(Refusal):
        services.acknowledge_complaint(asked(), words="Thank you", by=an_auditor(), now=NOON)


def test_a_person_is_asked_answers_and_the_clock_stands_still_meanwhile():
    found = services.ask_person(asked(), words="Which street?", by=an_auditor(), now=NOON)
    found = services.reply_to_question(
        found, words="High Street", by=a_parent(), now=NOON + timedelta(days=3)
    )

    assert queries.clock_of(found, NOON.date()).due_on == NOON.date() + timedelta(days=31)
    assert [each["words"] for each in found.letters] == ["Which street?", "High Street"]
    services.ask_person(found, words="Which number?", by=an_auditor(), now=LATER)
    assert Message.objects.filter(to=a_parent(), subject__startswith="We have a question").count() == 2
    with pytest.raises(Refusal):
        services.reply_to_question(found, words="", by=a_parent(), now=LATER)


def test_nobody_answers_what_was_not_asked_and_paper_is_asked_on_paper():
    with pytest.raises(services.NotOpen):
        services.reply_to_question(asked(), words="Hello", by=a_parent(), now=LATER)
    with pytest.raises(Refusal) as refused:
        services.ask_person(
            about_child("rectification", a_child().pk), words="Which?", by=an_auditor(), now=NOON
        )
    assert refused.value.field == "question"
