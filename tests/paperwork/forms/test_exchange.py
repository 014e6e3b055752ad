"""A form out into a file and back in: the same form; and nothing dangerous read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.paperwork.forms import exchange
from guildhall.paperwork.forms.definition import parse
from guildhall.paperwork.forms.library_files import library_paths, read_definition

from ...definitions import every_kind

pytestmark = pytest.mark.django_db


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-024")
@pytest.mark.parametrize("path", library_paths(), ids=lambda path: path.stem)
def test_a_form_of_the_library_comes_back_as_it_went_out(path):
    content = read_definition(path)
    back = exchange.read(exchange.written(content).encode())
    assert back == content
    assert parse(back) == parse(content)


SAID = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60) | st.sampled_from(
    ["yes", "no", "true", "null", "~", "2019-09-01", "1_000", "0x1f", "1e3", "=", "<<", "- a", "a: b", "# x",
     "0\x85", "a\u2028b\nc", "*a", "&a", "!x", "'", '"', "a\nb\n", "\n", " a", "a ", "12:30:00", "\tx",
     "a\n  b", "---", "%x"]
)  # fmt: skip


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("GH-024")
@settings(deadline=None, max_examples=60)
@given(SAID, SAID, st.integers(-(10**14), 10**14), st.booleans())
def test_any_words_and_numbers_come_back_as_they_went_out(english, welsh, number, switch):
    content = every_kind(
        title={"en": english, "cy": welsh}, number=number, emergency=switch, ratio=number / 4
    )
    assert exchange.read(exchange.written(content).encode()) == content


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"a: 1\nb: [1, 2\n", "Line 3"),
        (b"a: &x [1]\nb: *x\n", "Line 2: Write the words out"),
        (b"a: 1\nb: !!python/object/apply:os.system [ls]\n", "Line 2: Take the ! tag away"),
        (b"a: 1\na: 2\n", "Line 2"),
        (b"[" * 400 + b"]" * 400, "too many parts"),
        (b"a: " + b"x" * 400_000, "300 KB or less"),
        ("title: caf\xe9".encode("latin-1"), "UTF-8"),
        (b"- 1\n- 2\n", "does not hold a form"),
        (b"", "does not hold a form"),
        (b"1: 2\n", "does not hold a form"),
        (b"a: .nan\n", "does not hold a form"),
        (b'a: "\\ud800"\n', ""),
        (b'a: "\\0"\n', "does not hold a form"),
        (b"a: " + b"9" * 5_000, ""),
        (b"a: 1\n--- \nb: 2\n", ""),
    ],
)
def test_a_bad_file_is_refused_with_its_line(file, words):
    with pytest.raises(exchange.BadFile) as refusal:
        exchange.read(file)
    assert words in refusal.value.message


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda words: words.encode("utf-8", "replace")))
def test_no_file_stops_the_reader(file):
    try:
        assert isinstance(exchange.read(file), dict)
    except exchange.BadFile as refusal:
        assert refusal.message


def test_groups_and_questions_are_found_by_line():
    file = exchange.written(every_kind()).encode()
    lines = exchange.lines_in(file)
    said = file.decode().splitlines()
    assert "key: child" in said[lines["child", ""] - 1]
    assert "code: CHILD_SURNAME" in said[lines["child", "CHILD_SURNAME"] - 1]
