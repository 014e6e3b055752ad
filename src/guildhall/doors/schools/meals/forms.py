"""What a school types about a pupil."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components, identifiers
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.work.meals.details import FIELDS, YEAR_GROUPS, Details, word_of
from guildhall.work.meals.models import Pupil
from guildhall.work.meals.wording import kind_name, year_name


def _box(width: int) -> forms.TextInput:
    return forms.TextInput(attrs={"spellcheck": False, "width": width})


class ReasonForm(WordedForm):
    """Why the list should change."""

    area = "schools"
    reason = forms.CharField(max_length=500)

    @property
    def told(self) -> str:
        """The reason as it was typed."""
        return paragraphs(self.cleaned_data["reason"])

    def drawn(self) -> list[SafeString]:
        return [*(self.draw(name) for name in self.fields if name != "reason"), self._reason()]

    def _reason(self) -> SafeString:
        field = Field(
            name="reason",
            label=self.label_of("reason"),
            hint=say("schools.Meals_Reason_Hint"),
            tooltip=say("schools.Meals_Reason_Tooltip"),
            problem=self.problems.get("reason", "") if self.is_bound else "",
            required=self.stars,
        )
        return components.textarea_field(field, value=self["reason"].value() or "", maxlength=500, rows=4)

    def _word(self, name: str) -> str:
        return f"schools.Meals_{word_of(name)}"


class PupilForm(ReasonForm):
    """A pupil as the list should have them."""

    upn = forms.CharField(max_length=20, required=False, widget=_box(20))
    forename = forms.CharField(max_length=100, widget=_box(30))
    surname = forms.CharField(max_length=100, widget=_box(30))
    born_on = DayField()
    year_group = forms.ChoiceField()
    kind = forms.ChoiceField()
    since = DayField()
    review_on = DayField(required=False)
    field_order = (*FIELDS, "reason")

    def __init__(self, data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        choose = ("", say("schools.Meals_Choose"))
        for name, options in (
            ("year_group", [(one, year_name(one)) for one in YEAR_GROUPS]),
            ("kind", [(one, kind_name(one)) for one in Pupil.Kind.values]),
        ):
            self.fields[name].choices = [choose, *options]  # type: ignore[attr-defined]

    @property
    def details(self) -> Details:
        """What was typed."""
        told = self.cleaned_data
        return Details(
            upn=identifiers.normalise_upn(told["upn"]),
            forename=one_line(told["forename"]),
            surname=one_line(told["surname"]),
            **{name: told[name] for name in FIELDS[3:]},
        )
