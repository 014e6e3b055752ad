"""What is typed about closures and about what a school keeps of its calendar."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.calendars import queries
from guildhall.people.calendars.days import Span, TermDates
from guildhall.people.calendars.models import SessionTimes
from guildhall.people.calendars.rules import MOST_TRAINING_DAYS, NAMES
from guildhall.people.calendars.services import Told

MOST_WORDS = 1000
_CLOCK = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p")


class ClosureForm(WordedForm):
    """An unavoidable closure."""

    area = "schools"
    radios = frozenset({"closure_begins", "closure_ends", "closure_extent"})

    closure_first = DayField()
    closure_begins = forms.ChoiceField()
    closure_last = DayField()
    closure_ends = forms.ChoiceField()
    closure_extent = forms.ChoiceField()
    closure_part = forms.CharField(max_length=150, required=False)
    closure_reason = forms.ChoiceField()
    closure_words = forms.CharField(max_length=MOST_WORDS, required=False, widget=forms.Textarea())

    def __init__(self, data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.reasons = {str(one.pk): one for one in queries.reasons()}
        self._offer(
            "closure_begins",
            [(key, say(f"schools.Begins_{key.title()}")) for key in ("morning", "afternoon")],
        )
        self._offer("closure_ends", [(key, say(f"schools.Ends_{key.title()}")) for key in ("day", "midday")])
        self._offer(
            "closure_extent", [(key, say(f"schools.Closure_{key.title()}")) for key in ("whole", "part")]
        )
        blank = ("", say("schools.ClosureReason_Blank"))
        self._offer("closure_reason", [blank, *((key, one.called) for key, one in self.reasons.items())])

    def _offer(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("closure_extent") == "part" and not one_line(told.get("closure_part")):
            self.add_error("closure_part", ValidationError("", code="required"))

    def drawn(self) -> list[SafeString]:
        return [self._words() if name == "closure_words" else self.draw(name) for name in self.fields]

    def _words(self) -> SafeString:
        name = "closure_words"
        problem = self.problems.get(name, "") if self.is_bound else ""
        tooltip = say("schools.ClosureWords_Tooltip")
        field = Field(name, self.label_of(name), tooltip=tooltip, problem=problem, optional=True)
        return components.textarea_field(field, value=self[name].value() or "", maxlength=MOST_WORDS)

    @property
    def told(self) -> Told:
        """What the school says, of a form that is valid."""
        told = self.cleaned_data
        return Told(
            first_on=told["closure_first"],
            last_on=told["closure_last"],
            reason=self.reasons[told["closure_reason"]],
            part=one_line(told["closure_part"]) if told["closure_extent"] == "part" else "",
            words=paragraphs(told["closure_words"]),
            from_afternoon=told["closure_begins"] == "afternoon",
            until_midday=told["closure_ends"] == "midday",
        )


class LongerForm(WordedForm):
    """Until when a closure lasts after all."""

    area = "schools"
    radios = frozenset({"closure_ends"})

    closure_last = DayField()
    closure_ends = forms.ChoiceField()

    def __init__(self, data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        ends = [(key, say(f"schools.Ends_{key.title()}")) for key in ("day", "midday")]
        self.fields["closure_ends"].choices = ends  # type: ignore[attr-defined]

    @property
    def end(self) -> dict[str, Any]:
        """The last day, and whether it is closed until midday only."""
        told = self.cleaned_data
        return {"last_on": told["closure_last"], "until_midday": told["closure_ends"] == "midday"}


class OpensForm(WordedForm):
    """When the school opens again."""

    area = "schools"
    radios = frozenset({"opens_from"})

    opens_on = DayField()
    opens_from = forms.ChoiceField()

    def __init__(self, data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        starts = [(key, say(f"schools.Begins_{key.title()}")) for key in ("morning", "afternoon")]
        self.fields["opens_from"].choices = starts  # type: ignore[attr-defined]

    @property
    def end(self) -> dict[str, Any]:
        """The same as LongerForm has it: who opens in the afternoon was closed until midday."""
        opens, midday = self.cleaned_data["opens_on"], self.cleaned_data["opens_from"] == "afternoon"
        return {"last_on": opens if midday else opens - timedelta(days=1), "until_midday": midday}


class ClockField(forms.TimeField):
    """A time of day as people type it: 8:50, 08.50, 3.15pm."""

    def __init__(self) -> None:
        super().__init__(input_formats=_CLOCK, widget=forms.TextInput(attrs={"width": 5}))

    def to_python(self, value: Any) -> time | None:
        typed = one_line(value) if isinstance(value, str) else value
        return super().to_python(typed.replace(" ", "") if isinstance(typed, str) else typed)


class TimesForm(WordedForm):
    """When the two sessions of a day begin and end."""

    area = "schools"

    morning_from = ClockField()
    morning_until = ClockField()
    afternoon_from = ClockField()
    afternoon_until = ClockField()

    def __init__(self, data: QueryDict | None = None, *, known: SessionTimes | None = None) -> None:
        fields = self.base_fields
        initial = {name: f"{getattr(known, name):%H:%M}" for name in fields} if known else {}
        super().__init__(data, initial=initial)


class TrainingForm(WordedForm):
    """The training days of a school year."""

    area = "schools"

    def __init__(self, data: QueryDict | None = None, *, known: Sequence[date] = ()) -> None:
        names = [f"training_{number}" for number in range(1, MOST_TRAINING_DAYS + 1)]
        super().__init__(data, initial=dict(zip(names, known, strict=False)))
        self.fields |= {name: DayField(required=False) for name in names}

    def label_of(self, name: str) -> str:
        return say(self._word(name), number=name.removeprefix("training_"))

    def _word(self, name: str) -> str:
        return "schools.TrainingDay"

    @property
    def days(self) -> list[date]:
        return [day for day in self.cleaned_data.values() if day]


class YearForm(WordedForm):
    """The dates of the three terms of a school year."""

    area = "schools"

    def __init__(self, data: QueryDict | None = None, *, known: Sequence[TermDates] = ()) -> None:
        super().__init__(data, initial=_initial(known))
        for name in NAMES:
            for part in ("first", "half_first", "half_last", "last"):
                self.fields[f"{name}_{part}"] = DayField(required=not part.startswith("half"))

    @property
    def stars(self) -> bool:
        return False

    def label_of(self, name: str) -> str:
        return say(self._word(name), term=say(f"schools.Term_Name_{name.partition('_')[0]}"))

    def _word(self, name: str) -> str:
        return f"schools.Term_{name.partition('_')[2]}"

    def clean(self) -> None:
        told = self.cleaned_data
        for name in NAMES:
            first, last = f"{name}_half_first", f"{name}_half_last"
            if bool(told.get(first)) != bool(told.get(last)) and not self.errors.keys() & {first, last}:
                empty = last if told.get(first) else first
                self.add_error(empty, ValidationError(say("schools.Error_Terms_Both"), code="said"))

    def groups(self) -> list[tuple[str, list[SafeString]]]:
        """The fields of each term under its name."""
        return [
            (
                say(f"schools.Term_Name_{term}"),
                [self.draw(name) for name in self.fields if name.startswith(f"{term}_")],
            )
            for term in NAMES
        ]

    @property
    def terms(self) -> list[TermDates]:
        """The three terms of a form that is valid."""
        told = self.cleaned_data
        return [
            TermDates(
                name,
                Span(told[f"{name}_first"], told[f"{name}_last"]),
                Span(told[f"{name}_half_first"], told[f"{name}_half_last"])
                if told[f"{name}_half_first"]
                else None,
            )
            for name in NAMES
        ]


def _initial(known: Sequence[TermDates]) -> dict[str, date]:
    found: dict[str, date] = {}
    for term in known:
        found |= {f"{term.name}_first": term.span.first_on, f"{term.name}_last": term.span.last_on}
        if term.half:
            found[f"{term.name}_half_first"] = term.half.first_on
            found[f"{term.name}_half_last"] = term.half.last_on
    return found


class HolidayForm(WordedForm):
    """A bank holiday in both languages."""

    area = "schools"

    holiday_day = DayField()
    holiday_en = forms.CharField(max_length=60)
    holiday_cy = forms.CharField(max_length=60)

    @property
    def details(self) -> dict[str, Any]:
        """What is added."""
        told = self.cleaned_data
        names = {code: one_line(told[f"holiday_{code}"]) for code in ("en", "cy")}
        return {"day": told["holiday_day"], **names}
