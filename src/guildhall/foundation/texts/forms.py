"""Forms whose every word comes from the catalogue, drawn with the page components.

For a field ``forename`` of a form of area ``account`` the words are ``account.Forename`` (label),
``account.Forename_Tooltip``, ``account.Forename_Hint`` where the catalogue has one, and for a problem
``account.Error_Forename_Required`` or whatever else is the problem's code, in that pattern; where the
catalogue has none, ``shared.Form_Error_Required`` and so on, with the field's label in it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components, speech
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number

from . import queries
from .catalogue import catalogue

Thing = TypeVar("Thing")

SWITCH = "switch_language"
"""The name of a language button that belongs to the form of a page (GH-041)."""


class DayInput(forms.Widget):
    """A date in three boxes: name-day, name-month, name-year."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [str(data.get(f"{name}-{part}", "")).strip() for part in ("day", "month", "year")]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-day" not in data


class Lines(forms.Textarea):
    """Several lines of text, in a box ``rows`` high.

    What is left of ``most`` characters is counted; without it, of the most that the field takes.
    """

    def __init__(self, *, rows: int = 5, most: int | None = None) -> None:
        super().__init__(attrs={"rows": rows})
        self.most = most


class DayField(forms.Field):
    """A date typed as day, month and year."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not any(value):
            return None
        try:
            day, month, year = (number(part) for part in value)
            return date(year, month, day) if year > 999 else _no_such_day()
        except ValueError:
            raise ValidationError("", code="invalid") from None


def _no_such_day() -> date:
    raise ValueError


class WordedForm(forms.Form):
    """A form that finds its words by the names of its fields. ``area`` is the catalogue's."""

    area = "shared"
    radios: frozenset[str] = frozenset()
    refusal: Refusal | None = None  # why ``done`` could not be

    @property
    def switching(self) -> bool:
        """Whether it was sent by a language button: it is shown again as typed, and nothing is judged."""
        return self.is_bound and SWITCH in self.data

    def is_valid(self) -> bool:
        return not self.switching and super().is_valid()

    @property
    def problems(self) -> dict[str, str]:
        """Field → what is wrong with it, in the order of the page; with none of them, of "main-content"."""
        if self.switching:
            return {}
        errors = self.errors.as_data()
        names = [name for name in self.fields if name in errors]
        found = {name: self._problem(name, errors[name][0]) for name in names}
        if whole := self.non_field_errors():
            found["main-content"] = str(whole[0])
        return found

    @property
    def stars(self) -> bool:
        """Whether a star marks what must be answered: not where there is nothing else to answer."""
        return len(self.fields) > 1 and any(field.required for field in self.fields.values())

    def drawn(self) -> list[SafeString]:
        """Every field, ready for the page, with what was typed and what is wrong with it."""
        return [self.draw(name) for name in self.fields]

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        """One field; ``problem`` is said instead of the form's own."""
        bound = self[name]
        if problem is None:
            problem = self.problems.get(name, "") if self.is_bound else ""
        starred = bound.field.required and self.stars
        field = Field(
            name=name,
            label=self.label_of(name),
            hint=self._known(f"{self._word(name)}_Hint"),
            tooltip=self._known(f"{self._word(name)}_Tooltip"),
            problem=problem,
            required=starred,
            optional=not bound.field.required and not self.stars,
        )
        return _draw(field, bound, as_radios=name in self.radios)

    def label_of(self, name: str) -> str:
        return queries.say(self._word(name))

    def begins_with(self) -> list[tuple[str, str]]:
        """Label and value of every field as a form that nobody filled in begins, but for its secrets."""
        shown = [
            name for name, field in self.fields.items() if not isinstance(field.widget, forms.PasswordInput)
        ]
        return [(self.label_of(name), self._begins(name)) for name in shown]

    def _begins(self, name: str) -> str:
        field = self.fields[name]
        value = self.get_initial_for_field(field, name)
        options = {str(key): str(words) for key, words in getattr(field, "choices", ())}
        each = value if isinstance(value, list | tuple) else [value]
        return ", ".join(options.get(str(one), _said(one)) for one in each)

    def done(self, act: Callable[[], Thing]) -> Thing | None:
        """What ``act`` made of a form that was sent and is right; a refusal is put beside its field."""
        if not self.is_bound or not self.is_valid():
            return None
        try:
            return act()
        except Refusal as refusal:
            self.refusal = refusal
            self.refuse(refusal.by_field())
            return None

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Put ``problems`` that a service found beside their fields; of the whole form is what has none."""
        for name, message in problems.items():
            self.add_error(name if name in self.fields else None, ValidationError(message, code="said"))

    def _word(self, name: str) -> str:
        return f"{self.area}.{_camel(name)}"

    def _known(self, name: str) -> str:
        return queries.say(name) if name in catalogue() else ""

    def _problem(self, name: str, error: ValidationError) -> str:
        code = error.code or "invalid"
        if code == "said":
            return str(error.message)
        values: dict[str, Any] = {"label": self.label_of(name)} | {
            key: value for key, value in (error.params or {}).items() if isinstance(value, int | str)
        }
        of_field, of_code = (
            f"{self.area}.Error_{_camel(name)}_{_camel(code)}",
            f"shared.Form_Error_{_camel(code)}",
        )
        known = (each for each in (of_field, of_code) if each in catalogue())
        return queries.say(next(known, "shared.Form_Error_Invalid"), **values)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return queries.say("shared.Yes" if value else "shared.No")
    return speech.day(value) if isinstance(value, date) else str(value or "")


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _draw(field: Field, bound: BoundField, *, as_radios: bool) -> SafeString:
    widget, value = bound.field.widget, bound.value() or ""
    attrs = {name: one for name, one in widget.attrs.items() if name not in {"maxlength", "minlength"}}
    if isinstance(widget, DayInput):
        return components.date_field(field, **_parts(bound), **attrs)
    if isinstance(widget, Lines):
        most = widget.most or getattr(bound.field, "max_length", None)
        return components.textarea_field(field, value=value, rows=attrs["rows"], maxlength=most)
    if isinstance(widget, forms.CheckboxInput):
        return components.checkbox(field._replace(optional=False), checked=bool(value))
    if isinstance(bound.field, forms.ChoiceField):
        options = _choices(bound.field)
        if as_radios:
            return components.radios_field(field, options=[one for one in options if one[0]], value=value)
        return components.select_field(field, options=options, value=value)
    if isinstance(widget, forms.PasswordInput):
        return components.password_field(field._replace(optional=False), **attrs)
    # Django takes the type out of the attributes; with "email" a phone shows the keyboard that has an @.
    kind = "email" if getattr(widget, "input_type", "") == "email" else "text"
    return components.text_field(field, value=value, type=kind, **attrs)


def _choices(field: forms.ChoiceField) -> list[tuple[str, str]]:
    choices: Any = field.choices
    return [(str(value), str(label)) for value, label in choices]


def _parts(bound: BoundField) -> dict[str, Any]:
    value = bound.value()
    if isinstance(value, date):
        return {"day": value.day, "month": value.month, "year": value.year}
    day, month, year = value or ("", "", "")
    return {"day": day, "month": month, "year": year}
