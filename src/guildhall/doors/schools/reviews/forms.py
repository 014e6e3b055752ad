"""What a school types about a pupil, the dates of a plan, and a meeting."""

from typing import Any

from django import forms
from django.utils import timezone

from guildhall.foundation.kit.identifiers import normalise_upn
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import DayField, Lines, WordedForm
from guildhall.work.annualreviews.models import Plan, Review
from guildhall.work.annualreviews.services import Dates, Pupil

from .shown import advice_words, word_of


def _box(width: int) -> forms.TextInput:
    return forms.TextInput(attrs={"spellcheck": False, "width": width})


class ReviewForm(WordedForm):
    area = "schools"

    def _word(self, name: str) -> str:
        return f"schools.SenReview_{word_of(name)}"


class DatesForm(ReviewForm):
    """The dates of a plan."""

    plan_on = DayField()
    last_on = DayField(required=False)
    due_on = DayField(required=False)

    @property
    def dates(self) -> Dates:
        told = self.cleaned_data
        return Dates(told["plan_on"], told["last_on"], told["due_on"])


class PupilForm(DatesForm):
    """A pupil with a plan, to be added."""

    forename = forms.CharField(max_length=100, widget=_box(30))
    surname = forms.CharField(max_length=100, widget=_box(30))
    born_on = DayField()
    upn = forms.CharField(max_length=20, widget=_box(20))
    field_order = ("forename", "surname", "born_on", "upn", "plan_on", "last_on", "due_on")

    @property
    def pupil(self) -> Pupil:
        told = self.cleaned_data
        return Pupil(
            one_line(told["forename"]),
            one_line(told["surname"]),
            told["born_on"],
            normalise_upn(told["upn"]),
        )


class MeetingForm(ReviewForm):
    """When and where a review meets."""

    meeting_on = DayField()
    place = forms.CharField(max_length=200, required=False, widget=_box(30))


def dates_of(plan: Plan) -> dict[str, Any]:
    """What the form of dates starts with."""
    return {"plan_on": plan.plan_on, "last_on": plan.last_on, "due_on": plan.due_on}


class HeldForm(ReviewForm):
    """The day on which the meeting was held."""

    held_on = DayField()

    @staticmethod
    def begun(meeting_on: Any) -> dict[str, Any]:
        """What it starts with: the day that was planned, once it has come."""
        return {"held_on": meeting_on if meeting_on <= timezone.localdate() else None}


class DecisionForm(ReviewForm):
    """What the authority decided, and when."""

    radios = frozenset({"decision"})
    decision = forms.ChoiceField()
    decided_on = DayField()
    words = forms.CharField(max_length=2000, required=False, widget=Lines(rows=4))

    def offer(self) -> None:
        """Fill in what can be decided."""
        field = self.fields["decision"]
        field.choices = [(str(one), advice_words(one)) for one in Review.Advice.values]  # type: ignore[attr-defined]
