"""Whole files of families: brothers and sisters share surname and home, and are not the same child."""

import csv
import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from guildhall.records.linkage.files.columns import columns_of
from guildhall.records.linkage.files.pairing import blocks_of, sharing
from guildhall.records.linkage.files.reading import read_people
from guildhall.records.linkage.seen import see

FORENAMES = (
    *("Mali", "Owen", "Aisha", "Jakub", "Grace", "Noah", "Zofia", "Harpreet", "Layla", "Tomos", "Ella"),
    *("Idris", "Oscar", "Freya", "Hugo", "Martha", "Bilal", "Nerys", "Piotr", "Chidinma", "Beatriz"),
)
SURNAMES = (
    *("Pritchard", "Hussain", "Llewellyn", "Patel", "Davies", "Nowak", "Gill", "Rahman", "Wright", "Bevan"),
    *("Adeyemi", "Fernandes", "Murphy", "Haddad", "Wong", "Featherstone", "Ogden", "Sutcliffe", "Mensah"),
)
STREETS = ("Heol y Bont", "High Street", "Station Road", "Mill Lane", "Ffordd Las", "Church Walk", "Bryn")
HEADINGS = ("id", "forename", "surname", "date of birth", "address", "postcode")


def families(count: int) -> list[list[str]]:
    """Four in each: three children, of whom now and then two are twins, and the eldest's father or mother
    of the same name."""
    draw = random.Random(7)
    rows = []
    for family in range(count):
        home = [f"{draw.randint(1, 150)} {draw.choice(STREETS)}", _postcode(draw)]
        surname, forenames = draw.choice(SURNAMES), draw.sample(FORENAMES, 3)
        born = [_day(draw, 2006, 2020) for _ in forenames]
        if family % 8 == 0:
            born[1] = born[0]
        for name, day in zip([*forenames, forenames[0]], [*born, _day(draw, 1975, 1990)], strict=True):
            rows.append([f"A{len(rows)}", name, surname, day, *home])
    return rows


def _postcode(draw: random.Random) -> str:
    return f"CF{draw.randint(3, 40)} {draw.randint(0, 9)}{draw.choice('ABDEF')}{draw.choice('GHJLN')}"


def _day(draw: random.Random, first: int, last: int) -> str:
    return f"{draw.randint(first, last)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"


def rewritten(rows: list[list[str]]) -> list[list[str]]:
    """Half of them as somebody else wrote them."""
    draw = random.Random(8)
    found = []
    for own_id, forename, surname, born, address, postcode in rows:
        if draw.random() < 0.5:
            continue
        if draw.random() < 0.1:
            surname = surname[:3] + surname[4:]
        if draw.random() < 0.05:
            born = ""
        if draw.random() < 0.1:
            address, postcode = f"{draw.randint(1, 150)} {draw.choice(STREETS)}", _postcode(draw)
        found.append([own_id.replace("A", "B"), forename, surname, born, address, postcode])
    return found


def written(path, rows, headings=HEADINGS):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *rows])
    return str(path)


def evaluated(*options):
    out = StringIO()
    call_command("linkage", "evaluate", *options, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.heavy
@pytest.mark.req("GH-013", "GH-018")
@pytest.mark.parametrize("one_file", [False, True])
def test_a_family_teaches_nothing_of_what_one_child_looks_like(tmp_path, one_file):
    """With weights fitted to the files, as a stranger begins."""
    rows = families(300)
    others = rewritten(rows)
    truth = [(row[0].replace("B", "A"), row[0]) for row in others]
    files = ["--left", written(tmp_path / "l.csv", rows + others if one_file else rows)]
    files += [] if one_file else ["--right", written(tmp_path / "r.csv", others)]
    found = evaluated(*files, "--truth", written(tmp_path / "t.csv", truth, ("a", "b")))
    assert found["machine"]["false_links"] == 0
    assert found["machine"]["recall"] > 0.7
    surely = next(figures for figures in found["one_to_one"] if figures["threshold"] == 0.99)
    # Of fathers and sons a person must say whose record it is.
    assert surely["false_links"] < 0.03 * len(truth) or one_file
    assert found["best"]["f1"] > (0.8 if one_file else 0.7)


@pytest.mark.heavy
@pytest.mark.req("GH-018")
def test_files_without_addresses_are_evaluated(tmp_path):
    rows = [row[:4] for row in families(150)]
    left = written(tmp_path / "l.csv", rows, HEADINGS[:4])
    right = written(tmp_path / "r.csv", [[f"B{row[0]}", *row[1:]] for row in rows], HEADINGS[:4])
    truth = written(tmp_path / "t.csv", [(row[0], f"B{row[0]}") for row in rows], ("a", "b"))
    found = evaluated("--left", left, "--right", right, "--truth", truth)
    assert (found["model"], found["machine"]["false_links"]) == ("fitted", 0)


@pytest.mark.req("GH-018")
def test_the_column_of_ids_is_the_one_that_the_truth_has(tmp_path):
    """Where no heading says which it is; where the truth has line numbers, these are meant."""
    rows = families(4)
    numbered = [[str(n), *row[1:]] for n, row in enumerate(rows, start=101)]
    truth = written(tmp_path / "t.csv", [("A1", "102")], ("a", "b"))
    left = written(tmp_path / "l.csv", rows)
    right = written(tmp_path / "r.csv", numbered, ("Nr.", *HEADINGS[1:]))
    found = evaluated("--left", left, "--right", right, "--truth", truth)
    assert (found["true_pairs"], found["files"]["right"]["columns"]["id"]) == (1, "Nr.")

    without = written(tmp_path / "w.csv", [row[1:] for row in rows], HEADINGS[1:])
    by_line = written(tmp_path / "n.csv", [("2", "3")], ("a", "b"))
    told = evaluated("--left", without, "--truth", by_line)
    assert told["true_pairs"] == 1 and "id" not in told["files"]["left"]["columns"]


def test_headings_that_may_mean_a_name_are_taken_where_none_is_sure():
    assert columns_of(["given", "family", "previous"], {}) == {
        "forename": "given",
        "surname": "family",
        "former_surname": "previous",
    }
    assert columns_of(["family", "surname", "M/F", "Flat/House"], {}) == {
        "surname": "surname",
        "gender": "M/F",
        "street_number": "Flat/House",
    }


@pytest.mark.req("GH-018")
def test_rows_that_share_a_block_are_found_once_and_in_order(tmp_path):
    """However the blocks are divided to take little memory."""
    rows = families(30)
    ones = [see(row.who) for row in read_people(Path(written(tmp_path / "l.csv", rows)), {}).rows]
    others = [
        see(row.who) for row in read_people(Path(written(tmp_path / "r.csv", rewritten(rows))), {}).rows
    ]
    blocks, met = [blocks_of(one) for one in ones], [blocks_of(other) for other in others]
    between = [(a, b) for a in range(len(ones)) for b in range(len(others)) if blocks[a] & met[b]]
    within = [(a, b) for a in range(len(ones)) for b in range(a + 1, len(ones)) if blocks[a] & blocks[b]]
    assert len(between) > 100
    assert (list(sharing(ones, others)), list(sharing(ones, ones))) == (between, within)
