"""Files that a page makes for somebody to keep."""

import pytest

from guildhall.foundation.kit.taken_away import taken_away


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("meals.xlsx", 'filename="meals.xlsx"'),
        ("Free meals", 'filename="Free meals.xlsx"'),
        ('a "b"', 'filename="a \\"b\\".xlsx"'),
        ("prydau'r ysgol ŵyl", "filename*=utf-8''prydau%27r%20ysgol%20%C5%B5yl.xlsx"),
    ],
)
def test_a_file_bears_whatever_name_the_authority_gives_it(words, called):
    answer = taken_away(b"content", "xlsx", words)
    assert answer["Content-Disposition"] == f"attachment; {called}"
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_cache_keeps_it():
    assert "no-store" in taken_away(b"content", "csv", "list")["Cache-Control"]
