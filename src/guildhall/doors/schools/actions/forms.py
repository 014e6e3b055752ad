"""What is typed of an action."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.actions.models import Action
from guildhall.work.actions.told import Told
from guildhall.work.actions.wording import source_words

Source = Action.Source
CHOSEN_HERE = (Source.OTHER, Source.VISIT)  # post and cases are chosen on their own pages


class ActionForm(WordedForm):
    """An action. ``origin`` is what it comes from, where that is post or a case and stays so."""

    area = "schools"
    radios = frozenset({"source"})

    title = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"spellcheck": True}))
    due_on = DayField()
    owner = forms.ChoiceField()
    source = forms.ChoiceField()
    visited_on = DayField(required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Iterable[SchoolPlace],
        origin: dict[str, Any],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self._origin = origin
        choose = ("", say("schools.Action_Choose"))
        options = [choose, *((str(one.user_id), str(one)) for one in people)]
        self.fields["owner"].choices = options  # type: ignore[attr-defined]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (one.value, source_words(one)) for one in CHOSEN_HERE
        ]
        if origin:
            del self.fields["source"], self.fields["visited_on"]

    @property
    def told(self) -> Told:
        """What was typed."""
        typed = self.cleaned_data
        source: dict[str, Any] = self._origin or {
            "source": typed["source"],
            "visited_on": typed["visited_on"] if typed["source"] == Source.VISIT else None,
        }
        owner = number(typed["owner"])
        return Told(title=one_line(typed["title"]), due_on=typed["due_on"], owner=owner, **source)

    def _word(self, name: str) -> str:
        return f"schools.Action_{''.join(part.capitalize() for part in name.split('_'))}"
