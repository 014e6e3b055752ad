"""Grants, revokes, roles given and ended, accounts locked, in any order: every open session gets just what an
independent oracle says, at its very next request.
"""

import os

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries, services
from guildhall.people.membership import services as membership
from tests.standing import NOON, a_person, begin, come_in

from .oracle import PAGES, SUPPLIED, TOGGLED, Oracle

PEOPLE = {"anna": "administrator", "ben": "send-officer", "cara": "auditor"}
OWN = "helpline"
GROUPS = sorted([*SUPPLIED, OWN])
people, groups = st.sampled_from(sorted(PEOPLE)), st.sampled_from(GROUPS)


class GrantsAndRevokes(RuleBasedStateMachine):
    """One authority, three people with two open sessions each."""

    @initialize()
    def open_the_portal(self) -> None:
        self._undo = transaction.atomic()
        self._undo.__enter__()
        begin()
        self.oracle = Oracle()
        self.users: dict[str, User] = {}
        self.sessions: dict[str, list[Client]] = {}
        for name, role in PEOPLE.items():
            self.users[name] = a_person(f"{name}@council.example.org", role=role)
            self.oracle.held[name] = {role}
            self.sessions[name] = [come_in(Client(), self.users[name]) for _ in range(2)]
        services.make_group({"en": OWN}, why={}, by=self.users["anna"], now=NOON)
        self.oracle.groups[OWN] = set()

    def teardown(self) -> None:
        if hasattr(self, "_undo"):
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)

    @rule(by=people, group=groups, process=st.sampled_from(TOGGLED), confirmed=st.booleans())
    def turn_over(self, by: str, group: str, process: str, confirmed: bool) -> None:
        kept = queries.as_kept()[group]
        expected = self.oracle.may_change(by, group, process, confirmed=confirmed)
        try:
            services.change_groups(
                {group: kept.processes ^ {process}},
                seen={group: kept.revision},
                by=self.users[by],
                now=NOON,
                confirmed=confirmed,
            )
        except Refusal:
            assert not expected, (by, group, process)
        else:
            assert expected, (by, group, process)
            self.oracle.groups[group] ^= {process}

    @rule(name=people, group=groups)
    def give(self, name: str, group: str) -> None:
        membership.give_role(self.users[name], role=group, by=None, now=NOON)
        self.oracle.held[name].add(group)

    @rule(name=people, group=groups)
    def end(self, name: str, group: str) -> None:
        for held in self.users[name].memberships.filter(role=group, ended_at=None):
            membership.end_role(held, by=None, now=NOON)
        self.oracle.held[name].discard(group)

    @rule(name=people)
    def lock_or_unlock(self, name: str) -> None:
        locked = name not in self.oracle.locked
        state = User.State.LOCKED if locked else User.State.ACTIVE
        User.objects.filter(pk=self.users[name].pk).update(state=state)
        self.oracle.locked ^= {name}
        if not locked:  # a locked person's sessions ended: they come in again
            self.sessions[name] = [come_in(Client(), self.users[name]) for _ in range(2)]

    @rule(name=people, which=st.integers(0, 1), page=st.sampled_from(sorted(PAGES)))
    def look(self, name: str, which: int, page: str) -> None:
        self._ask(name, which, page)

    @invariant()
    def what_they_may_do_is_what_the_oracle_says(self) -> None:
        if not hasattr(self, "oracle"):
            return
        kept = queries.as_kept()
        assert {key: set(group.processes) for key, group in kept.items()} == self.oracle.groups

    def _ask(self, name: str, which: int, page: str) -> None:
        answer = self.sessions[name][which].get(page)
        said = {200: "in", 403: "refused", 302: "sign in"}[answer.status_code]
        assert said == self.oracle.answer(name, page), (name, page)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.req("GH-033")
@pytest.mark.req("GH-032")
def test_open_sessions_get_what_the_oracle_says_in_any_order():
    rounds = int(os.environ.get("GUILDHALL_SEQUENCES", "30"))
    run_state_machine_as_test(
        GrantsAndRevokes,
        settings=settings(
            max_examples=rounds,
            stateful_step_count=30,
            deadline=None,
            derandomize=rounds == 30,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
