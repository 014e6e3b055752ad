"""What an officer types of a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.speech import active_language, day
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField, Lines, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.children.models import Child
from guildhall.records.persons.models import Person
from guildhall.work.advice import queries, showing
from guildhall.work.advice.models import Requested
from guildhall.work.advice.rules import LONGEST_DETAILS, LONGEST_NAME, LONGEST_ROLE
from guildhall.work.advice.services import More
from guildhall.work.advice.told import Told
from guildhall.work.sharing.models import PortalUser


@dataclass(frozen=True)
class Choices:
    """What can be chosen for an entry about a child, with what the entry has already, by number."""

    users: dict[str, PortalUser]
    persons: dict[str, Person]
    forms: dict[str, Submission]
    wanted: dict[str, str]

    @classmethod
    def of(cls, holder: Holder, child: Child, requested: Requested | None) -> "Choices":
        """For an entry of its own, None for a new one."""
        has = requested or Requested()
        wanted = queries.forms_to_ask_for(active_language())
        if has.wanted and has.wanted not in wanted:
            wanted[has.wanted] = queries.title_of_form(has.wanted, active_language())
        return cls(
            users=_by_number([*queries.portal_users_of(holder, child), has.portal_user]),
            persons=_by_number([*queries.persons_of(holder, child), has.person]),
            forms=_by_number([*queries.forms_about(holder, child), has.form]),
            wanted=wanted,
        )

    @property
    def options(self) -> dict[str, list[tuple[str, str]]]:
        """Field → what its list offers."""
        return {
            "portal_user": [(key, _user_words(one)) for key, one in self.users.items()],
            "person": [(key, f"{one}, {one.reference}") for key, one in self.persons.items()],
            "wanted": list(self.wanted.items()),
            "form": [(key, f"{one}, {day(one.sent_at)}") for key, one in self.forms.items()],
        }


STARRED = frozenset({"details", "due_on"})


class RequestForm(WordedForm):
    """An entry of Information Requested."""

    area = "children"

    portal_user = forms.ChoiceField(required=False)
    name = forms.CharField(required=False, max_length=LONGEST_NAME, widget=forms.TextInput())
    email = forms.EmailField(required=False, max_length=254)
    role = forms.CharField(required=False, max_length=LONGEST_ROLE, widget=forms.TextInput())
    person = forms.ChoiceField(required=False)
    wanted = forms.ChoiceField(required=False)
    details = forms.CharField(required=False, widget=Lines(rows=6, most=LONGEST_DETAILS))
    due_on = DayField(required=False)
    notified_on = DayField(required=False)
    received_on = DayField(required=False)
    form = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, choices: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.choices = choices
        for name, options in choices.options.items():
            blank = say(f"children.Advice_{_camel(name)}_None")
            self.fields[name].choices = [("", blank), *options]  # type: ignore[attr-defined]

    @property
    def told(self) -> Told:
        """What was typed."""
        said = self.cleaned_data
        return Told(
            details=paragraphs(said["details"]),
            due_on=said["due_on"],
            portal_user=self.choices.users.get(said["portal_user"]),
            person=self.choices.persons.get(said["person"]),
            name=one_line(said["name"]),
            email=one_line(said["email"]),
            role=one_line(said["role"]),
            wanted=said["wanted"],
            form=self.choices.forms.get(said["form"]),
            notified_on=said["notified_on"],
            received_on=said["received_on"],
        )

    @property
    def groups(self) -> list[tuple[str, list[SafeString]]]:
        """The fields under their headings, ready for the page."""
        return [
            (say(f"children.Advice_Group_{key}"), [self.draw(name) for name in names])
            for key, names in _GROUPS.items()
        ]

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        # Only now: that it is there is asked with everything else that the service asks.
        self.fields[name].required = name in STARRED
        return super().draw(name, problem=problem)

    def _word(self, name: str) -> str:
        return f"children.Advice_{_OTHERS.get(name, _camel(name))}"


class MoreForm(WordedForm):
    """What more is asked for, and by when."""

    area = "children"

    words = forms.CharField(required=False, widget=Lines(rows=6, most=LONGEST_DETAILS))
    due_on = DayField(required=False)

    @property
    def more(self) -> More:
        """What was typed."""
        return More(paragraphs(self.cleaned_data["words"]), self.cleaned_data["due_on"])

    def draw(self, name: str, *, problem: str | None = None) -> SafeString:
        # As above: the service asks.
        self.fields[name].required = True
        return super().draw(name, problem=problem)

    def _word(self, name: str) -> str:
        return f"children.Advice_More_{_camel(name)}"


# Of somebody without an account these are no names and addresses of the portal.
_OTHERS = {"name": "OtherName", "email": "OtherEmail"}
_GROUPS = {
    "Whom": ("portal_user", "person"),
    "NoAccount": ("name", "email", "role"),
    "What": ("wanted", "details"),
    "When": ("due_on", "notified_on"),
    "Came": ("received_on", "form"),
}


def standing(requested: Requested | None) -> dict[str, Any]:
    """The fields as the entry has them; a new one is due when the law's time for advice is over."""
    if requested is None:
        return {"due_on": timezone.localdate() + timedelta(weeks=showing.law().weeks)}
    typed = ("wanted", "details", "due_on", "notified_on", "received_on")
    values = {name: getattr(requested, name) for name in typed}
    chosen = {name: str(getattr(requested, f"{name}_id") or "") for name in ("portal_user", "person", "form")}
    if not requested.portal_user_id:
        values |= {name: getattr(requested, name) for name in ("name", "email", "role")}
    return values | chosen


def _by_number(rows: list[Any]) -> dict[str, Any]:
    return {str(one.pk): one for one in rows if one is not None}


def _user_words(entry: PortalUser) -> str:
    words = f"{entry.user}, {entry.relation}"
    return words if entry.authenticated else f"{words} ({say('children.Sharing_NotAuthenticated')})"


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
