"""Whole files compared by Splink on DuckDB: the same decisions as the live scorer, and nothing applied."""

import csv
import gc
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from scripts.measure.labelled import labelled

from guildhall.foundation.authority import services as authority
from guildhall.records.children.identity import Identity
from guildhall.records.children.models import Child
from guildhall.records.linkage import queries
from guildhall.records.linkage.bulk import engine, spark
from guildhall.records.linkage.bulk.comparing import LEVELS_IN_SQL, MACROS, level_names
from guildhall.records.linkage.bulk.models import BatchPair, BatchRun
from guildhall.records.linkage.bulk.predicting import find_pairs
from guildhall.records.linkage.bulk.staging import stage
from guildhall.records.linkage.fitting import name_bits
from guildhall.records.linkage.model import first_model
from guildhall.records.linkage.outcomes import SHIPPED, Thresholds, outcome_of
from guildhall.records.linkage.scoring import score
from tests.records.linkage.register import fill
from tests.records.linkage.test_files import people, write

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
CASES = labelled(1_200, seed=7)
MENTIONS = [(str(place), mention.who) for place, mention in enumerate(CASES.mentions)]
REGISTER = [(str(place), who) for place, who in enumerate(CASES.register)]


def test_every_level_of_the_scorer_is_compared_in_sql_too():
    for part, levels in LEVELS_IN_SQL.items():
        assert {*levels, "different", "missing"} == set(first_model().fields[part])
        assert level_names(part)[0] == "different"


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("frequencies", [False, True], ids=["shipped", "with frequencies of names"])
def test_a_pair_has_the_same_levels_and_weight_as_with_the_live_scorer(frequencies):
    model = first_model()
    if frequencies:
        bits = name_bits(Counter(ali=40, jones=30, kowalska=1))
        model = replace(model, names={"surname": bits}, common_surnames=frozenset())
    found = find_pairs(MENTIONS[:500], REGISTER, model=model)
    assert len(found) > 450
    for pair in found:
        live = score(CASES.mentions[int(pair.left)].who, CASES.register[int(pair.right)], model)
        assert pair.score.as_json() == live.as_json()


WRITTEN = (
    (("Smith", "", "Bill"), ("William", "", "Smith")),
    (("Nowak", "", "Kasia"), ("Katarzyna", "", "Nowak")),
    (("", "", "William Smith"), ("William", "", "Smith")),
    (("Smith William", "", ""), ("William", "", "Smith")),
    (("Smith", "", ""), ("William", "", "Smith")),
    (("", "", "Bill"), ("William", "", "Smith")),
    (("Simran", "", "Kaur"), ("Simran Kaur", "", "Gill")),
    (("Simran", "Kaur", "Gill"), ("Simran", "", "Kaur")),
    (("Dafydd", "", "Evans"), ("Dafydd", "", "ab Ifan")),
    (("Zofia", "", "Dabrowski"), ("Zofia", "", "Dąbrowska-Nowak")),
    (("Omar", "", "El Hasan"), ("Mohammed Omar", "", "Al-Hassan")),
    (("Oliver", "James", "Brown"), ("James", "Oliver", "Brown")),
    (("Olly", "", "Brown"), ("James", "Oliver Jack", "Brown")),
    (("Maria", "", "Smith"), ("Maria", "Smith", "Jones")),
    (("Juergen", "", "Mueller"), ("Jürgen", "", "Müller")),
    (("Khan", "", "Mohd Bilal"), ("Mohammed Bilal", "", "Khan")),
    (("Zofia", "", "Jomes"), ("Zofia", "", "Smith-Jones")),
    (("Zofia", "", "Jomes-Smith"), ("Zofia", "", "Pryce Jones")),
    (("Baby", "", "Brown"), ("Oliver", "", "Brown")),
    (("Oliver", "", "Brown"), ("Twin 2", "", "Brown")),
    (("Oliver", "", "Unknown"), ("Oliver", "", "Brown")),
)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-014", "GH-017")
def test_names_as_people_write_them_are_found_and_explained_as_with_the_live_scorer():
    sides = tuple(
        [(str(place), _of_year(names[side], 1950 + place)) for place, names in enumerate(WRITTEN)]
        for side in (0, 1)
    )
    left, right = (dict(side) for side in sides)
    found = {(pair.left, pair.right): pair for pair in find_pairs(*sides, model=first_model())}
    assert {(str(place), str(place)) for place in range(len(WRITTEN))} <= found.keys()
    for (one, other), pair in found.items():
        assert pair.score.as_json() == score(left[one], right[other]).as_json()


def _of_year(names: tuple[str, str, str], year: int) -> Identity:
    forename, midname, surname = names
    return replace(PUGH, forename=forename, midname=midname, surname=surname, born_on=date(year, 3, 4))


PUGH = Identity(forename="Angharad", surname="Pugh", born_on=date(2015, 3, 4), postcode="GU1 4AB")


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    "details",
    [
        {"surname": "Pew"},
        {"born_on": None},
        {"born_on": None, "forename": "Angahrad"},
        {"surname": "Lloyd-Pugh", "born_on": date(2015, 3, 14)},
        {"surname": "Morgan", "former_surname": "Pugh", "born_on": date(2015, 3, 24)},
        {"surname": "Morgan", "former_surname": "Pugh", "born_on": date(2012, 3, 4)},
        {"forename": "", "born_on": date(2015, 3, 14)},
        {"forename": "Non", "midname": "Angharad", "born_on": date(2015, 3, 14)},
        {"forename": "Pugh", "surname": "Angharad"},
        {"born_on": date(2015, 4, 3)},
        {"surname": "Bough", "born_on": date(2015, 3, 14), "postcode": "GU1 9ZZ"},
    ],
)
def test_a_child_in_whom_more_than_one_thing_changed_is_found_in_a_whole_file(details):
    written = replace(PUGH, **({"postcode": ""} | details))
    found = find_pairs([("1", written)], [("9", PUGH)], model=first_model())
    assert [pair.right for pair in found] == ["9"]


def test_filling_leaves_the_search_for_cycles_as_it_was():
    with engine.duck_bench(MACROS) as bench:
        engine.fill(bench, "names", ({"name": str(number)} for number in range(3)), {"name": "text"})
        assert gc.isenabled()
        assert bench.connection.execute("SELECT name FROM names").fetchall() == [("0",), ("1",), ("2",)]


@pytest.mark.heavy
@pytest.mark.both
def test_of_two_records_that_are_equally_like_the_first_comes_first_as_in_the_live_matching():
    who = Identity(forename="Angharad", surname="Pugh", born_on=date(2015, 3, 4), gender="female")
    found = find_pairs([("1", who)], [("10", who), ("9", who)], model=first_model())
    assert [pair.right for pair in found] == ["9", "10"]


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_batch_and_the_live_matching_decide_alike():
    places = {child.pk: str(place) for place, child in enumerate(fill(CASES.register, NOW))}
    best = {}
    for pair in stage(MENTIONS, REGISTER, model=first_model(), engine="duckdb", at=SHIPPED):
        best.setdefault(pair.left, (pair.outcome, pair.right))
    alike = 0
    for own_id, who in MENTIONS:
        live = queries.candidates_for(who)
        outcome = outcome_of([candidate.score for candidate in live])
        batch_outcome, right = best.get(own_id, ("none", ""))
        same_record = outcome in {"many", "none"} or places[live[0].child.pk] == right
        alike += outcome == batch_outcome and same_record
    assert alike / len(MENTIONS) >= 0.995


def test_doubles_within_one_file_are_found_once():
    rows = [*REGISTER[:200], *((f"again{own_id}", who) for own_id, who in REGISTER[:20])]
    pairs = stage(rows, None, model=first_model(), engine="duckdb", at=SHIPPED)
    certain = {frozenset((pair.left, pair.right)) for pair in pairs if pair.outcome == "match"}
    assert {frozenset((str(n), f"again{n}")) for n in range(20)} <= certain
    assert len({frozenset((pair.left, pair.right)) for pair in pairs}) == len(pairs)


@pytest.mark.heavy
@pytest.mark.both
def test_a_twin_is_told_and_is_no_match():
    born, home = date(2015, 3, 4), {"address_lines": ("1 High Street", "Barry"), "postcode": "CF62 1AA"}
    twin = Identity(forename="Mali", surname="Pritchard", born_on=born, **home)
    record = replace(twin, forename="Gwen")
    (pair,) = stage([("a", twin)], [("b", record)], model=first_model(), engine="duckdb", at=SHIPPED)
    assert pair.score.vetoes == ("sibling",)
    assert pair.outcome == "low"
    assert "forename different" in pair.explanation


@pytest.mark.heavy
@pytest.mark.both
def test_a_twin_is_told_though_the_date_has_a_slip_and_nothing_but_the_home_agrees():
    home = {"surname": "Absersteade", "postcode": "CF29 1ZN"}
    written = Identity(forename="Racquel", born_on=date(2013, 3, 13), gender="female", **home)
    record = Identity(forename="Byrann", born_on=date(2012, 9, 11), gender="male", **home)
    (pair,) = stage([("a", written)], [("b", record)], model=first_model(), engine="duckdb", at=SHIPPED)
    assert (pair.outcome, pair.score.sibling) == ("low", True)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize(
    ("lines", "other", "level"),
    [
        ("96 Abderridge Road", "75 Abingter Road", "different"),
        ("12 Mill Lane", "12 Mill Lane Flat", "exact"),
        ("12 Mill Lane", "Mill Lane 12", "exact"),
        ("12 Millfield Lane", "12 Milfield Lane", "exact"),
        ("12 Millfield Lane", "14 Milfield Lane", "near"),
        ("Glan y Mor", "Hill House", "different"),
    ],
)
def test_an_address_has_the_same_level_one_by_one_and_in_a_whole_file(lines, other, level):
    who = Identity(forename="Mali", surname="Pugh", born_on=date(2015, 3, 4), address_lines=(lines,))
    record = replace(who, address_lines=(other,))
    (pair,) = find_pairs([("a", who)], [("b", record)], model=first_model())
    assert (pair.score.level("address"), score(who, record).level("address")) == (level, level)


@pytest.mark.heavy
@pytest.mark.both
def test_strange_rows_are_compared_like_others():
    strange = [
        ("empty name", Identity(born_on=date(1900, 1, 1), postcode="CF1")),
        ("one letter", Identity(forename="J", surname="Ö")),
        ("long", Identity(forename="W" * 200, surname="x" * 200)),
        ("marks", Identity(forename="Zoë-Ŵyn’s", surname="O'Brien`ʼ", born_on=date(2999, 12, 31))),
        ("quotes", Identity(forename='a"b', surname="'); DROP TABLE a_left; --", upn="A123456789012")),
    ]
    pairs = stage(strange, strange, model=first_model(), engine="duckdb", at=SHIPPED)
    assert ("marks", "marks") in {(pair.left, pair.right) for pair in pairs}
    assert ("quotes", "quotes") in {(pair.left, pair.right) for pair in pairs}
    assert stage([], [], model=first_model(), engine="duckdb", at=SHIPPED) == []


def told(*words):
    out = StringIO()
    call_command("linkage", "batch", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def left(tmp_path):
    return write(tmp_path / "left.csv", people(80))


@pytest.mark.django_db
def test_a_file_is_compared_with_another_and_its_bad_rows_are_named(left, tmp_path):
    rows = [*people(60), ["=1+1", "", "", "", "", ""], ["long", "x" * 250, "y", "", "", ""]]
    right = write(tmp_path / "right.csv", rows, encoding="cp1252", delimiter=";")
    pairs = tmp_path / "pairs.csv"
    said = told(left, right, "--out", pairs)
    assert "line 62 left out: neither a name" in said
    assert "line 63 left out: a name is longer than 200" in said
    with pairs.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    matched = {(line["left_id"], line["right_id"]) for line in lines if line["outcome"] == "match"}
    assert matched == {(f"A{n}", f"A{n}") for n in range(60)}
    assert "born_on exact +12.0" in lines[0]["explanation"]
    assert BatchRun.objects.count() == 0


@pytest.mark.django_db
def test_what_is_kept_waits_for_a_person_and_no_record_changes(tmp_path):
    children = fill(CASES.register[:100], NOW)
    before = list(Child.objects.order_by("pk").values())
    headings = ("id", "forename", "surname", "date of birth", "postcode")
    rows = [
        [str(n), who.forename, who.surname, who.born_on, who.postcode]
        for n, who in enumerate(CASES.register[:50])
    ]
    file = write(tmp_path / "school.csv", rows, headings)
    assert "# kept as batch" in told(file, "--records", "--stage")
    run = BatchRun.objects.get()
    assert (run.left, run.right, run.weights, run.counts["rows"]) == ("school.csv", "records", "first-1", 50)
    assert run.counts["pairs"] == BatchPair.objects.count() >= 50
    found = {(pair.left, pair.child_id) for pair in run.pairs.filter(probability__gte=0.99)}
    assert {(str(n), children[n].pk) for n in range(50)} <= found
    assert list(Child.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_doubles_in_the_records_are_found_without_a_file():
    fill([*CASES.register[:60], CASES.register[0]], NOW)
    assert ",match," in told("--records")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "Name one file or two"),
        (["LEFT", "LEFT", "--records"], "Name one file or two"),
        (["absent.csv"], "cannot be read"),
        (["LEFT", "--map", "surname=LNAME"], "No file has a column 'LNAME'"),
        (["LEFT", "--map", "colour=x"], "is not FIELD=COLUMN"),
        (["WRONG"], "has no column for a name"),
        (["EMPTY"], "is empty"),
        (["LEFT", "--out", "/proc/absent/pairs.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(left, tmp_path, words, reason):
    files = {
        "LEFT": left,
        "WRONG": write(tmp_path / "wrong.csv", [["1", "red"]], ("number", "colour")),
        "EMPTY": write(tmp_path / "empty.csv", [], ()),
    }
    with pytest.raises(CommandError, match=reason):
        told(*(files.get(word, word) for word in words))


def test_spark_says_which_part_is_missing(monkeypatch):
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(engine.EngineMissing, match="pyspark is not installed"):
        spark.demand_spark()
    monkeypatch.setattr(spark.importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(engine.EngineMissing, match="Java"):
        spark.demand_spark()


@pytest.mark.heavy
@pytest.mark.both
def test_where_an_outcome_begins_is_the_authoritys_to_say():
    mine = stage(MENTIONS, REGISTER, model=first_model(), engine="duckdb", at=SHIPPED)
    strict = Thresholds(match=0.9999, potential=0.995, low=0.5)
    theirs = stage(MENTIONS, REGISTER, model=first_model(), engine="duckdb", at=strict)

    changed = [
        (one.outcome, other.outcome, one.score.probability)
        for one, other in zip(mine, theirs, strict=True)
        if one.outcome != other.outcome
    ]
    assert ("match", "potential") in {(before, after) for before, after, _ in changed}
    assert all(0.05 <= probability < 0.9999 for _, _, probability in changed)


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_the_command_stages_with_the_thresholds_in_use(left, tmp_path):
    rows = people(80)
    for row in rows:
        row[4], row[5] = "7 Elsewhere Lane", "LL55 1AA"
    right = write(tmp_path / "right.csv", rows)

    def outcomes():
        pairs = tmp_path / "pairs.csv"
        told(left, right, "--out", pairs)
        with pairs.open(newline="", encoding="utf-8") as file:
            return {float(line["probability"]): line["outcome"] for line in csv.DictReader(file)}

    before = outcomes()
    authority.change_setting("matching.match_at", value=99.9, by=None, now=NOW)
    after = outcomes()

    assert before.keys() == after.keys()
    changed = {each for each in before if before[each] != after[each]}
    assert changed == {each for each in before if 0.99 <= each < 0.999} != set()
    assert {(before[each], after[each]) for each in changed} == {("match", "potential")}
