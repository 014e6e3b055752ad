"""Unique learner numbers: asked for by a school, given by the issuer, brought to the school."""

import csv
import io
from datetime import timedelta

import pytest

from guildhall.foundation.files import services as files
from guildhall.foundation.files import storage
from guildhall.foundation.kit.identifiers import valid_uln
from guildhall.foundation.outbox.models import Task
from guildhall.work.transfers import checking, queries, reading, services, sheets
from guildhall.work.transfers.models import Pupil, Transfer
from guildhall.work.transfers.services import NotAnswered, NotNow, NotUsing

from ...standing import NOON
from .scene import COUNCIL, NEW, acting, asked, day_of_noon, officer_acting, pupil, receiver, sender, upn

pytestmark = pytest.mark.django_db
ULN, OTHER = "1234567899", "1000000000"
OLD_ENOUGH = "2010-01-05"


def three(place):
    """Two students who are old enough, one of them without a UPN, and one who is not."""
    more = "<Address><PostCode>CY1 2AB</PostCode></Address>"
    return asked(
        place,
        pupil(1, surname="Rees", born=OLD_ENOUGH, more=more),
        pupil(2, surname="=Ahmed", born=OLD_ENOUGH, numbered=""),
        pupil(3, surname="Young", born="2014-01-05"),
    )


def answer(request, *lines, heads="UPN,ULN"):
    return services.answer_request(request, "\n".join([heads, *lines]).encode(), **officer_acting())


@pytest.mark.req("SY-050", "SY-051")
def test_the_list_for_the_issuer_has_those_who_are_old_enough_and_no_formula():
    request = three(receiver())
    students = services.note_list_taken(request, **officer_acting())
    rows = list(csv.reader(io.StringIO(sheets.list_file(students).decode("utf-8-sig"))))
    assert rows == [
        list(sheets.COLUMNS),
        ["1", upn(1), "Rees", "Mari", OLD_ENOUGH, "F", "CY1 2AB", ""],
        ["2", "", "'=Ahmed", "Mari", OLD_ENOUGH, "F", "", ""],
    ]
    request.refresh_from_db()
    assert request.state == Transfer.State.RECEIVED


@pytest.mark.req("SY-050", "SY-051")
def test_the_school_gets_a_file_with_the_issuers_numbers_and_reads_who_has_none():
    place = receiver()
    request = three(place)
    answer(request, f"1,{upn(1)},{ULN}", "2,,", heads="Number,UPN,ULN")
    request.refresh_from_db()
    outcomes = queries.outcomes_of(request)
    assert [[str(one) for one in outcomes[key]] for key in Pupil.Outcome] == [
        ["Mari Rees"],
        ["Mari =Ahmed"],
        ["Mari Young"],
    ]
    brings = queries.answer_to(request)
    assert (brings.name, brings.count, brings.destination) == (
        f"{COUNCIL}_ULN_{NEW}_001.xml",
        1,
        place.school,
    )
    told = Task.objects.filter(kind="email", payload__body="text-blocks.Email_Transfer_Numbers")
    assert [one.payload["to"] for one in told] == [place.user.email]

    files.write_verdict(brings.file, found="", now=NOON)
    kept = services.receive(brings, **acting(place))
    with storage.path_of(kept.storage_key).open("rb") as content:
        written = content.read()
    taken = checking.look(brings.name, [written], size=len(written), source=None, today=day_of_noon())
    assert [(one.upn, one.uln, one.surname) for one in taken.read.pupils] == [(upn(1), ULN, "Rees")]


@pytest.mark.req("SY-051")
def test_where_nobody_was_matched_there_is_no_file_and_the_school_is_told_all_the_same():
    request = three(receiver())
    answer(request, f"{upn(1)},")
    assert queries.answer_to(request) is None
    assert len(queries.outcomes_of(request)[Pupil.Outcome.NOT_MATCHED]) == 2
    assert Task.objects.filter(payload__body="text-blocks.Email_Transfer_Numbers").exists()
    with pytest.raises(NotNow):
        answer(request, f"{upn(1)},{ULN}")


def test_what_was_answered_is_neither_chased_nor_withdrawn():
    place = receiver()
    request = three(place)
    answer(request, f"{upn(1)},")
    assert services.chase_files(now=NOON + timedelta(days=30)) == 0
    with pytest.raises(NotNow, match="downloaded already"):
        services.withdraw(request, **acting(place))


@pytest.mark.req("SY-051")
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([f"{upn(1)},1234567890"], "Line 2: “1234567890” is not a unique learner number"),
        ([f"{upn(9)},{ULN}"], "Line 2: this is none of the students"),
        ([f"{upn(3)},{ULN}"], "Line 2: this is none of the students"),
        ([f"{upn(1)},{ULN}", f"{upn(1)},{OTHER}"], "Line 3: this student stands in the results already"),
        ([f",{ULN}"], "Line 2: this is none of the students"),
    ],
)
def test_results_with_one_wrong_line_give_the_school_nothing(lines, words):
    request = three(receiver())
    with pytest.raises(NotAnswered) as refused:
        answer(request, *lines)
    assert refused.value.lines[0].startswith(words)
    request.refresh_from_db()
    assert request.answered_at is None
    assert not Pupil.objects.exclude(outcome="").exists()


def test_two_students_are_never_given_one_number():
    request = three(receiver())
    with pytest.raises(NotAnswered) as refused:
        answer(request, f"1,{ULN}", f"2,{ULN}", heads="Number,ULN")
    assert "stands at line 2 already" in refused.value.lines[0]


def test_the_issuers_own_headings_are_understood_and_names_and_birthdays_must_agree():
    request = three(receiver())
    heads = "ULN,GivenName,FamilyName,DateOfBirth"
    with pytest.raises(NotAnswered):
        answer(request, f"{ULN},Mari,Rees,2010-01-06", heads=heads)
    answer(request, f"{ULN},MARI,rees,05/01/2010", f"{OTHER},Mari,'=Ahmed,{OLD_ENOUGH}", heads=heads)
    found = Pupil.objects.filter(transfer=request, outcome="found").order_by("position")
    assert [one.found for one in found] == [ULN, OTHER]
    assert all(valid_uln(one.found) for one in found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "with the columns ULN"),
        (b"UPN,Name\nA,B", "with the columns ULN"),
        (b"UPN,ULN\n", "at least one line"),
        (b'UPN,ULN\n"A', "cannot be read"),
        (b"UPN,ULN\n" + b"A,B\n" * 2_001, "at most 2,000 lines"),
        (b"UPN,ULN\n" + b"A" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_results_that_are_no_table_of_numbers_are_refused(content, words):
    with pytest.raises(NotAnswered, match=words):
        services.answer_request(three(receiver()), content, **officer_acting())


def test_only_the_councils_team_takes_lists_and_gives_numbers():
    place = receiver()
    request = three(place)
    for who in (place, sender()):
        with pytest.raises(NotUsing):
            services.note_list_taken(request, **acting(who))
        with pytest.raises(NotUsing):
            services.answer_request(request, b"UPN,ULN\n", **acting(who))
    assert reading.MOST_PUPILS < sheets.MOST_LINES
