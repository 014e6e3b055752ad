import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guildhall.foundation.kit import statements
from guildhall.people.accounts.models import Guard

from ...standing import NOON

pytestmark = pytest.mark.django_db
ONE = ("what", "whose")


@transaction.atomic
def held(*keys: tuple[str, str]) -> list[Guard]:
    return statements.hold(Guard, ONE, *keys)


def test_rows_are_made_where_there_were_none_and_come_in_the_order_asked_for():
    first = held(("password", "user:2"), ("address", "1"))
    again = held(("address", "1"), ("mail", "3"), ("password", "user:2"))

    assert [(one.what, one.whose, one.run, one.tries) for one in first] == [
        ("password", "user:2", 0, []),
        ("address", "1", 0, []),
    ]
    assert [one.pk for one in (again[2], again[0])] == [one.pk for one in first]
    assert Guard.objects.count() == 3


def test_what_rows_hold_is_kept_of_all_at_once_and_of_no_other():
    rows = held(("password", "user:2"), ("address", "1"))
    other = held(("mail", "3"))[0]
    for number, row in enumerate(rows, start=1):
        row.run, row.tries = number, [float(number)]

    with CaptureQueriesContext(connection) as asked:
        statements.keep(rows, ONE)

    assert len(asked) == 1
    found = {row.pk: (row.run, row.tries) for row in Guard.objects.all()}
    assert found == {rows[0].pk: (1, [1.0]), rows[1].pk: (2, [2.0]), other.pk: (0, [])}


def test_an_update_finds_a_field_without_a_value_by_none_and_leaves_the_others():
    open_one, shut = held(("password", "user:1"), ("password", "user:2"))
    Guard.objects.filter(pk=shut.pk).update(shut_until=NOON)

    changed = statements.update(Guard, {"run": 5}, what="password", shut_until=None)

    assert changed == 1
    assert Guard.objects.get(run=5) == open_one


def test_rows_are_counted_by_a_value_by_one_of_several_and_by_none():
    held(("mail", "1"), ("password", "1"), ("password", "2"), ("code", "1"))
    Guard.objects.filter(what="code").update(shut_until=NOON)

    assert statements.count(Guard, what="password") == 2
    assert statements.count(Guard, what=("password", "code"), whose="1") == 2
    assert statements.count(Guard, what=("password", "code"), shut_until=None) == 2
    assert statements.count(Guard, what=()) == 0


def test_a_row_that_is_there_already_is_left_as_it_is():
    for run in (1, 2):
        statements.insert_unless_there(Guard(what="mail", whose="a", run=run), ONE)

    assert Guard.objects.get().run == 1
