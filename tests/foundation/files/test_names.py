import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.foundation.files.names import safe_name


@pytest.mark.req("CP-035")
@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\dilys\\llythyr.docx", "llythyr.docx"),
        ("Adroddiad Siân Llŷr – Ŵyn.pdf", "Adroddiad Siân Llŷr – Ŵyn.pdf"),
        ("report\u202excod.pdf", "reportxcod.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("CON.txt", "_CON.txt"),
        ("com1.txt", "_com1.txt"),
        ("contract.txt", "contract.txt"),
        ('what? "this": *.pdf', "what_ _this__ _.pdf"),
        ("  spaced.pdf . ", "spaced.pdf"),
        ("", "file"),
        ("...", "file"),
        ("Sia\u0302n.pdf", "Siân.pdf"),
    ],
)
def test_a_name_is_made_safe_and_letters_stay(given_name: str, kept: str):
    assert safe_name(given_name) == kept


def test_a_long_name_is_cut_between_letters_and_keeps_its_ending():
    name = safe_name("ŵ" * 300 + ".docx")

    assert len(name.encode()) <= 255
    assert name.endswith("ŵ.docx")


@given(st.text())
def test_no_name_is_ever_too_long_empty_or_a_path(given_name: str):
    name = safe_name(given_name)

    assert 0 < len(name.encode()) <= 255
    assert not set(name) & set('/\\\0\n\r"')
    assert safe_name(name) == name
