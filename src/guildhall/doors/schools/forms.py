"""What is typed about the people of a school, and what is wrong with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit import components, identifiers
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.typed import number, one_line
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import Duty, JobTitle, SchoolPlace
from guildhall.people.membership.services import Given


def kinds() -> list[tuple[str, str]]:
    """The school user types with their names."""
    return [(kind, texts.say(f"schools.Kind_{word(kind)}")) for kind in SchoolPlace.Kind.values]


def duties() -> list[tuple[str, str]]:
    """The duties of a school with their names."""
    return [(key, texts.say(f"schools.Duty_{word(key)}")) for key in Duty.Key.values]


def word(key: str) -> str:
    """A key as the names of texts have it: governor-clerk, GovernorClerk."""
    return "".join(part.capitalize() for part in key.split("-"))


def yes_no() -> list[tuple[str, str]]:
    return [("yes", texts.say("schools.Yes")), ("no", texts.say("schools.No"))]


def _box(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"spellcheck": False} | attrs)


class PersonForm(WordedForm):
    """A new user. ``holder`` decides which schools can be ticked."""

    area = "schools"
    radios = frozenset({"is_admin", "locked"})

    email = forms.EmailField(max_length=254, widget=_box(type="email"))
    forename = forms.CharField(max_length=60, widget=_box())
    surname = forms.CharField(max_length=60, widget=_box())
    job_title = forms.ChoiceField()
    mobile = forms.CharField(max_length=30, required=False, widget=_box(inputmode="tel", width=20))
    kind = forms.ChoiceField()
    is_admin = forms.ChoiceField()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        holder: Holder,
        schools: set[int],
        place: SchoolPlace | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(place))
        self.place = place
        self.kept = list(school_queries.schools_kept(holder))
        self.titles = school_queries.job_titles(also=place.job_title if place else None)
        self.choose("job_title", [("", texts.say("schools.JobTitle_Blank")), *map(_named, self.titles)])
        self.choose("kind", kinds())
        self.choose("is_admin", yes_no())
        self.schools = _ticked(data) if data is not None else schools

    def choose(self, name: str, options: list[tuple[str, str]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    def label_of(self, name: str) -> str:
        new_mobile = name == "mobile" and self.place is None
        return texts.say("schools.New_Mobile") if new_mobile else super().label_of(name)

    def clean_mobile(self) -> str:
        number = identifiers.normalise_phone(self.cleaned_data["mobile"])
        if number and not identifiers.valid_phone(number):
            raise ValidationError("", code="invalid")
        return number

    def drawn(self) -> list[SafeString]:
        """Every field, the schools last."""
        return [*super().drawn(), self._draw_schools()]

    def _draw_schools(self) -> SafeString:
        field = Field(
            name="schools",
            label=texts.say("schools.Schools"),
            tooltip=texts.say("schools.Schools_Tooltip"),
            problem=self.extra.get("schools", ""),
            required=True,
        )
        return components.checkboxes_field(
            field,
            options=[(str(one.pk), one.name) for one in self.kept],
            values=[str(pk) for pk in self.schools],
        )

    @property
    def extra(self) -> dict[str, str]:
        """Problems of what is no field of the form: its schools, and the whole of it."""
        said: dict[str, str] = getattr(self, "said", {})
        if self.schools or not self.is_bound:
            return said
        return {"schools": texts.say("schools.Error_Schools_Required")} | said

    @property
    def all_problems(self) -> dict[str, str]:
        """Everything that is wrong, for the top of the page."""
        return ({**self.problems, **self.extra}) if self.is_bound else {}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.extra

    def turn_down(self, field: str | None, message: str) -> None:
        """Put what a service refused beside its field, else at the top."""
        if field in self.fields:
            self.refuse({field: message})
        else:
            self.said = {field or "main-content": message}

    @property
    def given(self) -> Given:
        told: dict[str, Any] = self.cleaned_data
        return Given(
            email=told["email"].lower(),
            forename=one_line(told["forename"]),
            surname=one_line(told["surname"]),
            job_title=next(one for one in self.titles if str(one.pk) == told["job_title"]),
            mobile=told["mobile"],
            kind=told["kind"],
            is_admin=told["is_admin"] == "yes",
            locked=told.get("locked") == "locked",
            schools=frozenset(self.schools & {one.pk for one in self.kept}),
        )


class EditForm(PersonForm):
    """A user who is there already, with the lock."""

    locked = forms.ChoiceField()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        states = {"unlocked": texts.say("schools.Unlocked"), "locked": texts.say("schools.LockedState")}
        self.choose("locked", list(states.items()))


def _initial(place: SchoolPlace | None) -> dict[str, Any]:
    if place is None:
        return {"is_admin": "no", "kind": SchoolPlace.Kind.STANDARD}
    return {
        "email": place.user.email,
        "forename": place.forename,
        "surname": place.surname,
        "job_title": str(place.job_title_id),
        "mobile": place.mobile,
        "kind": place.kind,
        "is_admin": "yes" if place.is_admin else "no",
        "locked": "locked" if place.membership.locked_at else "unlocked",
    }


def _named(title: JobTitle) -> tuple[str, str]:
    return str(title.pk), title.called


def _ticked(data: QueryDict) -> set[int]:
    return {number(one) for one in data.getlist("schools")} - {-1}


class DutyForm(WordedForm):
    """Who answers for a duty from when, for good or as cover."""

    area = "schools"
    radios = frozenset({"covers"})

    duty = forms.ChoiceField()
    person = forms.ChoiceField()
    covers = forms.ChoiceField()
    first_on = DayField()
    last_on = DayField(required=False)

    def __init__(self, data: QueryDict | None = None, *, people: list[SchoolPlace], **more: Any) -> None:
        super().__init__(data, **more)
        self.people = people
        for name, options in (
            ("duty", duties()),
            ("person", [(str(one.pk), str(one)) for one in people]),
            ("covers", [("no", texts.say("schools.Covers_No")), ("yes", texts.say("schools.Covers_Yes"))]),
        ):
            self.fields[name].choices = options  # type: ignore[attr-defined]

    @property
    def chosen(self) -> SchoolPlace:
        return next(one for one in self.people if str(one.pk) == self.cleaned_data["person"])


class WordsForm(WordedForm):
    """One box of words: feedback, or a reason."""

    area = "schools"
    words = forms.CharField(max_length=2000, widget=forms.Textarea())

    def drawn(self) -> list[SafeString]:
        return [self.box("words", texts.say("schools.Words_Tooltip"))]

    def box(self, name: str, tooltip: str) -> SafeString:
        """A field of several lines."""
        field = Field(
            name=name,
            label=self.label_of(name),
            tooltip=tooltip,
            problem=self.problems.get(name, "") if self.is_bound else "",
            required=self.stars,
        )
        return components.textarea_field(field, value=self[name].value() or "", maxlength=2000)


class ServiceRequestForm(WordsForm):
    """Who cannot get into their account, where they work, and what happened."""

    your_name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    your_email = forms.EmailField(
        max_length=254, widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )
    your_school = forms.CharField(max_length=120, widget=forms.TextInput())
    field_order = ["your_name", "your_email", "your_school", "words"]

    def drawn(self) -> list[SafeString]:
        fields = [self.draw(name) for name in self.fields if name != "words"]
        return [*fields, self.box("words", texts.say("schools.ServiceRequest_Words_Tooltip"))]

    @property
    def details(self) -> dict[str, str]:
        """What is kept."""
        return {name.removeprefix("your_"): value for name, value in self.cleaned_data.items()}
