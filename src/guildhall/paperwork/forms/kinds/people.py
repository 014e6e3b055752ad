"""Addresses, people, establishments and signatures: answers with several parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.components import Option as Choice
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts

from ..shape import Question
from ..wording import date_in
from .base import Context, Entry, Establishment, Kind, Problem
from .contact import check_email, check_postcode, check_telephone
from .frames import composed, part_field
from .text import within

_LINES = ("line1", "line2", "line3")


class _Parts(Kind):
    """An answer typed in several text fields, read as a mapping of the parts."""

    parts: tuple[str, ...]

    def read(self, data: QueryDict, question: Question) -> Any:
        return {part: one_line(data.get(f"{question.field_id}-{part}", "")) for part in self.parts}

    def is_blank(self, raw: Any) -> bool:
        return not isinstance(raw, Mapping) or not any(raw.values())


class Address(_Parts):
    """Up to three lines, a town and a postcode; ``uprn`` stays empty until an address look-up fills it."""

    name = "address"
    parts = (*_LINES, "town", "postcode", "uprn")
    missing_part = "line1"

    def check(self, raw: Any, question: Question, context: Context) -> dict[str, Any]:
        typed = _as_typed(raw)
        for part in (*_LINES, "town"):
            within(typed[part], question, most=100, part=part)
        if not typed["line1"]:
            raise Problem("MissingLine", question, part="line1")
        if not typed["town"]:
            raise Problem("MissingTown", question, part="town")
        postcode = check_postcode(typed["postcode"], question, part="postcode")
        uprn = typed["uprn"] if typed["uprn"].isdecimal() and len(typed["uprn"]) <= 12 else ""
        return {
            "lines": [typed[line] for line in _LINES if typed[line]],
            "town": typed["town"],
            "postcode": postcode,
            "uprn": uprn,
        }

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [*value["lines"], value["town"], value["postcode"]]

    def render(self, entry: Entry) -> SafeString:
        typed = _as_typed(entry.value)
        return composed(
            entry,
            part_field(entry, "line1", typed["line1"]),
            part_field(entry, "line2", typed["line2"], optional=True),
            part_field(entry, "line3", typed["line3"], optional=True),
            part_field(entry, "town", typed["town"], width="two-thirds"),
            part_field(entry, "postcode", typed["postcode"], width=10, spellcheck=False),
        )


def _as_typed(value: Any) -> dict[str, str]:
    """The boxes of an address, from what was typed or from an answer."""
    given = value if isinstance(value, Mapping) else {}
    typed = {part: one_line(given.get(part, "")) for part in Address.parts}
    lines = given.get("lines")
    if isinstance(lines, list):
        typed |= dict(zip(_LINES, map(one_line, lines), strict=False))
    return typed


class Person(_Parts):
    """Somebody's name, what they are to the child, and how to reach them."""

    name = "person"
    parts = ("name", "role", "telephone", "email")
    missing_part = "name"

    def check(self, raw: Any, question: Question, context: Context) -> dict[str, str]:
        given = raw if isinstance(raw, Mapping) else {}
        typed = {part: one_line(given.get(part, "")) for part in self.parts}
        if not typed["name"]:
            raise Problem("MissingName", question, part="name")
        within(typed["name"], question, most=200, part="name")
        within(typed["role"], question, most=100, part="role")
        if typed["telephone"]:
            typed["telephone"] = check_telephone(typed["telephone"], question, part="telephone")
        if typed["email"]:
            typed["email"] = check_email(typed["email"], question, part="email")
        return typed

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [value[part] for part in self.parts if value.get(part)]

    def render(self, entry: Entry) -> SafeString:
        value = entry.value if isinstance(entry.value, Mapping) else {}
        return composed(
            entry,
            part_field(entry, "name", value.get("name"), spellcheck=False),
            part_field(entry, "role", value.get("role"), optional=True),
            part_field(
                entry,
                "telephone",
                value.get("telephone"),
                hint="shared.Hint_Telephone",
                optional=True,
                type="tel",
                width=20,
            ),
            part_field(entry, "email", value.get("email"), optional=True, type="email", spellcheck=False),
        )


class School(Kind):
    """An establishment of the register, found by name or number (URN), or a name as typed.

    A name that several may be meant by is asked about with radios, "none of these" among them. What was
    settled comes back with the page, so that editing another answer neither asks again nor drops the URN.
    """

    name = "establishment"

    def read(self, data: QueryDict, question: Question) -> Any:
        """The name alone; with ``choice`` (a URN or NONE) where the person chose, or chose it before."""
        field = question.field_id
        typed = one_line(data.get(field, ""))
        choice = one_line(data.get(f"{field}-choice", ""))
        if not choice and typed and typed == one_line(data.get(f"{field}-was", "")):
            choice = one_line(data.get(f"{field}-urn", "")) or NONE
        return {"name": typed, "choice": choice[:10]} if choice else typed

    def is_blank(self, raw: Any) -> bool:
        return super().is_blank(raw.get("name") if isinstance(raw, Mapping) else raw)

    def check(self, raw: Any, question: Question, context: Context) -> dict[str, str]:
        given = raw if isinstance(raw, Mapping) else {"name": raw}
        typed = self._named(given.get("name"), question)
        if "urn" in given:
            return {"urn": one_line(given["urn"])[:10], "name": typed}
        choice = given.get("choice", "")
        if context.establishments is None or choice == NONE:
            return {"urn": "", "name": typed}
        return self._meant(typed, choice, list(context.establishments(typed)), question)

    def _meant(
        self, typed: str, choice: str, found: list[Establishment], question: Question
    ) -> dict[str, str]:
        chosen = [one for one in found if str(one.urn) == choice]
        exact = [one for one in found if fold_name(typed) in (fold_name(one.name), str(one.urn))]
        if chosen or len(exact) == 1:
            return _known((chosen or exact)[0])
        if found:
            raise Problem("SeveralSchools", question, part="choice")
        return {"urn": "", "name": typed}

    def _named(self, raw: Any, question: Question) -> str:
        name = one_line(raw)
        if not name:
            raise Problem("Missing", question)
        return within(name, question, most=200)

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [f"{value['name']} (URN {value['urn']})" if value["urn"] else value["name"]]

    def render(self, entry: Entry) -> SafeString:
        value = entry.value if isinstance(entry.value, Mapping) else {"name": entry.value or ""}
        asks = entry.problem_part == "choice"
        field = entry.field._replace(problem="") if asks else entry.field
        drawn = components.text_field(field, value=value.get("name", ""), spellcheck=False)
        if asks:
            return drawn + _choices(entry, value.get("name", ""))
        return drawn + _settled(entry, value) if "urn" in value else drawn


NONE = "none"
"""The choice that no school of the register is meant."""


def _choices(entry: Entry, typed: str) -> SafeString:
    """Radios of the schools that may be meant, with where they are."""
    found = entry.establishments(typed) if entry.establishments else []
    options = [Choice(str(one.urn), one.name, hint=_where(one)) for one in found]
    none = texts.say("shared.School_None", entry.language, name=typed)
    field = Field(
        name=f"{entry.question.field_id}-choice",
        label=texts.say("shared.School_Which", entry.language),
        problem=entry.problem,
    )
    return components.radios_field(field, options=[*options, Choice(NONE, none)])


def _where(one: Establishment) -> str:
    return ", ".join(part for part in (one.town, one.postcode, f"URN {one.urn}") if part)


def _settled(entry: Entry, value: Mapping[str, Any]) -> SafeString:
    field = entry.question.field_id
    pairs = [(f"{field}-was", value.get("name", "")), (f"{field}-urn", value["urn"])]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


def _known(one: Establishment) -> dict[str, str]:
    return {"urn": str(one.urn), "name": one.name}


class Signature(Kind):
    """A name typed as a signature, with the day it was typed. It is never filled in for anybody."""

    name = "signature"

    def is_blank(self, raw: Any) -> bool:
        return super().is_blank(raw.get("name") if isinstance(raw, Mapping) else raw)

    def check(self, raw: Any, question: Question, context: Context) -> dict[str, str]:
        if isinstance(raw, Mapping):
            return {
                "name": within(one_line(raw.get("name")), question, most=200),
                "on": one_line(raw.get("on"))[:10],
            }
        name = within(one_line(raw), question, most=200)
        if sum(letter.isalpha() for letter in name) < 2:
            raise Problem("NotASignature", question)
        return {"name": name, "on": context.today.isoformat()}

    def speak(self, value: Any, question: Question, language: str) -> list[str]:
        return [value["name"], date_in(date.fromisoformat(value["on"]), language)]

    def render(self, entry: Entry) -> SafeString:
        value = entry.value.get("name", "") if isinstance(entry.value, Mapping) else entry.value
        return components.text_field(entry.field, value=value, spellcheck=False, autocomplete="name")
