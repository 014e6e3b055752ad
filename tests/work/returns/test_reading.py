"""A census file is read piece by piece, and the same is found however it has to be read."""

import io

import pytest

from guildhall.demonstration.census_files import Plan, whole
from guildhall.work.returns.census import checking, reading
from guildhall.work.returns.census.findings import Unreadable

from .test_rules import checked

WRONG = (b"<Sex>F</Sex>", b"<Sex>?</Sex>")


def found(content: bytes) -> list[tuple[str, int, str]]:
    return [(one.rule, one.record, one.upn) for one in checked(content).findings]


@pytest.mark.req("GH-038")
@pytest.mark.parametrize("pupils", [400, 1_600])
def test_of_a_large_file_no_more_is_held_at_once_and_somebody_hears_how_far_it_is(monkeypatch, pupils):
    monkeypatch.setattr(reading, "PIECE", 20_000)
    monkeypatch.setattr(checking, "AT_ONCE", 100)
    held, heard = [], []
    made = checking.frames_of
    monkeypatch.setattr(
        checking, "frames_of", lambda rows, *more: held.append(len(rows)) or made(rows, *more)
    )
    content = whole(Plan(), pupils)

    checked(content, told=lambda *far: heard.append(far))

    assert sum(held) == pupils
    assert max(held) < 150
    assert heard == sorted(heard)
    assert len(heard) >= pupils // 150
    assert heard[-1] == (pupils, len(content))


def test_pieces_find_what_one_reading_of_the_whole_finds(monkeypatch):
    content = whole(Plan(), 300).replace(*WRONG)
    at_once = checked(content)
    monkeypatch.setattr(reading, "PIECE", 20_000)
    in_pieces = checked(content)
    assert len(list(reading.pieces_of(io.BytesIO(content)))) > 10
    assert in_pieces.findings == at_once.findings
    assert (in_pieces.pupils, in_pieces.totals) == (300, at_once.totals)
    lines = content.splitlines()
    assert all(lines[one.line - 1] == b"<PupilOnRoll>" for one in in_pieces.findings if one.record)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"<Message>", b'<Message xmlns="urn:census">'),
        lambda content: content.replace(b"<PupilsOnRoll>", b"<PupilsOnRoll><!-- </PupilOnRoll> -->"),
        lambda content: content.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
    ],
    ids=["namespace", "comment", "utf-16"],
)
def test_a_file_that_cannot_be_cut_is_read_as_one_stream_and_finds_the_same(monkeypatch, change):
    monkeypatch.setattr(reading, "PIECE", 20_000)
    content = whole(Plan(), 100).replace(*WRONG)
    assert found(change(content)) == found(content) != []


@pytest.mark.req("SY-063")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"nothing", "xml"),
        (b"<Message><School></Message>", "broken"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Message/>', "doctype"),
        (b"<Other/>", "census"),
        (whole(Plan(), 5)[:-400], "broken"),
    ],
)
def test_what_is_no_whole_census_file_is_named_for_what_it_is(content, reason):
    with pytest.raises(Unreadable) as refused:
        checked(content)
    assert refused.value.reason == reason
