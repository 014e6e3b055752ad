"""Find Address at an address question: looking up, choosing, and going on typing."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guildhall.doors.account.finding import choice, found_words
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Question
from guildhall.paperwork.forms.steps import StepInput
from guildhall.paperwork.forms.walk import typed_in
from guildhall.people.accounts import addresses

from .posting import Spot

FIND = "find-address"
USE = "use-address"


def button(spot: Spot, question: Question, *, asked: str) -> SafeString:
    """Find Address below an address question; with the addresses found where ``asked`` is its code."""
    if question.kind != "address" or not addresses.is_on():
        return SafeString("")
    context: dict[str, Any] = {
        "question": question,
        "label": question.text.in_(active_language()),
    }
    if asked == question.code:
        postcode = _postcode(spot.answers.get(question.code))
        found = addresses.find(postcode)
        context |= {"found": found, "words": found_words(found) if found else _none_found(postcode)}
        context["choice"] = choice(found, name=f"found-{question.field_id}")
    return SafeString(render_to_string("filling/find_address.html", context))


def _none_found(postcode: str) -> str:
    """What to do instead: here the boxes of the address are above the button."""
    return texts.say("send.Address_NotFound" if postcode.strip() else "send.Address_NoPostcode")


def chosen(request: HttpRequest, spot: Spot, typed: StepInput) -> dict[str, Any]:
    """The address that Use this address asks for: code → answer; empty where none is asked for."""
    code = request.POST.get(USE, "")
    question = next((each for each in spot.group.questions if each.code == code), None)
    if question is None or question.kind != "address":
        return {}
    held = typed.answers.get(code)
    wanted = request.POST.get(f"found-{question.field_id}", "")
    one = next((each for each in addresses.find(_postcode(held)) if each.key == wanted), None)
    return {code: _answer(one, held)} if one else {}


def asked_code(request: HttpRequest) -> str:
    """The address question whose Find Address or Use this address was pressed."""
    return request.POST.get(FIND) or request.POST.get(USE) or ""


def _postcode(held: Any) -> str:
    value = typed_in(held)
    return str(value.get("postcode") or "")[:20] if isinstance(value, dict) else ""


def _answer(one: addresses.FoundAddress, held: Any) -> dict[str, Any]:
    """The answer that the address makes; one without a house or street leaves the lines that were typed."""
    street = " ".join(part for part in (one.house_number, one.street) if part)
    lines = [part for part in (one.property_name, street) if part]
    if lines:
        return {"lines": lines, "town": one.town, "postcode": one.postcode, "uprn": ""}
    typed = typed_in(held)
    boxes = {f"line{n}": str(typed.get(f"line{n}") or "") for n in (1, 2, 3)}
    boxes |= {f"line{n}": line for n, line in enumerate(typed.get("lines") or [], 1)}
    return {"typed": boxes | {"town": one.town, "postcode": one.postcode, "uprn": ""}}
