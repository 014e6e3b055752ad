"""Find Address: looking a postcode up while everything typed so far stays."""

from dataclasses import dataclass
from typing import Any

from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.people.accounts import addresses

from .forms import ADDRESS_FIELDS, Address
from .own_forms import UpdateAccount


@dataclass(frozen=True)
class Found:
    """What to show after looking: the form's values, the addresses, and how many there are in words."""

    values: dict[str, Any]
    addresses: list[addresses.FoundAddress]
    words: str

    @property
    def shown(self) -> dict[str, Any]:
        """What ``account/found.html`` draws."""
        return {
            "found": self.addresses,
            "found_words": self.words,
            "found_choice": choice(self.addresses) if self.addresses else "",
        }


def wanted(request: HttpRequest) -> bool:
    """Whether Find Address or Use this address was pressed."""
    return request.method == "POST" and bool({"find", "use"} & set(request.POST))


def look(request: HttpRequest, form: type[WordedForm]) -> Found:
    """The addresses at the postcode that was typed, or the chosen one in its boxes."""
    values = typed(request, form)
    found = addresses.find(values["postcode"])
    if "use" in request.POST:
        chosen = [one for one in found if one.key == request.POST.get("found")]
        values |= {name: getattr(chosen[0], name) for name in ADDRESS_FIELDS} if chosen else {}
        return Found(values, [], "")
    return Found(values, found, found_words(found))


def found_words(found: list[addresses.FoundAddress]) -> str:
    """How many addresses there are, and what to do next."""
    name = {0: "account.Address_NotFound", 1: "account.Address_FoundOne"}.get(len(found))
    return texts.say(name or "account.Address_Found", count=len(found))


def choice(found: list[addresses.FoundAddress], *, name: str = "found") -> SafeString:
    """The field in which one of the addresses found is chosen."""
    field = components.Field(
        name, texts.say("account.Address_Choose"), tooltip=texts.say("account.Address_Choose_Tooltip")
    )
    return components.select_field(field, options=[(one.key, str(one)) for one in found])


def typed(request: HttpRequest, form: type[WordedForm]) -> dict[str, Any]:
    """What was typed into the fields of ``form``, right or wrong; a date as its three parts."""
    return {name: _typed(request, name, field) for name, field in form.base_fields.items()}


def _typed(request: HttpRequest, name: str, field: Field) -> str | list[str]:
    if isinstance(field, DayField):
        return [one_line(request.POST.get(f"{name}-{part}")) for part in ("day", "month", "year")]
    return one_line(request.POST.get(name))


_WHERE = ("postcode", *(name for name in ADDRESS_FIELDS if name != "postcode"))
_PHONES = ("home_phone", "mobile", "work_phone")


def drawn(form: Address | UpdateAccount) -> dict[str, Any]:
    """The fields in three parts: the person, the postcode with what follows, the telephones."""
    before = [name for name in form.fields if name not in {*_WHERE, *_PHONES}]
    return {
        "person": [form.draw(name) for name in before],
        "postcode": form.draw("postcode"),
        "where": [form.draw(name) for name in _WHERE[1:]],
        "phones": [form.draw(name) for name in _PHONES],
    }
