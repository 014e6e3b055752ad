"""What a transfer file must be, and with which words and at which line it is refused."""

import time
import tracemalloc
from datetime import date

import pytest

from guildhall.work.transfers import naming, reading
from guildhall.work.transfers.naming import WrongName

from .scene import LOST, MOVED, ctf, left, pupil, upn

TODAY = date(2026, 6, 1)


def read(content: bytes) -> reading.Read:
    return reading.read([content[at : at + 1000] for at in range(0, len(content), 1000)], today=TODAY)


def wrong(content: bytes) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in read(content).problems]


@pytest.mark.req("SY-045")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("9902001_CTF_9904001_001(1).xml", "Copy"),
        ("9902001_CTF_9904001_001 (12).xml", "Copy"),
        ("9902001_CTF_9904001_001 - Copy.xml", "Copy"),
        ("9902001_ctf_9904001_001.xml", "Case"),
        ("9902001_CTF_9904001_001.XML", "Case"),
        ("9902001_CTF_9904001_001.zip", "Ending"),
        ("9902001_CTF_9904001_001", "Ending"),
        ("990/2001_CTF_9904001_001.xml", "Source"),
        ("XXXXXXX_CTF_9904001_001.xml", "Source"),
        ("9902001_CTX_9904001_001.xml", "Kind"),
        ("9902001_9904001_001.xml", "Parts"),
        ("9902001_CTF_990400_001.xml", "Destination"),
        ("9902001_CTF_990XXXX_001.xml", "Destination"),
        ("9902001_CTF_9904001_1.xml", "Serial"),
        ("9902001_CTF_9904001_000.xml", "Serial"),
        ("٩٩٠٢٠٠١_CTF_9904001_001.xml", "Parts"),
        ("_".join("9" * 300) + ".xml", "Parts"),
    ],
)
def test_a_wrong_name_is_refused_with_the_reason(name, code):
    with pytest.raises(WrongName) as refused:
        naming.read(name)
    assert refused.value.code == code
    if code in {"Copy", "Case"}:
        assert refused.value.values == {"right": MOVED}


@pytest.mark.req("SY-045")
@pytest.mark.parametrize(
    "name",
    [
        MOVED,
        LOST,
        "9902001_KS2_990LLLL_999.xml",
        "990LLLL_ATF_9902001_001.xml",
        "9902001_PHO_MMMMMMM_010.xml",
    ],
)
def test_a_right_name_is_read_as_it_stands(name):
    assert str(naming.read(name)) == name


@pytest.mark.req("SY-046")
def test_what_a_file_says_of_each_pupil_is_read():
    more = (
        "<BasicDetails><NCyearActual>8</NCyearActual></BasicDetails>"
        "<Address><PostCode>CY1 2AB</PostCode></Address><Attendance/>" + left("2026-05-22")
    )
    found = read(
        ctf(pupil(1, surname="O&apos;Neil", more=more), pupil(2, more=left("2026-05-01", school="9909999")))
    )
    assert found.problems == []
    assert (found.root, found.source, found.destination) == ("CTfile", "9902001", "9904001")
    first, second = found.pupils
    assert (first.surname, first.forename, first.born_on) == ("O'Neil", "Mari", date(2012, 3, 27))
    assert (first.upn, first.sex, first.year_group, first.postcode) == (upn(1), "F", "8", "CY1 2AB")
    assert (first.left_on, second.left_on) == (date(2026, 5, 22), None)
    assert found.parts == {"BasicDetails": 1, "Address": 1, "Attendance": 1, "SchoolHistory": 2}


@pytest.mark.req("SY-046")
@pytest.mark.parametrize(
    ("one", "codes"),
    [
        (pupil(born="27/03/2012"), ["Date"]),
        (pupil(born="2012-02-30"), ["Date"]),
        (pupil(born="2031-01-01"), ["Born"]),
        (pupil(born="1812-03-27"), ["Born"]),
        (pupil(numbered="A990200000001"), ["Upn"]),
        (pupil(numbered=upn(1) + "1"), ["Upn"]),
        (pupil(more="<UniqueLearnerNumber>1234567890</UniqueLearnerNumber>"), ["Uln"]),
        (pupil(surname=" "), ["Missing"]),
        (pupil(surname="x" * 101), ["Long"]),
        (pupil(more="<SENhistory><SEN><StartDate>1/9/2024</StartDate></SEN></SENhistory>"), ["Date"]),
        (pupil(1) + "\n" + pupil(1), ["UpnTwice"]),
    ],
)
def test_what_is_wrong_with_a_pupil_is_said_with_the_line(one, codes):
    found = wrong(ctf(pupil(9), one))
    assert [code for code, _ in found] == codes
    assert found[0][1] == (12 if codes == ["UpnTwice"] else 11)


@pytest.mark.req("SY-049")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "Broken"),
        (b"not xml", "Broken"),
        (ctf().replace(b"</Pupil>", b"</Pupils>"), "Broken"),
        (ctf() + b"<CTfile/>", "TwoRoots"),
        (b'<!DOCTYPE CTfile [<!ENTITY a "b">]>' + ctf()[39:], "Doctype"),
        (b'<?xml version="1.0" encoding="no-such"?><CTfile/>', "Broken"),
        (ctf().replace(b"<Surname>", b"<surname>").replace(b"</Surname>", b"</surname>"), "Case"),
        (ctf().replace(b"CTfile", b"ctfile"), "Case"),
        (b"<Message><Header/></Message>", "Root"),
        (ctf().replace(b"CTFpupilData", b"PupilData"), "Pupils"),
        (b"<CTfile><CTFpupilData/></CTfile>", "Header"),
        (ctf("<!-- nobody -->"), "None"),
        (ctf(version="twenty"), "Version"),
        (ctf().replace(b"2026-06-01T09:00:00", b"01/06/2026 9am"), "Date"),
        (ctf(pupil(more="<x>" * 40 + "</x>" * 40)), "Shape"),
        (ctf(pupil(more="<Email>" + "x" * 5_000 + "</Email>")), "Long"),
        (ctf(*(pupil(number) for number in range(501))), "TooMany"),
    ],
)
def test_a_file_that_is_none_is_refused_before_anything_of_it_counts(content, code):
    assert [one for one, _ in wrong(content)] == [code]


@pytest.mark.req("SY-049")
def test_an_entity_of_a_million_laughs_is_refused_at_once_and_a_file_outside_is_never_opened():
    laughs = "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10 if number else "ha" * 10}">' for number in range(12)
    )
    bomb = f"<!DOCTYPE CTfile [{laughs}]><CTfile>&l11;</CTfile>".encode()
    outside = b'<!DOCTYPE CTfile SYSTEM "file:///etc/passwd"><CTfile/>'
    assert wrong(bomb) == [("Doctype", 1)]
    assert wrong(outside) == [("Doctype", 1)]
    assert wrong(ctf(pupil(surname="&xxe;"))) == [("Broken", 10)]


def test_no_more_than_fifty_problems_are_gathered():
    assert len(wrong(ctf(*(pupil(number, born="soon") for number in range(100))))) == reading.MOST_PROBLEMS


@pytest.mark.req("SY-046")
def test_a_file_of_five_hundred_pupils_is_read_in_well_under_a_second_and_in_little_memory():
    marks = "<StageAssessments>" + "<KeyStage><Stage>KS2</Stage></KeyStage>" * 100 + "</StageAssessments>"
    content = ctf(*(pupil(number, more=marks) for number in range(500)))
    assert len(content) > 2_000_000
    began = time.process_time()
    found = reading.read([content[at : at + 65_536] for at in range(0, len(content), 65_536)], today=TODAY)
    took = time.process_time() - began
    assert (len(found.pupils), found.problems, took < 1) == (500, [], True)
    chunks = [content[at : at + 65_536] for at in range(0, len(content), 65_536)]
    tracemalloc.start()
    reading.read(chunks, today=TODAY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000
