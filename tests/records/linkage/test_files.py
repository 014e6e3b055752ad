"""Whole files compared: how they are read, what is learnt from them, and how their figures are told."""

import csv
import json
import math
import random
from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from guildhall.records.children.folding import sound
from guildhall.records.linkage.files.columns import NoSuchColumn, columns_of, read_mapping
from guildhall.records.linkage.files.days import day_in
from guildhall.records.linkage.files.pairing import compare_files
from guildhall.records.linkage.files.reading import UnreadableFile, read_people
from guildhall.records.linkage.management import progress
from guildhall.records.linkage.model import Model, first_model
from guildhall.records.linkage.scoring import FIELDS

FORENAMES = (
    *("Mali", "Owen", "Aisha", "Jakub", "Ffion", "Grace", "Noah", "Zofia", "Dewi", "Harpreet", "Layla"),
    *("Tomos", "Ella", "Idris", "Nia", "Oscar"),
)
SURNAMES = (
    *("Pritchard", "Kowalska", "Hussain", "O'Brien", "Llewellyn", "Smith-Taylor", "Patel", "Davies"),
    *("Nowak", "Gill", "Thomas", "Rahman", "Wright", "Bevan", "Hughes", "Adeyemi"),
)
STREETS = ("Heol y Bont", "High Street", "Station Road", "Mill Lane", "Ffordd Las", "Church Walk")
HEADINGS = ("id", "forename", "surname", "date of birth", "address", "postcode")


def people(count: int, seed: int = 1) -> list[list[str]]:
    draw = random.Random(seed)
    return [
        [
            f"A{n}",
            draw.choice(FORENAMES) + draw.choice(["", "", "-Rose", " Lee"]),
            draw.choice(SURNAMES),
            f"{draw.randint(2008, 2022)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            f"{draw.randint(1, 90)} {draw.choice(STREETS)}",
            f"CF{draw.randint(10, 40)} {draw.randint(1, 9)}{draw.choice('ABDEF')}{draw.choice('GHJLN')}",
        ]
        for n in range(count)
    ]


def miswritten(rows: list[list[str]], seed: int = 2) -> list[list[str]]:
    """The same people as somebody else wrote them: a letter dropped, a date turned round, a move."""
    draw = random.Random(seed)
    found = []
    for n, (_, forename, surname, born, address, postcode) in enumerate(rows):
        if draw.random() < 0.3:
            at = draw.randrange(len(surname))
            surname = surname[:at] + surname[at + 1 :]
        if draw.random() < 0.1:
            address, postcode = f"{draw.randint(1, 90)} {draw.choice(STREETS)}", "SA1 1AA"
        if draw.random() < 0.05:
            forename, surname = surname, forename
        found.append([f"B{n}", forename, surname, born, address, postcode])
    return found


def write(path, rows, headings=HEADINGS, *, delimiter=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    return path


@pytest.fixture
def files(tmp_path):
    rows = people(900)
    left = write(tmp_path / "left.csv", rows)
    right = write(tmp_path / "right.csv", miswritten(rows)[:800])
    truth = write(tmp_path / "truth.csv", [(f"A{n}", f"B{n}") for n in range(800)], ("left", "right"))
    return left, right, truth


def evaluated(left, truth, right=None, *more):
    out = StringIO()
    right = ["--right", str(right)] if right else []
    call_command("linkage", "evaluate", "--left", left, *right, "--truth", truth, "--json", *more, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.heavy
@pytest.mark.req("GH-018")
def test_missed_and_false_links_are_counted_at_each_threshold(files):
    left, right, truth = files
    found = evaluated(left, truth, right)
    assert (found["left_rows"], found["right_rows"], found["true_pairs"]) == (900, 800, 800)
    for figures in found["thresholds"]:
        assert figures["true_links"] + figures["missed_links"] == 800
        assert figures["true_links"] + figures["false_links"] == figures["links"]
        if figures["links"]:
            assert figures["precision"] == pytest.approx(figures["true_links"] / figures["links"], abs=1e-6)
    recalls = [figures["recall"] for figures in found["thresholds"]]
    assert recalls == sorted(recalls, reverse=True)
    assert found["best"]["f1"] > 0.97
    assert found["machine"]["false_links"] == 0


@pytest.mark.heavy
@pytest.mark.req("GH-018")
def test_error_rates_are_told_by_group_of_names(files):
    left, right, truth = files
    groups = evaluated(left, truth, right)["groups"]
    assert {"welsh", "polish", "south-asian", "hyphenated"} <= set(groups)
    assert sum(figures["true_links"] + figures["missed_links"] for figures in groups.values()) == 800


def test_missed_and_false_links_are_explained(tmp_path):
    rows = people(400)
    left = write(tmp_path / "l.csv", rows)
    other = [[f"B{n}", row[1], "Xerxes", "1990-01-01", row[4], row[5]] for n, row in enumerate(rows)]
    right = write(tmp_path / "r.csv", other)
    truth = write(tmp_path / "t.csv", [(f"A{n}", f"B{n}") for n in range(400)], ("l", "r"))
    found = evaluated(left, truth, right, "--as-shipped")
    half = next(figures for figures in found["thresholds"] if figures["threshold"] == 0.5)
    assert (len(found["missed"]), len(found["false"])) == (
        half["missed_links"],
        half["false_links"],
    )
    missed = found["missed"][0]
    assert missed["left"][1:] == missed["right"][1:] and missed["probability"] < 0.5
    assert missed["levels"]["born_on"] == "different"
    assert missed["weights"]["born_on"] == first_model().fields["born_on"]["different"]
    assert missed["vetoes"] == []
    assert "1990-01-01" in missed["written"][1]


@pytest.mark.heavy
def test_one_file_is_searched_for_doubles(files, tmp_path):
    rows = people(900)
    both = write(tmp_path / "both.csv", [*rows, *miswritten(rows)[:300]])
    truth = write(tmp_path / "t.csv", [(f"B{n}", f"A{n}") for n in range(300)], ("a", "b"))
    found = evaluated(both, truth)
    assert found["true_pairs"] == 300
    assert found["best"]["f1"] > 0.93


@pytest.mark.heavy
def test_weights_are_learnt_from_the_files_themselves(tmp_path):
    """Where every fifth forename was replaced, and nobody has a twin, a forename says little."""
    rows, draw = people(900), random.Random(3)
    left = write(tmp_path / "l.csv", rows)
    renamed = [
        [f"B{n}", draw.choice(FORENAMES) if n % 5 == 0 else row[1], *row[2:]] for n, row in enumerate(rows)
    ]
    right = write(tmp_path / "r.csv", renamed)
    truth = write(tmp_path / "t.csv", [(f"A{n}", f"B{n}") for n in range(900)], ("l", "r"))
    fitted, shipped = (evaluated(left, truth, right, *more) for more in ([], ["--as-shipped"]))
    assert (fitted["model"], shipped["model"]) == ("fitted", first_model().version)
    assert fitted["best"]["f1"] > 0.98 > shipped["best"]["f1"]


def test_few_pairs_teach_nothing(tmp_path):
    path = write(tmp_path / "few.csv", people(20))
    rows = read_people(path, {}).rows
    assert compare_files(rows, rows[:10], start=first_model(), fitted=True).model == first_model()


def test_a_model_goes_to_json_and_back():
    model = first_model()
    assert Model.from_json(json.loads(json.dumps(model.as_json()))) == model


def test_weights_learnt_before_a_field_was_compared_weigh_it_as_shipped():
    older = first_model().as_json() | {"version": "trained"}
    older["fields"] = {part: levels for part, levels in older["fields"].items() if part != "uln"}
    assert Model.from_json(older).fields["uln"] == first_model().fields["uln"]
    older["fields"]["forename"] = {"exact": 8.0}
    assert Model.from_json(older).fields["forename"] == first_model().fields["forename"] | {"exact": 8.0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"prior": math.nan},
        {"prior": -1e308},
        {"fields": {"forename": {"exact": math.inf}}},
        {"fields": {"forename": {"exact": "7"}}},
        {"names": 3},
        {"names": {"surname": {"rees": math.nan}}},
    ],
)
def test_a_file_of_weights_with_what_is_no_number_is_refused(tmp_path, wrong):
    rows = write(tmp_path / "f.csv", people(2))
    truth = write(tmp_path / "t.csv", [("A0", "A1")], ("left", "right"))
    model = tmp_path / "model.json"
    model.write_text(json.dumps(first_model().as_json() | wrong))
    with pytest.raises(CommandError, match="is not a file of weights"):
        evaluated(rows, truth, None, "--model", model)


@pytest.mark.req("GH-013")
def test_the_number_of_a_learner_is_read_from_a_column_and_decides(tmp_path):
    headings = ("id", "forename", "surname", "dob", "LearnRef")
    left = write(tmp_path / "l.csv", [["1", "Mali", "Rees", "2008-05-01", "1234567899"]], headings)
    others = [["2", "M", "Bevan", "", "123 456 7899"], ["3", "Mali", "Rees", "2008-05-01", "1000000000"]]
    right = write(tmp_path / "r.csv", others, headings)
    people, rest = (read_people(path, {"uln": "LearnRef"}).rows for path in (left, right))
    compared = compare_files(people, rest, start=first_model(), fitted=False)
    found = {rest[pair.right].id: pair for pair in compared.pairs}
    levels = {own: dict(zip(FIELDS, pair.levels, strict=True))["uln"] for own, pair in found.items()}
    assert levels == {"2": "exact", "3": "different"}
    assert found["3"].vetoes == ("uln",)


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Baby", "Rees", "2021-03-04"), ("Mali", "Rees", "2021-03-04")),
        (("Twin 1", "Rees", "2021-03-04"), ("Twin 2", "Rees", "2021-03-04")),
        (("Tomos", "Rees", "2019-08-21"), ("Mali", "Rees", "2021-03-04")),
    ],
)
def test_who_may_be_another_child_of_the_home_is_never_linked_without_a_person(tmp_path, left, right):
    home, wide = ["7 Mill Lane", "CF10 1AA"], Model(**_surer(first_model()))
    (tmp_path / "weights.json").write_text(json.dumps(wide.as_json()))
    for side, names in (("left", left), ("right", right)):
        write(tmp_path / f"{side}.csv", [["1", *names, *home]])
    write(tmp_path / "truth.csv", [["1", "1"]], ["left", "right"])
    found = evaluated(
        tmp_path / "left.csv",
        tmp_path / "truth.csv",
        tmp_path / "right.csv",
        *("--model", str(tmp_path / "weights.json")),
    )
    assert found["one_to_one"][-1]["links"] == 1
    assert found["machine"]["links"] == 0


def _surer(model):
    """The model that believes every pair."""
    return {**model.__dict__, "prior": 30.0}


@pytest.mark.heavy
@pytest.mark.req("GH-013")
def test_twins_of_both_files_stay_apart_and_their_forename_speaks_against_them(tmp_path):
    rows = people(600)
    twins = [[f"{row[0]}T", "Gwenllian" if row[1][0] != "G" else "Bedwyr", *row[2:]] for row in rows[:120]]
    here = [*rows, *twins]
    left = write(tmp_path / "l.csv", here)
    there = [[row[0].replace("A", "B"), *row[1:]] for row in here]
    right = write(tmp_path / "r.csv", miswritten(there, seed=5))
    truth = write(tmp_path / "t.csv", [(row[0], f"B{n}") for n, row in enumerate(here)], ("l", "r"))
    found = evaluated(left, truth, right)
    at_match = next(figures for figures in found["one_to_one"] if figures["threshold"] == 0.99)
    assert found["machine"]["false_links"] == 0
    assert at_match["false_links"] == 0


def test_other_headings_are_known_or_named(tmp_path):
    rows = people(30)
    headings = ("pupil ref", "Given Name", "LNAME2", "D.O.B.", "Address Line 1", "Post Code")
    path = write(tmp_path / "odd.csv", rows, headings)
    given = read_mapping(["id=pupil ref", "surname=lname2"])
    read = read_people(path, given)
    assert read.columns == {
        "id": "pupil ref", "surname": "LNAME2", "forename": "Given Name", "born_on": "D.O.B.",
        "address_1": "Address Line 1", "postcode": "Post Code",
    }  # fmt: skip
    assert (read.rows[0].id, read.rows[0].who.surname) == (rows[0][0], rows[0][2])


@pytest.mark.parametrize("written", ["surname", "surname=", "colour=red", "=x"])
def test_a_mapping_that_makes_no_sense_is_refused(written):
    with pytest.raises(NoSuchColumn):
        read_mapping([written])


def test_a_mapped_column_that_no_file_has_is_refused(files):
    left, right, truth = files
    with pytest.raises(CommandError, match="No file has a column 'NOPE'"):
        evaluated(left, truth, right, "--map", "surname=NOPE")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_delimiter_and_encoding_is_read(tmp_path, delimiter, encoding):
    rows = [["1", "Siân", "O’Brien", "2015-03-01", "1 Stryd, Fawr", "CF10 1AA"]]
    path = write(tmp_path / "f.csv", rows, delimiter=delimiter, encoding=encoding)
    who = read_people(path, {}).rows[0].who
    assert (who.forename, who.surname, who.address_lines) == ("Siân", "O’Brien", ("1 Stryd, Fawr",))


@pytest.mark.parametrize(
    "written",
    [
        "2015-03-27",
        "27/03/2015",
        "20150327",
        "27-03-2015",
        "27.03.2015",
        "27 Mar 2015",
        "2015-03-27T00:00:00",
        "2015-03-27 00:00:00.000",
        "2015-03-27 12:00:00+00:00",
        "27/03/2015 00:00",
        "27/3/15",
        "27.03.15",
        "2015.03.27",
        "27032015",
        "42090",
        "27-Mar-2015",
        "27Mar15",
        "27th March 2015",
        "Fri 27 Mar. 2015",
        "27 Mawrth 2015",
        "March 27, 2015",
        "03/27/2015",
    ],
)
def test_any_usual_form_of_date_is_read(written):
    assert day_in(written).isoformat() == "2015-03-27"


@pytest.mark.parametrize(
    "written", ["31/02/2015", "not known", "27/03/215", "00000000", "20151399", "27 Ma 2015"]
)
def test_what_is_no_date_is_none(written):
    assert day_in(written) is None


def test_a_file_with_the_month_before_the_day_is_read_so(tmp_path):
    rows = [[str(n), "Mali", "Rees", born, "", ""] for n, born in enumerate(("03/04/2015", "3/27/2015"))]
    read = read_people(write(tmp_path / "f.csv", rows), {})
    assert read.month_first
    assert [row.who.born_on.isoformat() for row in read.rows] == ["2015-03-04", "2015-03-27"]
    rows.append(["9", "Mali", "Rees", "27/03/2015", "", ""])
    read = read_people(write(tmp_path / "f.csv", rows), {})
    assert not read.month_first
    assert read.rows[0].who.born_on.isoformat() == "2015-04-03"


@pytest.mark.parametrize("before", ["\n\n", ",,\n", "sep=,\n", "\ufeff\n"])
def test_the_heading_may_have_lines_before_it(tmp_path, before):
    path = tmp_path / "f.csv"
    path.write_text(f"{before}id,forename,surname\n1,Mali,Rees\n", encoding="utf-8")
    read = read_people(path, {})
    assert [(row.line, row.who.name) for row in read.rows] == [(before.count("\n") + 2, "Mali Rees")]


def test_a_delimiter_in_a_quoted_heading_is_none(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text('"id";"forename";"surname";"address, as, we, hold, it"\n1;Mali;Rees;x\n')
    assert read_people(path, {}).rows[0].who.name == "Mali Rees"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + b"\x14\0" * 40, b"\x89PNG\r\n\x1a\n\0", bytes(range(256))]
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="no CSV file"):
        read_people(path, {})


def test_a_value_below_no_heading_says_nothing(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("id,forename,surname,,\n1,Mali,Rees,ask her mother,\n")
    who = read_people(path, {}).rows[0].who
    assert (who.name, who.midname, who.upn, who.postcode) == ("Mali Rees", "", "", "")


def a_workbook(path, *rows):
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_and_its_bad_rows_have_the_number_that_excel_shows(tmp_path):
    headings = ("id", "forename", "surname", "date of birth", "NHS number", "postcode")
    rows = [
        (101, "Siân", "O’Brien", date(2015, 3, 4), 9434765919, "CF62 1AA"),
        (102, None, None, None, None, "CF62 1AA"),
        (101, "Mali", "Rees", datetime(2015, 3, 4, 0, 0), None, None),
        (104, "Mali", "Rees", "4/3/15", None, None, "check this one"),
        (105, "Owen", "Rees", 42067, None, None),
    ]
    read = read_people(a_workbook(tmp_path / "f.xlsx", (), headings, *rows), {})
    assert [(row.line, row.id, row.who.name) for row in read.rows] == [
        (3, "101", "Siân O’Brien"),
        (6, "104", "Mali Rees"),
        (7, "105", "Owen Rees"),
    ]
    assert {row.who.born_on for row in read.rows} == {date(2015, 3, 4)}
    assert read.rows[0].who.nhs_number == "9434765919"
    assert [(bad.line, bad.id, bad.code) for bad in read.bad] == [(4, "102", "nobody"), (5, "101", "same_id")]


def test_a_workbook_is_the_truth_too(files, tmp_path):
    left, right, _ = files
    truth = a_workbook(tmp_path / "t.xlsx", ("left", "right"), ("A1", "B1"), ("A2", "nobody"))
    told = evaluated(left, truth, right, "--as-shipped")
    assert told["true_pairs"] == 1
    assert [bad["line"] for bad in told["files"]["truth"]["bad"]] == [3]


def test_a_workbook_with_more_cells_than_may_be_is_refused_in_words(tmp_path):
    path = a_workbook(tmp_path / "f.xlsx", ("forename",))
    book = load_workbook(path)
    book.worksheets[0]["XFD1048576"] = "far away"
    book.save(path)
    with pytest.raises(UnreadableFile, match="too many rows or columns"):
        read_people(path, {})


def test_a_whole_name_may_begin_with_the_surname(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text('id,name\n1,"Rees, Mali Haf"\n2,Mali Haf Rees\n')
    assert {(row.who.forename, row.who.surname) for row in read_people(path, {}).rows} == {
        ("Mali Haf", "Rees")
    }


def test_a_broken_row_says_why_and_the_rest_is_still_read(tmp_path):
    rows = people(3)
    rows[1] = ["X", "", "", "", "", ""]
    rows += [[rows[0][0], "Again", "Sameid", "", "", ""], ["Y", "N" * 201, "Long", "", "", ""]]
    read = read_people(write(tmp_path / "f.csv", rows), {})
    assert [row.id for row in read.rows] == ["A0", "A2"]
    assert {bad.line: bad.reason for bad in read.bad} == {
        3: "neither a name nor a date of birth with an address",
        5: "an earlier line has the same id",
        6: "a name is longer than 200 characters",
    }


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('5,"Mali,Pritchard,2015-03-04,,', "its values cannot be told apart"),
        ('5,"Mali"x,"Pritchard,2015-03-04,,', "its values cannot be told apart"),
        ("5,Mali,Pritchard,2015-03-04,1 High Street,CF1 1AA,Barry", "it has more values than there are"),
        (f"5,Mali,Pritchard,2015-03-04,{'x' * 200_000},", "its values cannot be told apart"),
        (f"5,{'W' * 201},Pritchard,2015-03-04,,", "a name is longer than 200 characters"),
        ("5,,,,,", "neither a name nor a date of birth"),
    ],
)
def test_one_broken_line_spoils_no_other(tmp_path, broken, reason):
    file = tmp_path / "broken.csv"
    good = ['1,"Anna ""Ann""",Bevan,2015-03-04,"1 High Street\nBarry",CF1 1AA', "2,Dewi,O'Brien,,,"]
    after = ['6,Siân,"Ellis, Jones",2015-03-04,,', "7,Owen,Ellis"]
    file.write_text("\n".join((",".join(HEADINGS), *good, broken, *after)), encoding="utf-8")
    read = read_people(file, {})
    assert [row.id for row in read.rows] == ["1", "2", "6", "7"]
    assert [row.line for row in read.rows] == [2, 4, 6, 7]
    assert read.rows[0].who.address_lines == ("1 High Street\nBarry",)
    assert read.rows[2].who.surname == "Ellis, Jones"
    assert [(bad.line, bad.reason.startswith(reason)) for bad in read.bad] == [(5, True)]


def test_one_line_in_another_encoding_spoils_no_other(tmp_path):
    file = tmp_path / "mixed.csv"
    lines = [f"{n},Siân,Ŵyn" for n in range(3)]
    content = "\n".join(["id,forename,surname", *lines]).encode("utf-8-sig")
    file.write_bytes(content + b"\n9,Zo\xeb,M\xfcller\n")
    names = [row.who.name for row in read_people(file, {}).rows]
    assert names == ["Siân Ŵyn"] * 3 + ["Zoë Müller"]


def test_the_commands_tell_which_rows_have_a_doubtful_date(tmp_path, files):
    left = write(
        tmp_path / "doubtful.csv",
        [
            ["A1", "Mali", "Pritchard", "2999-01-01", "", ""],
            ["A2", "Owen", "Bevan", "1900-01-01", "", ""],
            ["A3", "Nia", "Gill", "31/02/2015", "", ""],
            ["A4", "J", "Ö", "2015-03-04", "", ""],
        ],
    )
    truth = write(tmp_path / "same.csv", [["A1", "A2"]], ("left", "right"))
    out = StringIO()
    call_command("linkage", "evaluate", "--left", str(left), "--truth", str(truth), stdout=out)
    for words in (
        "line 2 used, but the date of birth is in the future",
        "line 3 used, but the date of birth is 1900 or earlier",
        "line 4 used, but the date of birth cannot be read",
    ):
        assert words in out.getvalue()
    assert "line 5" not in out.getvalue()


@pytest.mark.slow
def test_a_million_rows_are_read_when_one_is_broken(tmp_path):
    file, rows = tmp_path / "million.csv", 1_000_000
    with file.open("w", encoding="utf-8") as written:
        written.write("id,forename,surname,date of birth\n")
        written.writelines(
            f"{n},Siân{n},O’Brien,04/03/2015\n" if n != 600_000 else f'{n},"Siân,O’Brien,\n'
            for n in range(rows)
        )
    read = read_people(file, {})
    assert [(bad.line, bad.code) for bad in read.bad] == [(600_002, "broken")]
    assert len(read.rows) == rows - 1
    assert read.rows[-1].who.forename == f"Siân{rows - 1}"


def test_a_date_that_is_none_leaves_the_row_without_one(tmp_path):
    rows = [["1", "Mali", "Rees", "31/02/2015", "", ""], ["2", "Mali", "Rees", "not known", "", ""]]
    assert [row.who.born_on for row in read_people(write(tmp_path / "f.csv", rows), {}).rows] == [None, None]


@pytest.mark.parametrize("content", ["", "\n\n", "id,colour\n1,red\n"])
def test_a_file_without_people_is_refused_in_words(tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_text(content)
    with pytest.raises(UnreadableFile, match=r"empty|no column for a name. Its columns are: id, colour"):
        read_people(path, {})


def test_a_file_that_is_not_there_and_a_truth_of_other_ids_are_refused(files, tmp_path):
    left, right, truth = files
    with pytest.raises(CommandError, match="cannot be read"):
        evaluated(tmp_path / "gone.csv", truth, right)
    strange = write(tmp_path / "s.csv", [("x", "y")], ("l", "r"))
    with pytest.raises(CommandError, match="has no pair"):
        evaluated(left, strange, right)


@pytest.mark.heavy
def test_the_truth_may_name_the_right_file_first(files, tmp_path):
    left, right, _ = files
    turned = write(tmp_path / "t.csv", [(f"B{n}", f"A{n}") for n in range(800)], ("r", "l"))
    assert evaluated(left, turned, right)["true_pairs"] == 800


def test_the_truth_may_have_other_columns_before_the_ids(files, tmp_path):
    left, right, _ = files
    lines = [(n, "left.csv", f"A{n}", "right.csv", f"B{n}") for n in range(20)]
    truth = write(tmp_path / "t.csv", lines, ("", "source_l", "id_l", "source_r", "id_r"))
    found = evaluated(left, truth, right, "--as-shipped")
    assert (found["true_pairs"], found["files"]["truth"]["bad"]) == (20, [])


def test_ids_written_otherwise_in_the_truth_are_shown_beside_those_of_the_files(tmp_path):
    left, right = (write(tmp_path / f"{side}.csv", [("007", "Mali", "Rees", "", "", "")]) for side in "lr")
    truth = write(tmp_path / "t.csv", [("7", "7")], ("left", "right"))
    with pytest.raises(CommandError, match=r"ends with '7, 7'; .* begin with the ids '007' and '007'"):
        evaluated(left, truth, right)


def test_a_file_with_headings_only_is_named_before_the_truth_is_blamed(files, tmp_path):
    left, _, truth = files
    with pytest.raises(CommandError, match="The right file has no row that can be used"):
        evaluated(left, truth, write(tmp_path / "r.csv", []))


def test_who_waits_for_large_files_is_told_what_goes_on(files, monkeypatch, capsys):
    left, right, truth = files
    monkeypatch.setattr(progress, "MANY", 1_000)
    evaluated(left, truth, right, "--as-shipped")
    told = capsys.readouterr().err.splitlines()
    assert ["1,700 rows read" in told[0], "800 true pairs" in told[1], "compared" in told[2]] == [True] * 3


@pytest.mark.parametrize("heading", [[("left", "right")], [("id", "id")], []])
def test_both_files_may_use_the_same_ids(tmp_path, heading):
    rows = people(30)
    left, right = write(tmp_path / "l.csv", rows), write(tmp_path / "r.csv", rows)
    truth = tmp_path / "t.csv"
    truth.write_text("".join(f"{one},{other}\n" for one, other in [*heading, *((r[0], r[0]) for r in rows)]))
    found = evaluated(left, truth, right)
    assert (found["true_pairs"], found["files"]["truth"]["bad"]) == (30, [])
    assert found["best"]["recall"] == 1


def test_a_line_of_the_truth_that_says_nothing_of_the_files_says_why(tmp_path):
    left = write(tmp_path / "l.csv", people(30))
    truth = tmp_path / "t.csv"
    truth.write_text("a,b\nA1,A2\nA2,A1\nA3,gone\nA4,A4\nA5\n\nA6,A7\n")
    found = evaluated(left, truth)
    assert found["true_pairs"] == 2
    assert {bad["line"]: bad["reason"] for bad in found["files"]["truth"]["bad"]} == {
        3: "an earlier line has the same pair",
        4: "no row that could be used has the id gone",
        5: "both ids are those of one row",
        6: "it has not two ids",
    }


@pytest.mark.parametrize(
    "headings",
    [
        ["Child ID", "Child's First Name", "Child's Last Name", "Child DOB", "Home Address", "Home Postcode"],
        ["PersonRef", "Legal First Name", "Legal Last Name", "Birth Date", "Address", "Post Code"],
        ["PupilNo", "Given Name(s)", "Family Name", "DOB (dd/mm/yyyy)", "House and Street", "Postal Code"],
        ["rec_id_left", "forename_left", "surname_left", "dob_left", "address_1_left", "postcode_left"],
    ],
)
def test_headings_of_other_systems_are_known(headings):
    parts = ("id", "forename", "surname", "born_on", "address_1", "postcode")
    assert columns_of(headings, {}) == dict(zip(parts, headings, strict=True))


def test_a_heading_in_so_many_words_comes_before_one_that_only_may_be_meant():
    found = columns_of(["Pupil Surname", "Home Postcode", "Surname", "Postcode"], {})
    assert (found["surname"], found["postcode"]) == ("Surname", "Postcode")


def test_columns_are_guessed_once_each():
    assert columns_of(["rec_id", "given_name", "surname", "suburb", "dob_l"], {}) == {
        "id": "rec_id", "forename": "given_name", "surname": "surname", "town": "suburb", "born_on": "dob_l",
    }  # fmt: skip


@pytest.mark.parametrize(
    "one, other", [("phillips", "filips"), ("catrin", "katryn"), ("rhys", "reece"), ("kowalski", "kowalsky")]
)
def test_names_that_sound_alike_have_one_sound(one, other):
    assert sound(one) == sound(other)
