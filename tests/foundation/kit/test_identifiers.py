"""Numbers and codes that people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from guildhall.foundation.kit import identifiers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cf103at", "CF10 3AT"),
        (" CF10  3AT ", "CF10 3AT"),
        ("w1a-0ax", "W1A 0AX"),
        ("m11ae", "M1 1AE"),
        ("", ""),
    ],
)
def test_a_postcode_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert identifiers.normalise_postcode(typed) == kept


@pytest.mark.parametrize(
    "postcode", ["CF10 3AT", "M1 1AE", "EC1A 1BB", "W1A 0AX", "B33 8TH", "GIR 0AA", "DN55 1PT"]
)
def test_a_postcode_of_each_shape_is_right(postcode: str) -> None:
    assert identifiers.valid_postcode(postcode)


@pytest.mark.parametrize("postcode", ["", "CF10", "CF10 3AI", "QV1 1AA", "CF10 33T", "1AA 1AA", "CF10 3AT x"])
def test_what_cannot_be_a_postcode_is_wrong(postcode: str) -> None:
    assert not identifiers.valid_postcode(postcode)


@pytest.mark.req("CP-027", "CP-029")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("029 2087 2087", "02920872087"),
        ("(029) 2087-2087", "02920872087"),
        ("+44 29 2087 2087", "+442920872087"),
        ("+44 (0)29 2087 2087", "+442920872087"),
        ("029–2087‑2087", "02920872087"),
    ],
)
def test_a_telephone_number_is_kept_as_one_number_however_it_was_typed(typed: str, kept: str) -> None:
    assert identifiers.normalise_phone(typed) == kept
    assert identifiers.valid_phone(kept)


@pytest.mark.parametrize("phone", ["", "123", "07700abc900", "+", "0770 090", "1" * 16, "077009+00900"])
def test_what_cannot_be_a_telephone_number_is_wrong(phone: str) -> None:
    assert not identifiers.valid_phone(phone)


@pytest.mark.parametrize("upn", ["N936200424007", "P93620042400A", "P207000016049"])
def test_a_pupil_number_with_its_check_letter_is_right(upn: str) -> None:
    assert identifiers.valid_upn(upn)
    assert identifiers.valid_upn(identifiers.normalise_upn(f" {upn[:5].lower()} {upn[5:]} "))


@pytest.mark.parametrize(
    "upn",
    [
        "Q207000016049",
        "N936200424008",
        "N93620042400",
        "N9362004240077",
        "I936200424007",
        "N93620042400S",
        "",
    ],
)
def test_a_pupil_number_with_another_letter_or_shape_is_wrong(upn: str) -> None:
    assert not identifiers.valid_upn(upn)


def test_an_nhs_number_needs_its_check_digit() -> None:
    assert identifiers.valid_nhs_number(identifiers.normalise_nhs_number("943 476 5919"))
    assert identifiers.valid_nhs_number("9876543210")
    for wrong in ("9434765918", "943476591", "0000000000", "94347659190", "abcdefghij", "٩٤٣٤٧٦٥٩١٩"):
        assert not identifiers.valid_nhs_number(wrong)


@settings(deadline=None)
@given(some.integers(0, 999_999_999))
def test_no_two_last_digits_of_an_nhs_number_are_both_right(start: int) -> None:
    assert sum(identifiers.valid_nhs_number(f"{start:09}{last}") for last in range(10)) <= 1


def test_a_learner_number_needs_its_check_digit() -> None:
    for right in ("123 456 7899", "1000000000"):
        assert identifiers.valid_uln(identifiers.normalise_uln(right))
    for wrong in ("1234567890", "0123456789", "123456789", "12345678990", "abcdefghij", "١٢٣٤٥٦٧٨٩٩", ""):
        assert not identifiers.valid_uln(wrong)


@settings(deadline=None)
@given(some.integers(100_000_000, 999_999_999))
def test_no_two_last_digits_of_a_learner_number_are_both_right(start: int) -> None:
    assert sum(identifiers.valid_uln(f"{start}{last}") for last in range(10)) <= 1


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Siôn", "sion"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Pugh-Jones", "pugh jones"),
        ("  Łukasz   Kowalski ", "lukasz kowalski"),
        ("Gŵyr", "gwyr"),
        ("Strauß", "strauss"),
        ("St. John", "st john"),
    ],
)
def test_a_name_is_folded_for_comparing(name: str, folded: str) -> None:
    assert identifiers.fold_name(name) == folded


@settings(deadline=None)
@given(some.text(max_size=60))
def test_folding_twice_changes_nothing_more_and_nothing_fails(name: str) -> None:
    once = identifiers.fold_name(name)

    assert identifiers.fold_name(once) == once
    identifiers.valid_postcode(identifiers.normalise_postcode(name))
    identifiers.valid_phone(identifiers.normalise_phone(name))
    identifiers.valid_upn(identifiers.normalise_upn(name))
    identifiers.valid_nhs_number(identifiers.normalise_nhs_number(name))
    identifiers.valid_uln(identifiers.normalise_uln(name))
