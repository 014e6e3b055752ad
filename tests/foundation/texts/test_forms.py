"""Every refusal of a Django field is said in words of the catalogue."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.forms import WordedForm

pytestmark = pytest.mark.django_db


class PlaceForm(WordedForm):
    """A number of a list, as the front page of schools asks for it."""

    area = "schools"
    position = forms.IntegerField(min_value=0, max_value=9999)

    def clean_position(self) -> int:
        if self.cleaned_data["position"] == 13:
            raise ValidationError("no", code="a_code_without_words")
        return int(self.cleaned_data["position"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-1", "must be 0 or more"),
        ("99999", "must be 9999 or less"),
        ("9" * 400, "must be 9999 or less"),
        ("13", "Check what you entered"),
        ("first", "Check what you entered"),
    ],
)
def test_a_refusal_that_has_no_words_of_its_own_is_said_in_those_that_every_field_has(typed, said):
    form = PlaceForm({"position": typed})
    assert not form.is_valid()
    assert said in form.problems["position"]


@pytest.mark.parametrize(
    ("refusal", "problems"),
    [
        (Refusal("Taken", field="position"), {"position": "Taken"}),
        (Refusal("Too late"), {"main-content": "Too late"}),
        (
            Refusals({"gone": "Too late", "position": "Taken"}),
            {"position": "Taken", "main-content": "Too late"},
        ),
    ],
)
def test_what_a_service_refuses_is_beside_its_field_or_of_the_whole_form(refusal, problems):
    def refuse() -> None:
        raise refusal

    form = PlaceForm({"position": "1"})
    assert form.done(refuse) is None
    assert form.problems == problems


def test_a_form_does_what_is_asked_only_when_it_was_sent_and_is_right():
    assert PlaceForm({"position": "1"}).done(lambda: "done") == "done"
    assert PlaceForm({"position": "-1"}).done(lambda: "done") is None
    assert PlaceForm().done(lambda: "done") is None
    assert PlaceForm().problems == {}
