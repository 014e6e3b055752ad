"""Everybody at every door, by every verb, asking for their own and for what is others'."""

import pytest

from guildhall.foundation.access import check

from . import matrix, targets
from .world import PERSONAS, the_world

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_person_gets_what_the_matrix_says(persona):
    _, expected = matrix.read()
    found = dict(matrix.column(the_world(), persona))

    wrong = {
        key: f"{outcome}, not {expected[key][persona]}"
        for key, outcome in found.items()
        if key in expected and expected[key][persona] != outcome
    }
    assert wrong == {}
    assert {key for key in found if key not in expected} == set(), "cells without an expected outcome"
    assert {key for key in expected if key not in found} == set(), "cells of routes that are gone"


def test_the_matrix_has_a_column_for_every_persona_and_fourteen_thousand_cells():
    personas, expected = matrix.read()

    assert personas == list(PERSONAS)
    assert len(personas) * len(expected) >= 14_000
    known = {"in", "sign-in", "second", "403", "404", "405", "-"}
    assert {row[persona] for row in expected.values() for persona in personas} <= known


def test_somebody_said_what_the_ids_of_every_address_stand_for():
    assert [name for path, name, *_ in check.routes() if not targets.knows(name, path)] == []


def test_the_verbs_of_the_matrix_are_the_verbs_that_views_declare():
    _, expected = matrix.read()
    declared = {route.name: route.verbs or () for route in check.routes()}

    for (name, verb, relation), row in expected.items():
        outcomes = {row[persona] for persona in PERSONAS} - {"-"}
        if verb in declared[name]:
            assert outcomes != {"405"}, (name, verb, relation)
        else:
            # Staff who lack something for the administration are told so before any verb is looked at.
            also = {"403"} if name.startswith("administration:") else set()
            assert outcomes <= {"405"} | also, (name, verb, relation)


# What the permission table means, in words of its own: which personas may ever come in at a door. Written
# apart from the roles and the doors, so that a slip in either stands out.
STATED = {
    "council:invoices": {"finance officer"},
    "council:returns-days": {"administrator"},
    "council:returns": {"service officer"},
    "council:finance": {"finance officer"},
    "council:": {"send officer", "safeguarding officer", "early help officer", "service officer"},
    "batches:": {"send officer", "safeguarding officer", "early help officer", "service officer"},
    "posting:": {"send officer", "safeguarding officer", "early help officer", "service officer"},
    "filling:": {
        *{"parent A", "parent B", "parent C", "young person", "professional", "professional 2"},
        *{"school user", "school administrator", "school supervisor", "supervisor elsewhere", "governor"},
    },
    "administration:privacy": {"auditor"},
    "administration:calendar": {"administrator", "service officer"},
    "administration:bank-holiday": {"administrator", "service officer"},
    "administration:closure": {"administrator", "service officer"},
    "administration:": {"administrator"},
    "building:": {"administrator"},
    "schools:": {
        *{"school user", "school administrator", "school supervisor", "supervisor elsewhere", "governor"},
    },
    "families:": {"parent A", "parent B", "parent C", "young person"},
    "inbox:": {
        *{"parent A", "parent B", "parent C", "young person", "professional", "professional 2"},
        *{"parent A one step", "send officer one step", "send officer", "safeguarding officer"},
        *{"early help officer", "administrator", "auditor", "service officer", "finance officer"},
        *{"school user", "school administrator", "school supervisor", "supervisor elsewhere", "governor"},
    },
    "account:": {
        *{"parent A", "parent B", "parent C", "young person", "professional", "professional 2"},
        *{"parent A one step", "send officer one step", "send officer", "safeguarding officer"},
        *{"early help officer", "administrator", "auditor", "service officer", "finance officer"},
        *{"school user", "school administrator", "school supervisor", "supervisor elsewhere", "governor"},
    },
}
# Pages without a child's information that others of the house may open, with who they are.
ALSO = {
    "council:status": {"administrator"},
    "council:status-again": {"administrator"},
    "council:audit": {"auditor"},
    "council:audit-export": {"auditor"},
    "council:home": {"administrator", "auditor", "send officer one step", "finance officer"},
    "administration:home": {"auditor", "service officer"},
    "families:announced": STATED["account:"],
    # What is shared with one account, or asked of it, is so at both doors, and is that account's alone.
    **{
        f"{door}:{page}": STATED["families:"] | {"professional", "professional 2"}
        for door in ("families", "professionals")
        for page in (
            *("shared", "shared-form", "shared-pdf", "shared-file"),
            *("asked", "asked-one", "asked-file", "processes", "process"),
        )
    },
    "families:home": STATED["account:"],
    "families:family": {"parent A one step"},
    "families:add-child": {"parent A one step"},
    "families:child": {"parent A one step"},
    "families:remove-child": {"parent A one step"},
    # Officers fill in forms for families, and new ones in a chronology.
    **dict.fromkeys(("filling:saved", "filling:submitted"), STATED["council:"]),
}


def test_nobody_comes_in_whom_the_table_of_permissions_does_not_name():
    _, expected = matrix.read()
    open_to_all = {route.name for route in check.routes() if route.door and route.door.permission is None}

    strangers = {
        (name, verb, relation, persona)
        for (name, verb, relation), row in expected.items()
        if name not in open_to_all
        for persona in PERSONAS
        if row[persona] == "in" and persona not in _allowed(name)
    }
    assert strangers == set()


LOST = ("unconfirmed", "disabled", "locked", "consent withdrawn", "role ended", "officer role ended")


def _allowed(name: str) -> set[str]:
    door = next((key for key in STATED if name.startswith(key)), "")
    return STATED.get(door, set()) | ALSO.get(name, set())


# What came to another team may be read on the chronology by the table of decision 10, which is no secret.
OF_THE_CHRONOLOGY = {"council:entry", "council:entry-print", "council:entry-file", "council:share-form"}


def test_what_is_others_is_as_absent_as_what_is_missing():
    """For each persona, another's thing and a thing that nobody has get the same answer."""
    _, expected = matrix.read()

    told_apart = {
        (name, verb, persona)
        for (name, verb, relation), row in expected.items()
        if relation in {"other", "other team"} and name not in OF_THE_CHRONOLOGY
        for persona in PERSONAS
        if row[persona] not in {"-", expected[name, verb, "missing"][persona]}
    }
    assert told_apart == set()


def test_those_who_lost_their_rights_get_in_nowhere():
    _, expected = matrix.read()
    open_to_all = {route.name for route in check.routes() if route.door and route.door.permission is None}

    for persona in (
        "unconfirmed",
        "disabled",
        "locked",
        "consent withdrawn",
        "role ended",
        "officer role ended",
    ):
        let_in = {
            name for (name, *_), row in expected.items() if row[persona] == "in" and name not in open_to_all
        }
        assert let_in == set(), persona
