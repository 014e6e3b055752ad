"""Every status, every decision and every state of matching: what may be done and what may not."""

from typing import Any

import pytest

from guildhall.records.linkage.models import Mention
from guildhall.work.cases import rules, services
from guildhall.work.cases.models import Case
from guildhall.work.cases.moves import ACTIONABLE, DECISIONS, MOVES, Move
from tests.standing import NOON, an_officer

from .scene import LETTER, a_case_in, an_open_case, settle

DECIDE: dict[Move, Any] = {
    Move.APPROVE: services.approve,
    Move.REJECT: services.reject,
    Move.REQUEST: services.request_information,
    Move.RESUBMIT: services.resubmit_to_matching,
}
BECOMES = {
    Move.APPROVE: "approved",
    Move.REJECT: "rejected",
    Move.REQUEST: "more-information",
    Move.RESUBMIT: "opened",
}
# Matching → the decisions it leaves, written out apart from the program's table (SP-189, SP-190).
LEFT = {
    "waiting": set(),
    "conflicts": set(),
    "linked": {Move.APPROVE, Move.REJECT, Move.REQUEST},
    "added": {Move.APPROVE, Move.REJECT, Move.REQUEST},
    "rejected": {Move.REJECT, Move.REQUEST, Move.RESUBMIT},
}


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-189", "SP-190")
@pytest.mark.django_db
@pytest.mark.parametrize("matched", LEFT)
@pytest.mark.parametrize("move", DECISIONS)
def test_matching_leaves_only_its_own_decisions(matched: str, move: Move):
    case = an_open_case(matched="waiting")
    settle(case.mention, matched)

    if move in LEFT[matched]:
        assert DECIDE[move](case, LETTER, by=an_officer(), now=NOON).status == BECOMES[move]
    else:
        with pytest.raises(services.NotAllowed):
            DECIDE[move](case, LETTER, by=an_officer(), now=NOON)
        assert Case.objects.get().status == "opened"


@pytest.mark.req("SP-187")
@pytest.mark.django_db
@pytest.mark.parametrize("status", ["not-opened", "approved", "rejected", "more-information"])
@pytest.mark.parametrize("move", [Move.APPROVE, Move.REJECT, Move.REQUEST])
def test_only_an_opened_form_is_decided(status: str, move: Move):
    case = a_case_in(status)

    with pytest.raises(services.NotAllowed):
        DECIDE[move](case, LETTER, by=an_officer(), now=NOON)

    assert Case.objects.get().status == status


def test_every_status_has_its_moves_and_leads_to_known_ones():
    assert set(MOVES) == set(Case.Status)
    assert {after for moves in MOVES.values() for after in moves.values()} <= set(Case.Status)
    assert set(ACTIONABLE) == {Case.Status.OPENED, Case.Status.NOT_OPENED}


def test_a_matched_child_with_open_conflicts_is_not_through_matching():
    mention = Mention(state="linked", conflicts_open=True)
    assert rules.matching_of(mention) == rules.Matching.CONFLICTS
    mention.conflicts_open = False
    assert rules.matching_of(mention) == rules.Matching.MATCHED
    assert rules.matching_of(Mention(state="rejected")) == rules.Matching.REJECTED
    assert rules.matching_of(Mention(state="waiting")) == rules.Matching.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["rejected", "more-information"])
def test_a_rejected_or_returned_form_can_be_taken_up_again(status: str):
    case = services.take_up(a_case_in(status), by=an_officer(), now=NOON)

    assert case.status == "opened"
    assert case.decided_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["not-opened", "opened", "approved"])
def test_nothing_else_is_taken_up(status: str):
    with pytest.raises(services.NotAllowed):
        services.take_up(a_case_in(status), by=an_officer(), now=NOON)
