"""What a school types about somebody to telephone."""

from django import forms

from guildhall.foundation.kit.identifiers import normalise_phone
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import WordedForm
from guildhall.work.emergency.rules import FIELDS, LONGEST, Told

_PHONE = {"inputmode": "tel", "autocomplete": "off", "width": 20, "spellcheck": False}


def _line(name: str) -> forms.CharField:
    return forms.CharField(max_length=LONGEST[name], widget=forms.TextInput(attrs={"autocomplete": "off"}))


class ContactForm(WordedForm):
    """One contact."""

    area = "schools"
    name = _line("name")
    role = _line("role")
    phone = forms.CharField(max_length=40, widget=forms.TextInput(attrs=_PHONE))
    other_phone = forms.CharField(max_length=40, required=False, widget=forms.TextInput(attrs=_PHONE))
    available = _line("available")
    key_holder = forms.BooleanField(required=False)
    alarm = forms.BooleanField(required=False)

    @property
    def told(self) -> Told:
        """What was typed, its numbers as they are kept."""
        typed = self.cleaned_data
        return Told(
            **{name: one_line(typed[name]) for name in LONGEST},
            **{name: normalise_phone(one_line(typed[name])) for name in ("phone", "other_phone")},
            key_holder=typed["key_holder"],
            alarm=typed["alarm"],
        )

    def _word(self, name: str) -> str:
        return f"{self.area}.Emergency_{''.join(part.capitalize() for part in name.split('_'))}"


def said_of(contact: object) -> dict[str, object]:
    """What the form begins with for a contact that there is."""
    return {name: getattr(contact, name) for name in FIELDS}
