"""What a citizen types about a child of the family."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guildhall.doors.account.forms import ADDRESS_FIELDS, Line, address_of, genders, line, postcode_of
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.people.accounts.rules import age_on

RELATIONSHIPS = ("mother", "father", "step_parent", "grandparent", "foster_carer", "guardian", "other")
OLDEST = 25


def _text(most: int, *, required: bool = False, **attrs: Any) -> Line:
    return line(most, required=required, autocomplete="off", **attrs)


class ChildForm(WordedForm):
    """The names are not cut here: the service says what to do when one is too long (SP-065)."""

    area = "account"
    child_forename = _text(200, required=True)
    child_midname = _text(200)
    child_surname = _text(200, required=True)
    child_born_on = DayField()
    child_gender = forms.ChoiceField(required=False)
    relationship = forms.ChoiceField()
    responsibility = forms.ChoiceField(required=False)
    property_name = _text(60)
    house_number = _text(10, width=5)
    street = _text(80)
    town = _text(60)
    postcode = _text(12, width=10)
    radios = frozenset({"responsibility"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("child_gender", genders())
        self._offer(
            "relationship",
            [("", "")] + [(key, texts.say(f"account.Relationship_{_words(key)}")) for key in RELATIONSHIPS],
        )
        self._offer(
            "responsibility",
            [
                ("yes", texts.say("account.Responsibility_Yes")),
                ("no", texts.say("account.Responsibility_No")),
            ],
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_child_born_on(self) -> date:
        born_on: date = self.cleaned_data["child_born_on"]
        if born_on > self.initial["today"]:
            raise ValidationError("", code="future")
        if age_on(born_on, self.initial["today"]) > OLDEST:
            raise ValidationError("", code="too_old")
        return born_on

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        return postcode_of(typed) if typed else ""

    @property
    def details(self) -> dict[str, Any]:
        """The fields of FamilyChild that were given."""
        given = self.cleaned_data
        names = ("forename", "midname", "surname", "born_on", "gender")
        return {name: given[f"child_{name}"] for name in names} | {
            "relationship": given["relationship"],
            "parental_responsibility": {"yes": True, "no": False}.get(given["responsibility"]),
            "address": address_of(given),
        }


def _words(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))


def initial_of(kept: dict[str, Any], address: dict[str, Any], today: date) -> dict[str, Any]:
    """What the form shows before anything is typed: ``kept`` fields of FamilyChild, or none of them."""
    responsibility = {True: "yes", False: "no"}.get(kept.pop("parental_responsibility", None), "")
    relationship = kept.pop("relationship", "")
    return (
        {f"child_{name}": value for name, value in kept.items()}
        | {"relationship": relationship, "responsibility": responsibility, "today": today}
        | {name: address.get(name, "") for name in ADDRESS_FIELDS}
    )
