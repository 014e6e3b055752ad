"""The JSON Schema of the form file: made of the reader's own lists, and of one mind with the reader."""

import copy
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from guildhall.paperwork.forms import definition
from guildhall.paperwork.forms.conditions import OPERATORS
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.library_files import library_paths, read_definition
from guildhall.paperwork.forms.schema import schema
from tests.definitions import a_concern, every_kind

from .made import a_form, a_group, a_question, an_option, words

DOCS = Path(__file__).parents[3] / "docs/forms.schema.json"
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)

# What a schema cannot say, because it lies between two parts of the file or is about a real day.
BETWEEN = re.compile(
    r"is used (more than once|\d+ times)|the condition asks|no answers can ever|least is more than most"
    r"|nested too deeply|has no option|cannot be asked of|compare it with|put quotation marks"
    r"|must be today, a distance|most is more than 1"
)


def refused(plain: Any) -> bool:
    return not VALIDATOR.is_valid(plain)


def flaws(plain: Any) -> list[str]:
    try:
        definition.parse(plain)
    except definition.DefinitionError as refusal:
        return [str(flaw) for flaw in refusal.problems]
    return []


@pytest.mark.req("GH-024")
def test_the_schema_in_the_docs_is_the_readers_and_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(DOCS.read_text(encoding="utf-8")) == SCHEMA
    out = StringIO()
    call_command("check_forms", "--schema", stdout=out)
    assert out.getvalue() == DOCS.read_text(encoding="utf-8")


@pytest.mark.heavy
@pytest.mark.parametrize("path", library_paths(), ids=lambda path: path.stem)
def test_every_form_of_the_library_keeps_to_the_schema(path: Path):
    assert [error.message for error in VALIDATOR.iter_errors(read_definition(path))] == []


def test_every_key_that_the_reader_knows_is_in_the_schema():
    defs = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(definition.FORM_KEYS)
    assert set(defs["group"]["properties"]) == set(definition.GROUP_KEYS)
    assert set(defs["question"]["properties"]) == set(definition.QUESTION_KEYS)
    assert set(defs["question"]["properties"]["kind"]["enum"]) == set(KINDS)
    told = {key for one in defs["condition"]["oneOf"] for key in one["properties"]}
    assert told == {"question", *OPERATORS, "all", "any", "not"}


VALUES: dict[str, Any] = {
    **dict.fromkeys(("hint", "tooltip", "missing"), words("More")),
    **dict.fromkeys(("mandatory", "chronology", "reportable", "multiple", "spell_check", "past"), True),
    "max_length": 5,
    "decimals": 3,
    "most": 2,
    "reuse": "ask",
    "inherit_multiple": True,
    "when": {"question": "FIRST", "is": "x"},
    "identity": None,
}


@pytest.mark.parametrize("kind", KINDS)
def test_reader_and_schema_agree_on_every_key_of_every_kind(kind: str):
    for key in definition.QUESTION_KEYS:
        if key in ("code", "kind", "text"):
            continue
        value = VALUES.get(key, 1 if KINDS[kind].nature == "number" else "today")
        more = {key: [an_option("a"), an_option("b")] if key == "options" else value}
        more |= {"multiple": True} if key == "most" and "multiple" in KINDS[kind].takes else {}
        if key != "past" or "past" in KINDS[kind].takes:
            plain = a_form(a_group("first", a_question("FIRST"), a_question("Q", kind, **more)))
            assert refused(plain) == bool(flaws(plain)), (kind, key)


def of(**more: Any) -> dict[str, Any]:
    return a_form(a_group("first", a_question("A"), a_question("Q", **more)))


@pytest.mark.parametrize(
    "plain",
    [
        {},
        [],
        a_form(),
        a_form(a_group("summary", a_question())),
        a_form(a_group("new", a_question())),
        a_form(a_group("First", a_question())),
        a_form(a_group("first")),
        a_form(a_group("first", a_question(), repeats={"least": 1, "most": 2})),
        a_form(a_group("first", a_question(identity="surname"), repeats={"item": words("row")})),
        a_form(a_group("first", a_question(inherit_multiple=True), repeats={"item": words("row")})),
        a_form(a_group("first", a_question()), portal="school"),
        a_form(a_group("first", a_question()), code=None),
        a_form(a_group("first", a_question()), code=True),
        a_form(a_group("first", a_question()), code="ß"),
        a_form(a_group("first", a_question()), style=None),
        a_form(a_group("first", a_question()), title={"en": "Only English"}),
        a_form(a_group("first", a_question()), title={"en": " ", "cy": "Teitl"}),
        a_form(a_group("first", a_question()), title=words("x" * 301)),
        a_form(a_group("first", a_question()), title={"en": "a\x07", "cy": "Teitl"}),
        a_form(a_group("first", a_question()), colour="blue"),
        a_form(a_group("first", a_question("ZED"))),
        of(kind="colour"),
        of(mandatory="yes"),
        of(mandatory=None),
        of(minimum=5),
        of(kind="date", minimum=5),
        of(kind="date", minimum="yesterday"),
        of(kind="integer", minimum="today"),
        of(kind="signature", reuse="fill"),
        of(kind="choose_one", options=[an_option("a")]),
        of(kind="choose_one", options=[an_option("A"), an_option("b")]),
        of(kind="file", most=3),
        of(kind="text", identity="born_on"),
        of(when={"question": "A"}),
        of(when={"question": "A", "is": "x", "is_not": "y"}),
        of(when={"all": []}),
        of(when={"all": [{"question": "A", "is": "x"}], "question": "A"}),
        of(when={"question": "A", "is": 1.5}),
        of(when={"question": "A", "answered": "yes"}),
        of(when={"question": "A", "older_than": 131}),
        of(text=words("x" * 1001)),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(plain: Any):
    assert flaws(plain)
    assert refused(plain)


def parts_of(plain: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) in the file."""
    keys = list(plain) if isinstance(plain, dict) else range(len(plain)) if isinstance(plain, list) else []
    return [found for key in keys for found in [(plain, key), *parts_of(plain[key])]]


ODD = st.sampled_from(
    [
        *(None, True, False, 0, 1, 2, 51, -1, 1.5, "", " ", "x", "yes", "today", "-26y", "summary", "A"),
        *("text", "integer", "date", "x" * 301, [], {}, words("Words"), {"en": "a"}),
        *({"question": "CHILD_SURNAME", "is": "x"}, {"any_of": []}, {"not": {}}),
        {"least": 1, "most": 2, "item": words("row")},
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_reader_and_schema_agree_on_a_file_with_something_odd_in_it(data: st.DataObject):
    plain = copy.deepcopy(data.draw(st.sampled_from([every_kind(), a_concern()])))
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(parts_of(plain)))
        act = data.draw(st.sampled_from(["put", "take", "add"]))
        if act == "put":
            holder[key] = copy.deepcopy(data.draw(ODD))
        elif act == "take":
            del holder[key]
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from([*definition.QUESTION_KEYS, "repeats", "odd"]))] = copy.deepcopy(
                data.draw(ODD)
            )
    found = flaws(plain)
    if not refused(plain):
        assert [flaw for flaw in found if not BETWEEN.search(flaw)] == []
    elif not found:
        raise AssertionError(next(VALIDATOR.iter_errors(plain)).message)


def test_a_form_with_a_whole_number_for_its_code_is_read_and_allowed():
    plain = a_form(a_group("first", a_question()), code=2026)
    assert not flaws(plain)
    assert not refused(plain)
