"""Finding records near a child, and what people write that could trip it."""

import re
from datetime import date

import pytest
from django.db import connection

from guildhall.records.linkage import queries
from guildhall.records.linkage.near import MOST_COMPARED, records_near, rows_near, statement_for
from guildhall.records.linkage.outcomes import is_certain
from guildhall.records.linkage.seen import see
from tests.records.some import a_child, an_identity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "details", [{"upn": "A123456789012"}, {"nhs_number": "9434765919"}, {"uln": "1234567899"}]
)
def test_an_identifier_is_found_by_its_index_and_not_by_reading_every_record(details):
    child = a_child(**details)
    alone = see(an_identity(forename="", surname="", born_on=None, postcode="", **details))
    assert records_near(alone) == [child.pk]
    index = {"upn": "child_upn", "nhs_number": "child_nhs", "uln": "child_uln"}[next(iter(details))]
    assert index in _plan(*statement_for(alone))


@pytest.mark.req("GH-014")
@pytest.mark.parametrize("mark", "'’‘ʼʻʹ`´ʿʾ′＇")
def test_every_apostrophe_finds_the_same_child(mark):
    child = a_child(surname="O'Brien")
    found = queries.candidates_for(an_identity(surname=f"O{mark}Brien"))
    assert [each.child.pk for each in found] == [child.pk]
    assert found[0].score.level("surname") == "exact"


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Siân", "Sian"),
        ("Łucja", "Lucja"),
        ("Zoë", "Zoe"),
        ("Chloé", "Chloe"),
        ("Anaïs", "Anais"),
        ("Gwênllian", "Gwenllian"),
        ("Żaneta", "Zaneta"),
        ("Ángel", "Angel"),
        ("Søren", "Soren"),
        ("Şebnem", "Sebnem"),
        ("Ŵyn", "Wyn"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_every_mark_on_a_letter_finds_the_same_child(written, kept):
    child = a_child(forename=kept)
    found = queries.candidates_for(an_identity(forename=written))
    assert [each.child.pk for each in found] == [child.pk]
    assert found[0].score.level("forename") == "exact"


@pytest.mark.parametrize(
    "details",
    [
        {"forename": "", "surname": "", "born_on": None, "postcode": "", "address_lines": ()},
        {"forename": "A", "surname": "P"},
        {"forename": "z", "surname": "ž"},
        {"forename": "A" * 200, "surname": "Pugh" * 50, "midname": "-" * 200},
        {"forename": "'" * 200, "surname": "%_\\", "postcode": "%"},
        {"forename": "محمد", "surname": "李"},
        {"born_on": date(2099, 12, 31)},
        {"born_on": date(1900, 1, 1)},
        {"born_on": date(2016, 2, 29)},
        {"postcode": "GU1"},
        {"postcode": "this is no postcode at all", "upn": "'; --", "nhs_number": "x" * 200},
    ],
)
def test_whatever_is_written_is_looked_for_without_a_fault(details):
    child = a_child()
    for each in queries.candidates_for(an_identity(**details)):
        assert each.child == child
        assert 0 <= each.score.probability <= 1
        assert not is_certain(each.score)


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("forename", "surname"),
    [("Mali", "Jones"), ("Mali", "Pugh"), ("Mali", "Morgan"), ("Haz", "Jones"), ("Hazel", "Morgan")],
)
def test_a_child_is_found_by_any_surname_with_any_forename(forename, surname):
    child = a_child(
        forename="Mali", surname="Pugh-Jones", known_as="Haz", former_surname="Morgan", postcode=""
    )
    written = an_identity(forename=forename, surname=surname, born_on=None, postcode="", address_lines=())
    assert records_near(see(written)) == [child.pk]


@pytest.mark.req("GH-014")
def test_the_right_record_is_among_those_compared_however_many_share_a_part_of_its_name():
    for number in range(MOST_COMPARED + 5):
        a_child(forename="Megan", surname=f"Jones-{chr(97 + number) * 3}", postcode="", address_lines=())
    right = a_child(forename="Mali", surname="Jones", postcode="CF62 1AA")
    written = an_identity(forename="Mali", surname="Jones", born_on=None, postcode="CF62 1AA")
    near = records_near(see(written))
    assert (near[0], len(near)) == (right.pk, MOST_COMPARED)


@pytest.mark.req("GH-014")
def test_a_welsh_surname_is_found_by_its_english_form_after_a_move():
    child = a_child(forename="Dafydd", surname="ap Rhys", postcode="", address_lines=())
    written = an_identity(forename="Dafydd", surname="Price", postcode="CF10 1AA", address_lines=())
    assert [each.child.pk for each in queries.candidates_for(written)] == [child.pk]


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("forename", "surname", "record"),
    [
        ("Smith", "Bill", {"forename": "William", "surname": "Smith"}),
        ("William", "Smith", {"forename": "Smith", "surname": "Bill"}),
        ("", "William Smith", {"forename": "William", "surname": "Smith"}),
        ("", "Bill", {"forename": "William", "surname": "Smith"}),
        ("Smith", "", {"forename": "William", "surname": "Smith"}),
        ("Simran", "Kaur", {"forename": "Simran", "surname": "Gill"}),
        ("Harpreet Singh", "Dhillon", {"forename": "Harpreet", "surname": "Singh"}),
        ("Dafydd", "Evans", {"forename": "Dafydd", "surname": "ab Ifan"}),
        ("Oliver", "Brown", {"forename": "James", "midname": "Oliver", "surname": "Brown"}),
        ("Oliver", "Brown", {"forename": "Baby", "surname": "Brown"}),
        ("Oliver", "Unknown", {"forename": "Oliver", "surname": "Brown"}),
    ],
)
def test_a_child_who_moved_is_found_however_the_names_were_written(forename, surname, record):
    child = a_child(**record, postcode="CF10 1AA", address_lines=("4 Heol Fawr", "Caerdydd"))
    found = queries.candidates_for(an_identity(forename=forename, surname=surname))
    assert [each.child.pk for each in found] == [child.pk]


@pytest.mark.req("GH-014")
def test_a_record_born_on_the_day_is_compared_before_namesakes_born_in_another_year():
    for number in range(MOST_COMPARED + 5):
        a_child(born_on=date(2010, 3, 8), postcode=f"GU{20 + number} 9ZZ", address_lines=())
    right = a_child(forename="Nerys", postcode="", address_lines=())
    assert right.pk in records_near(see(an_identity()))


@pytest.mark.req("GH-014")
def test_what_the_row_of_a_record_shows_beside_its_keys_decides_who_is_compared():
    details = {"forename": "Nerys", "postcode": "", "address_lines": ()}
    for _ in range(MOST_COMPARED + 5):
        a_child(**details, gender="male", midname="Tomos")
    right = a_child(**details, midname="Non")
    assert records_near(see(an_identity(midname="NON")))[0] == right.pk


@pytest.mark.parametrize(
    ("forename", "surname", "born_on"),
    [
        ("Meggan", "Filips", None),
        ("Filips", "Meggan", None),
        ("Zara", "Filips", date(2014, 12, 31)),
        ("Meggan", "Nowak", date(2014, 12, 1)),
    ],
)
def test_names_are_found_by_how_they_sound_both_or_one_with_the_month_of_birth(forename, surname, born_on):
    child = a_child(forename="Megan", surname="Phillips", born_on=date(2014, 12, 9), postcode="")
    a_child(forename="Owen", surname="Pugh", born_on=date(2014, 12, 9), postcode="")
    written = see(an_identity(forename=forename, surname=surname, born_on=born_on, postcode=""))
    assert [each.pk for each in rows_near(written)] == [child.pk]


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("kept", "written", "found"),
    [
        (date(2014, 12, 9), date(2004, 12, 9), True),
        (date(2014, 12, 9), date(2017, 12, 9), True),
        (date(2014, 12, 9), date(2015, 11, 9), False),
        (date(2012, 2, 29), date(2016, 2, 29), True),
    ],
)
def test_a_forename_is_found_with_the_birthday_of_another_year_though_surname_and_home_are_new(
    kept, written, found
):
    child = a_child(forename="Megan", surname="Phillips", born_on=kept, postcode="")
    who = see(an_identity(forename="Meggan", surname="Nowak", born_on=written, postcode=""))
    assert [each.pk for each in rows_near(who)] == [child.pk] * found


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL chooses among several indexes")
def test_a_sound_is_found_by_its_index_and_not_by_reading_every_record():
    written = see(an_identity(forename="Megan", surname="Phillips", born_on=date(2014, 12, 9), postcode=""))
    plan = _plan(*statement_for(written))
    assert "SCAN c" not in plan
    assert {"child_sounds", "child_surname_sound", "child_forename_sound"} <= set(re.findall(r"\w+", plan))


def _plan(statement: str, values: list[str]) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}", values)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        return str(cursor.fetchall())
