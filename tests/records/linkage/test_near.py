"""Finding records near a child, and what people write that could trip it."""

import pytest
from django.db import connection

from guildhall.records.linkage.near import records_near, statement_for
from guildhall.records.linkage.seen import see
from tests.records.some import a_child, an_identity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("details", [{"upn": "A123456789012"}, {"nhs_number": "9434765919"}])
def test_an_identifier_is_found_by_its_index_and_not_by_reading_every_record(details):
    child = a_child(**details)
    alone = see(an_identity(forename="", surname="", born_on=None, postcode="", **details))
    assert records_near(alone) == [child.pk]
    index = {"upn": "child_upn", "nhs_number": "child_nhs"}[next(iter(details))]
    assert index in _plan(*statement_for(alone))


def _plan(statement: str, values: list[str]) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}", values)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        return str(cursor.fetchall())
