"""What an officer types of an action for a school."""

from typing import Any

from django import forms
from django.http import QueryDict

from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.organisations.models import Establishment
from guildhall.people.organisations.queries import open_establishments
from guildhall.work.actions.models import Action
from guildhall.work.actions.told import Told


class GivenForm(WordedForm):
    """What a school is to do after a visit."""

    area = "schools"

    school = forms.ChoiceField()
    title = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"spellcheck": True}))
    visited_on = DayField()
    due_on = DayField()

    def __init__(self, data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        rows = open_establishments().values_list("pk", "name")
        schools = [("", say("schools.Meals_Choose")), *((str(pk), name) for pk, name in rows)]
        self.fields["school"].choices = schools  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Establishment:
        """The school that is to do it."""
        return open_establishments().get(pk=number(self.cleaned_data["school"]))

    @property
    def told(self) -> Told:
        """What was typed."""
        typed = self.cleaned_data
        return Told(
            title=one_line(typed["title"]),
            due_on=typed["due_on"],
            source=Action.Source.VISIT,
            visited_on=typed["visited_on"],
        )

    def _word(self, name: str) -> str:
        return f"schools.Action_{''.join(part.capitalize() for part in name.split('_'))}"
