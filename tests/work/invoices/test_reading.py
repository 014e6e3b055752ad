"""Reading a file of invoices, whoever wrote it, and what is said of a line that is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from guildhall.work.invoices import checking, reading, sheets
from guildhall.work.invoices.reading import Unreadable

from .scene import GOOD, HEADINGS, csv_of, numbered

pytestmark = pytest.mark.django_db  # its headings are the authority's own words
TODAY = date(2026, 6, 1)


def wrong(line, codes=frozenset()):
    """The names of what is wrong with a line."""
    [row] = reading.read(csv_of(line))
    invoice = checking.invoice_of(row.typed)
    return [one.code for one in checking.problems_of(row.typed, invoice, codes=codes, today=TODAY)]


@pytest.mark.req("SC-089")
@pytest.mark.parametrize(
    "content",
    [
        csv_of("7,1/4/26,Siop Bêl,10,1,0,1"),
        b"\xef\xbb\xbf" + csv_of("7,1/4/26,Siop Bêl,10,1,0,1"),
        f"{HEADINGS}\n7,1/4/26,Siop Bêl,10,1,0,1".encode("cp1252"),
        f"{HEADINGS}\n7,1/4/26,Siop Bêl,10,1,0,1".encode("utf-16"),
        f"{HEADINGS}\n7,1/4/26,Siop Bêl,10,1,0,1".replace(",", ";").encode(),
        f"{HEADINGS}\n7,1/4/26,Siop Bêl,10,1,0,1".replace(",", "\t").encode(),
        f'{HEADINGS}\n\n"7","1/4/26","Siop\nBêl",10,1,0,1\n,,,,,,\n'.encode(),
        "Gros;TAW;Net;Cod cost;Cyflenwr;Dyddiad;Rhif yr anfoneb\r1;0;1;10;Siop Bêl;1/4/26;7\r".encode(),
    ],
)
def test_a_file_is_read_in_any_usual_encoding_delimiter_order_and_language(content):
    [row] = reading.read(content)
    assert (row.typed["number"], row.typed["supplier"], row.problem) == ("7", "Siop Bêl", "")
    assert checking.invoice_of(row.typed).dated_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no invoices"),
        (HEADINGS.encode(), "no invoices"),
        (b"\n\n,,,\n", "no invoices"),
        (b"PK\x03\x04 a workbook", "save it as CSV"),
        (bytes(range(256)) * 10, "must name the columns"),
        (GOOD.encode(), "must name the columns"),
        (csv_of(GOOD, heads=HEADINGS.replace("VAT,", "")), "Missing: VAT"),
        (csv_of(GOOD, heads=HEADINGS + ",Net"), "same heading"),
        (csv_of(*(numbered(one) for one in range(reading.MOST_LINES + 1))), "more than 2,000 lines"),
        (b"x" * (reading.MOST_BYTES + 1), "smaller than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(content, said):
    with pytest.raises(Unreadable) as refused:
        reading.read(content)
    assert said in refused.value.message


@pytest.mark.parametrize(
    "broken", ['"A-2,27/03/2026,Never closed,1,1,0,1', "A-2,\0,x,1,1,0,1", f'"{"x" * 200_000}",1', '"""']
)
def test_one_broken_line_among_many_spoils_no_other(broken):
    rows = reading.read(csv_of(numbered(1), broken, numbered(3)))
    assert [row.typed.get("number") for row in (rows[0], rows[-1])] == ["N-1", "N-3"]
    assert [row.line for row in (rows[0], rows[-1])] == [2, 4]
    extra = reading.read(csv_of("A-2,27/03/2026,Rees, and Sons,1,1,0,1", numbered(3)))
    assert [row.problem for row in extra] == ["columns", ""]


@pytest.mark.req("SC-089")
@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.5", "1234.50"),
        ("£1,234.56", "1234.56"),
        ("-12", "-12.00"),
        ("(12.00)", "-12.00"),
        ("-£3.10", "-3.10"),
        ("-0.00", "0.00"),
        ("1e400", None),
        ("٣", None),
        ("12,50", None),
        ("1.005", None),
        ("NaN", None),
        ("inf", None),
        ("--1", None),
        ("=1+1", None),
        ("9" * 400, None),
    ],
)
def test_an_amount_is_pounds_and_pence_and_nothing_else(typed, amount):
    assert checking.amount_of(typed) == (None if amount is None else Decimal(amount))
    assert str(checking.amount_of(typed)) == str(amount)


@pytest.mark.req("SC-089")
@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (GOOD, []),
        ("A-1,2026-03-27,Cambrian Books,4100,-0.10,-0.02,-0.12", []),
        (",,,,,,", None),
        (",27/03/2026,,,1,0,", ["Missing", "Missing", "Missing", "Missing"]),
        ("A-1,31/02/2026,X,1,1,0,1", ["DateUnread"]),
        ("A-1,٣/٣/2026,X,1,1,0,1", ["DateUnread"]),
        ("A-1,02/06/2026,X,1,1,0,1", ["DateFuture"]),
        ("A-1,01/05/2022,X,1,1,0,1", ["DateOld"]),
        ("A-1,27/03/2026,X,1,0.10,0.20,0.31", ["Sum"]),
        ("A-1,27/03/2026,X,1,100,-20,80", ["Sign"]),
        ("A-1,27/03/2026,X,1,0,0,0", ["Nothing"]),
        ("A-1,27/03/2026,X,1,1e400,0,1", ["AmountUnread"]),
        ("A-1,27/03/2026,X,1,99999999,0,99999999", ["AmountLarge", "AmountLarge"]),
        (f"{'A' * 41},27/03/2026,{'X' * 5000},{'9' * 21},1,0,1", ["Long", "Long", "Long"]),
        ("=cmd|' /C calc'!A0,27/03/2026,+X,@SUM(1),1,0,1", []),
    ],
)
def test_each_thing_that_can_be_wrong_with_a_line_has_its_name(line, codes):
    if codes is None:
        with pytest.raises(Unreadable):
            reading.read(csv_of(line))
        return
    assert wrong(line) == codes


def test_a_code_is_looked_for_only_where_there_is_a_list_and_whatever_its_spaces_and_case():
    assert wrong(GOOD, frozenset({"4200"})) == ["CodeUnknown"]
    assert wrong("A-1,27/03/2026,X,ab 12,1,0,1", frozenset({"AB12"})) == []


def test_the_template_is_read_again():
    rows = reading.read(sheets.template() + GOOD.encode())
    assert rows[0].typed["gross"] == "120.00"
