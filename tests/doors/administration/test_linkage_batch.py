"""The pages of whole files: compared by the worker, looked at and decided by people, undone."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from guildhall.foundation.outbox.worker import drain
from guildhall.records.children import services as children
from guildhall.records.children.identity import Identity
from guildhall.records.children.models import Child
from guildhall.records.linkage import services, tasks
from guildhall.records.linkage.bulk.models import BatchPair, BatchRow, BatchRun
from guildhall.records.linkage.bulk.staging import Staged
from guildhall.records.linkage.files.reading import read_uploaded
from guildhall.records.linkage.models import Decision, Mention
from guildhall.records.linkage.outcomes import outcome_of_one
from guildhall.records.linkage.scoring import score
from tests.standing import a_parent, an_administrator, an_officer, come_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
LIST = "batches:list"
HEADINGS = "id,forename,surname,date of birth,postcode"
MALI = Identity(
    forename="Mali",
    surname="Pritchard",
    born_on=date(2015, 3, 4),
    address_lines=("1 High Street", "Barry"),
    postcode="CF62 1AA",
)


@pytest.fixture
def officer(client: Client) -> Client:
    return come_in(client, an_officer())


def a_file(*lines: str, name: str = "school.csv", encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join((HEADINGS, *lines)).encode(encoding))


def sent(officer: Client, *lines: str, kind: str = "records", **more):
    given = {"kind": kind, "left": a_file(*lines)} | more
    return officer.post(reverse(LIST), given)


def compared(officer: Client, *lines: str, kind: str = "records", **more) -> BatchRun:
    """A file that was compared: pair by pair with the live scorer, because Splink takes seconds to begin."""
    answer = sent(officer, *lines, kind=kind, **more)
    assert answer.status_code == 302, answer.context["problems"]
    run = BatchRun.objects.latest("pk")
    services.start_batch(run)
    left = [(row.own_id, Identity.from_json(row.identity)) for row in run.rows.filter(side="left")]
    right = [(row.own_id, Identity.from_json(row.identity)) for row in run.rows.filter(side="right")]
    records = list(services.everybody())
    pairs = {
        "records": list(product(left, records)),
        "files": list(product(left, right)),
        "within": list(combinations(left, 2)),
        "register": list(combinations(records, 2)),
    }[kind]
    found = [Staged(one[0], other[0], "", score(one[1], other[1])) for one, other in pairs]
    found = [replace(pair, outcome=outcome_of_one(pair.score)) for pair in found]
    worth = [pair for pair in found if pair.outcome != "none"]
    services.finish_batch(run, worth, weights="first-1", now=NOW)
    return run


def decide(officer: Client, run: BatchRun, verdict: str, *pairs: BatchPair, sure: bool = True):
    given = {"verdict": verdict, "pair": [pair.pk for pair in pairs]} | ({"sure": "yes"} if sure else {})
    return officer.post(reverse("batches:decide", args=[run.pk]), given, follow=True)


def everything() -> list[dict[str, object]]:
    return list(Child.objects.order_by("pk").values())


@pytest.mark.req("GH-017")
def test_a_school_list_is_compared_by_the_worker_and_nothing_is_applied_unseen(officer: Client):
    child = children.add_child(MALI, by=None, now=NOW)
    before = everything()
    answer = sent(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA", "8,Owain,Bevan,01/02/2016,CF10 1AA")
    run = BatchRun.objects.get()
    assert "Waiting to be compared" in officer.get(answer.url).text
    drain()

    page = officer.get(answer.url).text
    assert "Ready to look at" in page
    assert reverse("council:child", args=[child.pk]) in page
    pair = run.pairs.get()
    assert (pair.left, pair.child, pair.verdict) == ("7", child, "waiting")
    assert "Owain Bevan" in officer.get(answer.url, {"outcome": "alone"}).text
    assert everything() == before
    assert not Mention.objects.exists()


def test_a_pair_is_accepted_after_a_second_look_and_undone(officer: Client):
    child = children.add_child(MALI, by=None, now=NOW)
    before = everything()
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AB")
    pair = run.pairs.get()

    assert "Accept 1 pairs as the same child?" in decide(officer, run, "accepted", pair, sure=False).text
    assert not Decision.objects.exists()

    assert "Accepted as the same child: 1" in decide(officer, run, "accepted", pair).text
    mention = Mention.objects.get()
    assert (mention.child, mention.state, mention.identity["postcode"]) == (child, "linked", "CF62 1AB")
    assert everything() == before, "the record keeps what it says"
    assert "Choose one or more pairs" in decide(officer, run, "rejected", pair).text

    officer.post(reverse("batches:undo", args=[run.pk, pair.pk]))
    mention.refresh_from_db()
    pair.refresh_from_db()
    assert (mention.child, mention.state, pair.verdict) == (None, "rejected", "waiting")
    assert everything() == before

    decide(officer, run, "accepted", pair)
    mention.refresh_from_db()
    assert (mention.child, Mention.objects.count()) == (child, 1)


def test_accepting_wins_over_what_the_machine_would_have_linked(officer: Client):
    surely = children.add_child(MALI, by=None, now=NOW)
    other = children.add_child(replace(MALI, forename="Malli", postcode=""), by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA")
    pairs = {pair.child: pair for pair in run.pairs.all()}
    assert {surely, other} <= set(pairs)

    decide(officer, run, "accepted", pairs[other])
    assert Mention.objects.get().child == other
    assert "already tied to another record" in decide(officer, run, "accepted", pairs[surely]).text.replace(
        "tied to another record already", "already tied to another record"
    )
    assert Mention.objects.get().child == other


def test_pairs_of_files_and_of_records_keep_a_verdict_and_change_nothing(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    children.add_child(MALI, by=None, now=NOW)
    before = everything()
    line = "7,Mali,Pritchard,04/03/2015,CF62 1AA"
    right = a_file("99,Mali,Pritchard,2015-03-04,CF62 1AA", name="other.csv")
    runs = [
        compared(officer, line, kind="files", right=right),
        compared(officer, line, "8,Mali,Pritchard,04/03/2015,CF62 1AA", kind="within"),
        compared(officer, kind="register"),
    ]
    for run in runs:
        pair = run.pairs.get()
        assert decide(officer, run, "accepted", pair, sure=False).status_code == 200
        decide(officer, run, "accepted", pair)
        pair.refresh_from_db()
        assert pair.verdict == "accepted"
        assert "The same child" in officer.get(reverse("batches:run", args=[run.pk])).text
    assert runs[2].pairs.get().left_child != runs[2].pairs.get().child
    assert everything() == before
    assert not Mention.objects.exists()


@pytest.mark.req("GH-016")
def test_two_records_that_are_one_child_lead_to_their_merge_and_back(officer: Client):
    kept = children.add_child(MALI, by=None, now=NOW)
    gone = children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, kind="register")
    here = reverse("batches:run", args=[run.pk])
    merge = f"{reverse('council:child-merge-with', args=[kept.pk, gone.pk])}?batch={run.pk}"
    assert merge not in officer.get(here).text, "nobody has said that they are one"
    decide(officer, run, "accepted", run.pairs.get())
    assert merge in officer.get(here).text

    page = officer.get(merge)
    assert here in page.text
    assert f"{reverse('council:child-merge-with', args=[gone.pk, kept.pk])}?batch={run.pk}" in page.text
    seen = {"kept-seen": page.context["kept_seen"], "gone-seen": page.context["gone_seen"]}
    answer = officer.post(merge, seen | {"confirmed": "yes"}, follow=True)

    assert answer.redirect_chain == [(here, 302)]
    assert "The two records are one now" in answer.text
    assert "They are one record now" in answer.text and merge not in answer.text
    for nonsense in ("x", "9" * 30, "²", str(run.pk + 1)):
        other = officer.post(merge.replace(f"={run.pk}", f"={nonsense}"), seen)
        assert other.url == reverse("council:child", args=[kept.pk])


def test_one_bad_row_is_named_and_the_rest_is_still_done(officer: Client):
    children.add_child(replace(MALI, forename="Siân", surname="O’Brien-Ŵyn"), by=None, now=NOW)
    run = compared(
        officer,
        "1,Siân,O'Brien-Ŵyn,04/03/2015,CF62 1AA",
        ",,,,",
        "2,,,,CF1",
        f"3,{'x' * 201},Y,01/01/2015,",
        "1,Again,Same,01/01/2015,",
        "4,J,Ö,31/02/2015,",
        "5,Future,Child,01/01/2999,",
        "6,Old,Child,01/01/1900,",
        f"7,{'W' * 200},{'x' * 200},01/01/2015,",
    )
    page = officer.get(reverse("batches:run", args=[run.pk])).text
    for words in (
        "line 4: left out, because there is neither",
        "line 5: left out, because a name is longer",
        "line 6: left out, because an earlier line has the same id",
        "line 7: used without the date of birth",
        "line 8: used, but the date of birth is in the future",
        "line 9: used, but the date of birth is 1900",
    ):
        assert words in page
    assert (run.counts["rows"], run.counts["bad"], run.pairs.get().left) == (5, 3, "1")


def test_both_usual_encodings_are_read(officer: Client):
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        run = compared(
            officer,
            kind="within",
            left=a_file("1,Zoë,Müller,04/03/2015,", name="x.csv", encoding=encoding),
        )
        assert run.rows.get().identity["forename"] == "Zoë"


def a_workbook(*rows) -> SimpleUploadedFile:
    book, content = Workbook(), io.BytesIO()
    for row in (HEADINGS.split(","), *rows):
        book.worksheets[0].append(row)
    book.save(content)
    return SimpleUploadedFile("school.xlsx", content.getvalue())


@pytest.mark.req("GH-017")
def test_a_workbook_is_compared_and_one_bad_row_is_named(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    file = a_workbook(("1", "Mali", "Pritchard", MALI.born_on, "CF62 1AA"), ("2", "", "", None, "CF62 1AA"))
    run = compared(officer, left=file)
    assert (run.pairs.count(), run.left) == (1, "school.xlsx")
    assert [(bad["line"], bad["reason"]) for bad in run.bad] == [(3, "nobody")]


def test_a_workbook_with_too_many_rows_says_how_many_there_may_be(officer: Client):
    answer = sent(officer, left=a_workbook(*(("1", "A", "B") for _ in range(10_102))))
    assert answer.status_code == 422
    assert "school.xlsx has more than 10000 rows" in answer.text


def test_many_rows_are_read_when_one_is_broken():
    rows = 10_000
    content = "\n".join([HEADINGS, *(f"{n},A{n},B,04/03/2015," for n in range(rows)), ",,,,CF1"]).encode()
    people = read_uploaded(content, "x.csv", {}, most=rows + 1)
    assert (len(people.rows), [bad.line for bad in people.bad]) == (rows, [rows + 2])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "magic"}, "Choose what to compare"),
        ({"left": ""}, "Choose a file to compare"),
        ({"kind": "files"}, "Choose the second file"),
        ({"left": SimpleUploadedFile("x.csv", b"")}, "has no rows that can be used"),
        ({"left": SimpleUploadedFile("x.csv", b"colour\nred\n")}, "has no column for a name"),
        ({"left": SimpleUploadedFile("x.csv", b'a"\x00\n"unclosed')}, "x.csv"),
        ({"left": SimpleUploadedFile("x.csv", b"surname\n" + b"x\n" * 10_001)}, "more than 10000 rows"),
        ({"left": SimpleUploadedFile("x.csv", b"x" * 5_000_001)}, "larger than 5 MB"),
        ({"left": SimpleUploadedFile("x.csv", b"colour,size\nred,1\n")}, "Its columns are: colour, size."),
        ({"columns": "colour=x"}, "Write each column as surname=LNAME"),
        ({"columns": "town=Tref\nsurname=LNAME"}, "The file has no column Tref, LNAME."),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(officer: Client, given, said):
    for file in given.values():
        if isinstance(file, SimpleUploadedFile):
            file.seek(0)
    answer = sent(officer, "1,A,B,04/03/2015,", **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert not BatchRun.objects.exists()


def test_columns_with_unusual_names_are_taken_as_told(officer: Client):
    odd = SimpleUploadedFile("odd.csv", b"N1,N2\nMali,Pritchard\n")
    run = compared(officer, kind="within", left=odd, columns="forename=N1\nsurname=N2")
    assert run.rows.get().identity["surname"] == "Pritchard"
    assert run.columns["forename"] == "N1"


def test_the_download_holds_no_formula(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "=1+1,Mali,Pritchard,04/03/2015,CF62 1AA")
    answer = officer.get(reverse("batches:download", args=[run.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="batch-{run.pk}.csv"'
    (line,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert line["In the file"] == "'=1+1"
    assert line["Name in the file"] == "Mali Pritchard"
    assert line["Decided"] == "Not decided"
    assert "Date of birth: The same" in line["How they agree"]


def test_a_task_that_runs_again_finds_everything_once(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA")
    tasks.compare_batch({"run": 10**9}, task_key="x", now=NOW)
    tasks.compare_batch({"run": run.pk}, task_key="x", now=NOW)
    first = run.pairs.get()
    BatchRun.objects.filter(pk=run.pk).update(state="running")
    tasks.compare_batch({"run": run.pk}, task_key="x", now=NOW)
    assert run.pairs.get() != first


def test_a_sixth_comparison_waits_its_turn(officer: Client):
    for _ in range(5):
        assert sent(officer, "1,A,B,,", kind="within").status_code == 302
    answer = sent(officer, "1,A,B,,", kind="within")
    assert answer.status_code == 422
    assert "5 comparisons are waiting already" in answer.text


def test_a_comparison_is_removed_by_hand_or_after_90_days_and_decisions_stay(officer: Client):
    child = children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA")
    decide(officer, run, "accepted", run.pairs.get())
    remove = reverse("batches:remove", args=[run.pk])
    assert officer.get(remove).status_code == 200
    assert BatchRun.objects.exists()
    officer.post(remove)
    assert not BatchRow.objects.exists()
    assert Mention.objects.get().child == child

    compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA", kind="within")
    tasks.forget_batches(timezone.now() + timedelta(days=89))
    assert BatchRun.objects.exists()
    tasks.forget_batches(timezone.now() + timedelta(days=91))
    assert not BatchRun.objects.exists()


def test_two_officers_cannot_both_decide_a_pair(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA")
    pair = run.pairs.get()
    services.reject_pair(pair, by=an_officer(), now=NOW)
    with pytest.raises(services.PairDecided, match="already decided"):
        services.accept_pair(pair, by=an_officer(), now=NOW)


def test_only_who_matches_children_comes_in(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA")
    for user in (an_administrator(), a_parent()):
        stranger = come_in(Client(), user)
        for name in ("run", "download", "remove"):
            assert stranger.get(reverse(f"batches:{name}", args=[run.pk])).status_code == 403
        assert decide(stranger, run, "accepted", run.pairs.get()).status_code == 403
    assert officer.get(reverse("batches:run", args=[10**9])).status_code == 404
    assert decide(officer, run, "magic").status_code == 404
    assert officer.post(reverse("batches:undo", args=[run.pk, 10**9])).status_code == 404


def test_the_list_of_pairs_asks_the_same_whatever_its_length(officer: Client, django_assert_max_num_queries):
    for n in range(12):
        children.add_child(replace(MALI, forename=f"Mali{'abcdefghijkl'[n]}"), by=None, now=NOW)
    lines = (f"{n},Mali{'abcdefghijkl'[n]},Pritchard,04/03/2015,CF62 1AA" for n in range(12))
    run = compared(officer, *lines)
    assert run.pairs.count() >= 12
    with django_assert_max_num_queries(22):
        officer.get(reverse("batches:run", args=[run.pk]), {"size": "50"})


def _add(officer: Client, run: BatchRun, *rows: BatchRow, sure: bool = True):
    given = {"row": [row.pk for row in rows], "back": "outcome=alone"} | ({"sure": "yes"} if sure else {})
    return officer.post(reverse("batches:add", args=[run.pk]), given, follow=True)


@pytest.mark.req("SP-210", "GH-016", "GH-017")
def test_rows_that_no_record_is_like_become_records_after_a_second_look_and_go_again(officer: Client):
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA", "8,Owain,Bevan,01/02/2016,CF10 1AA")
    mali, owain = run.rows.order_by("line")
    page = officer.get(reverse("batches:run", args=[run.pk]), {"outcome": "alone", "choose": "all"}).text
    assert page.count(" checked>") == 2
    assert "Mali Pritchard" in _add(officer, run, mali, sure=False).text
    assert not everything()

    done = _add(officer, run, mali)
    child = Child.objects.get()
    assert (child.forename, child.postcode) == ("Mali", "CF62 1AA")
    assert "Added as new children: 1" in done.text
    assert reverse("council:child", args=[child.pk]) in done.text
    _add(officer, run, mali)
    assert Child.objects.count() == 1

    officer.post(reverse("batches:undo-row", args=[run.pk, mali.pk]))
    assert not Child.objects.filter(removed_at=None).exists()
    assert not Mention.objects.filter(state="waiting").exists()
    _add(officer, run, mali, owain)
    assert Child.objects.filter(removed_at=None).count() == 2


def test_a_row_that_a_record_is_like_by_now_is_not_added_twice(officer: Client):
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AA")
    children.add_child(MALI, by=None, now=NOW)
    before = everything()
    assert "A record is like this child by now" in _add(officer, run, run.rows.get()).text
    assert everything() == before
    assert not Mention.objects.exists()


def test_a_row_whose_pairs_were_all_rejected_is_like_no_record(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AB")
    address = reverse("batches:run", args=[run.pk])
    assert "Add as new children" not in officer.get(address, {"outcome": "alone"}).text
    decide(officer, run, "rejected", run.pairs.get())
    assert "Add as new children" in officer.get(address, {"outcome": "alone"}).text


def test_what_differs_stands_out_and_a_sibling_is_warned_of_before_a_pair_is_accepted(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Nia,Pritchard,04/03/2015,CF62 1AA")
    page = officer.get(reverse("batches:run", args=[run.pk])).text
    assert "<strong>First name: Different</strong>" in page
    assert "The same: Surname, Date of birth, Postcode" in page
    assert "Sibling alert" in page
    assert (
        "Warnings stand beside 1 of these"
        in decide(officer, run, "accepted", run.pairs.get(), sure=False).text
    )


def test_more_than_may_be_decided_at_once_decides_nothing(officer: Client):
    children.add_child(MALI, by=None, now=NOW)
    run = compared(officer, "7,Mali,Pritchard,04/03/2015,CF62 1AB")
    answer = decide(officer, run, "rejected", *[run.pairs.get()] * (services.MOST_AT_ONCE + 1))
    assert "Choose 50 or fewer at a time" in answer.text
    assert run.pairs.get().verdict == "waiting"


def test_rows_with_a_problem_are_told_by_reason_and_downloaded(officer: Client):
    run = compared(officer, "1,A,B,04/03/2015,", "1,A,C,04/03/2015,", "1,A,D,04/03/2015,", "4,E,F,nonsense,")
    page = officer.get(reverse("batches:run", args=[run.pk])).text
    assert "File, lines 3, 4: left out, because an earlier line has the same id" in page
    answer = officer.get(reverse("batches:problems", args=[run.pk]))
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [row[:3] for row in rows] == [
        ["File", "Line", "Id in the file"],
        ["File", "3", "1"],
        ["File", "4", "1"],
        ["File", "5", ""],
    ]
