"""What the query of a scheduled alert may ask, and that nothing else can be done with it."""

from decimal import Decimal

import pytest
from django.db import connection

from guildhall.people.accounts.models import User
from guildhall.work.alerts.asking import running, views
from guildhall.work.alerts.asking.checking import NotAsked
from guildhall.work.alerts.asking.running import CannotAnswer, ask
from guildhall.work.sharing.models import Involvement
from tests.standing import NOON, a_parent, a_professional

from .scene import a_child, on

pytestmark = pytest.mark.django_db
SECRET = "SELECT password, email FROM accounts_user"


@pytest.mark.req("SP-260", "SP-272")
def test_a_select_of_the_views_is_answered():
    child = a_child()
    mother = on(child, a_parent())
    on(child, a_professional(), authenticated=False, relation="Teacher")

    answer = ask(
        "WITH people AS (SELECT * FROM portal_sharing WHERE authenticated) "
        "SELECT involvement_id, portal_user_id, portal_user_type, days_since_change FROM people -- theirs",
        now=NOON,
    )

    assert answer.columns == ("involvement_id", "portal_user_id", "portal_user_type", "days_since_change")
    assert answer.rows == [[mother.involvement_id, mother.user_id, "citizen", 0]]


def test_names_in_capitals_and_today_can_be_asked_for():
    on(a_child(), a_parent())

    assert ask("SELECT Involvement_ID FROM Involvements WHERE opened_on <= CURRENT_DATE", now=NOON).rows


def test_a_number_that_no_message_can_hold_is_left_empty():
    assert ask("SELECT 1e400 * 1.0 AS a", now=NOON).rows in ([[None]], [[10**400]])
    assert [running._value(Decimal(each)) for each in ("NaN", "Infinity", "2.50")] == [None, None, 2.5]


@pytest.mark.parametrize("view", views.VIEWS)
def test_every_view_can_be_asked_for_all_its_columns(view: str):
    assert ask(f"SELECT * FROM {view}", now=NOON).columns == views.VIEWS[view]


def test_no_view_shows_a_password_a_secret_answer_or_a_code():
    """SP-272: by the names of what they read as well."""
    for statement in views.statements(connection.vendor, today=NOON.date()):
        assert not any(word in statement for word in ("accounts_user", "password", "secret", "code"))


@pytest.mark.req("SP-260")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "   -- nothing",
        "UPDATE accounts_user SET is_active = 1",
        "DELETE FROM portal_sharing",
        "INSERT INTO involvements VALUES (1)",
        "DROP TABLE accounts_user",
        "CREATE TABLE x (y int)",
        "SELECT 1; SELECT 2",
        "SELECT 1; DELETE FROM accounts_user",
        "SELECT 1 INTO outfile",
        "SELECT * FROM involvements FOR UPDATE",
        "WITH x AS (INSERT INTO accounts_user (id) VALUES (1) RETURNING id) SELECT * FROM x",
        "WITH x AS (DELETE FROM accounts_user RETURNING id) SELECT * FROM x",
        "PRAGMA query_only=OFF",
        "ATTACH DATABASE '/tmp/x' AS x",
        "COPY accounts_user TO '/tmp/x'",
        "SET ROLE postgres",
        "DO $$ BEGIN END $$",
        "EXPLAIN SELECT 1",
        "VACUUM",
        "BEGIN",
        "TABLE accounts_user",
        "VALUES (1)",
        "SELECT * FROM involvements WHERE involvement_id = ?",
        "SELECT * FROM involvements WHERE involvement_id = :id",
        "SELECT * FROM involvements WHERE involvement_id = %s",
        "SELECT * FROM involvements WHERE involvement_id = $1",
        "SELECT (((",
        "SELECT 'half",
        "SELECT " + "a." * 2_500 + "b FROM involvements",
    ],
)
def test_anything_but_one_select_without_parameters_is_refused(query: str):
    with pytest.raises(NotAsked):
        ask(query, now=NOON)


@pytest.mark.req("SP-272")
@pytest.mark.parametrize(
    "query",
    [
        SECRET,
        'SELECT * FROM "accounts_user"',
        "SELECT * FROM public.accounts_user",
        "SELECT * FROM main.accounts_user",
        "SELECT (SELECT max(password) FROM accounts_user) FROM involvements",
        "SELECT * FROM involvements WHERE EXISTS (SELECT 1 FROM accounts_user)",
        "SELECT 1 FROM involvements UNION SELECT id FROM accounts_user",
        "WITH involvements AS (SELECT password FROM accounts_user) SELECT * FROM involvements",
        "WITH involvements AS (SELECT 1 AS x) SELECT * FROM involvements",
        "SELECT * FROM involvements, LATERAL (SELECT * FROM accounts_user) AS x",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pragma_table_info('accounts_user')",
        "SELECT pg_sleep(10)",
        "SELECT * FROM pg_read_file('/etc/passwd')",
        "SELECT readfile('/etc/passwd')",
        "SELECT load_extension('x')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT set_config('role', 'postgres', false)",
        "SELECT query_to_xml('SELECT * FROM accounts_user', true, true, '')",
        "SELECT current_setting('data_directory')",
        "SELECT generate_series(1, 1000000000)",
        "SELECT * FROM generate_series(1, 1000000000)",
        "SELECT randomblob(1000000000)",
        "SELECT repeat('x', 1000000000)",
        "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT * FROM x",
        "WITH x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT * FROM x",
        "SELECT " + "'a' || " * 40 + "'a'",
    ],
)
def test_nothing_but_the_views_can_be_reached(query: str):
    a_parent()

    with pytest.raises((NotAsked, CannotAnswer)):
        ask(query, now=NOON)


@pytest.mark.req("SP-272")
@pytest.mark.parametrize(
    "query",
    [
        SECRET,
        "SELECT * FROM (SELECT password FROM accounts_user) AS involvements",
        "SELECT 1 FROM involvements; DELETE FROM accounts_user",
        "DELETE FROM accounts_user",
        "INSERT INTO sharing_involvement (id) VALUES (9)",
    ],
)
def test_the_database_itself_refuses_what_a_check_might_let_through(
    query: str, monkeypatch: pytest.MonkeyPatch
):
    """The second lock: on PostgreSQL it needs the role that the operator makes."""
    a_parent()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {running.ROLE}")
    monkeypatch.setattr(running, "checked", lambda query, **_: query)

    with pytest.raises(CannotAnswer):
        ask(query, now=NOON)

    assert User.objects.exists()


@pytest.mark.req("SP-272")
def test_a_query_that_takes_too_long_is_stopped_and_everything_goes_on_after_it(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(running, "SECONDS", 0.05)
    child = a_child()
    on(child, a_parent())
    many = " UNION ALL ".join(["SELECT days_open AS n FROM involvements"] * 40)
    crossed = ", ".join(f"x AS x{number}" for number in range(6))

    with pytest.raises(CannotAnswer) as refused:
        ask(f"WITH x AS ({many}) SELECT count(*) FROM {crossed}", now=NOON)

    assert refused.value.problem == "Slow"
    Involvement.objects.update(opened_at=NOON)
    assert ask("SELECT involvement_id FROM involvements", now=NOON).rows


def test_only_so_many_rows_come_back_and_it_says_that_there_are_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(running, "MOST_ROWS", 3)
    on(a_child(), a_parent())
    many = " UNION ALL ".join(["SELECT days_open FROM involvements"] * 5)

    answer = ask(many, now=NOON)

    assert len(answer.rows) == 3
    assert answer.more
