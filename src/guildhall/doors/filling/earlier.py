"""What a step says of an earlier form's answer: where it is from, or that it could be used."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guildhall.foundation.kit import speech
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Question
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.submissions.merging import digest, is_empty

from .posting import Spot

BUTTON = "use-earlier"


def is_filled(spot: Spot, question: Question) -> bool:
    """Whether the answer is still the one that an earlier form gave."""
    one = spot.draft.inherited.get(question.code)
    return bool(one) and digest(spot.answers.get(question.code)) == digest(one["value"])


def note(spot: Spot, question: Question) -> SafeString:
    """Above the field: "Pre-populated answer" with its source, or an earlier answer to use; else nothing."""
    one = spot.draft.inherited.get(question.code)
    if not one or spot.group.repeats:
        return SafeString("")
    filled = is_filled(spot, question)
    if not filled and not (one["how"] == "suggest" and is_empty(spot.answers.get(question.code))):
        return SafeString("")
    language = active_language()
    context = {
        "question": question,
        "filled": filled,
        "source": source_words(one),
        "lines": KINDS[question.kind].speak(one["value"], question, language),
        "label": question.text.in_(language),
    }
    return SafeString(render_to_string("filling/earlier.html", context))


def source_words(one: dict[str, Any]) -> str:
    """ "From Request for an assessment, sent by Dilys Pritchard on 3 June 2026"."""
    if one.get("several"):
        return texts.say("send.Earlier_FromSeveral", count=one["several"])
    title = one["form"].get(active_language()) or one["form"]["en"]
    day = speech.day(date.fromisoformat(one["sent"]))
    return texts.say("send.Earlier_From", form=title, name=one["by"], date=day)


def chosen(spot: Spot, post: QueryDict) -> dict[str, Any]:
    """The earlier answer that Use this answer asks for: code → value; empty where none is asked for."""
    code = post.get(BUTTON, "")
    one = spot.draft.inherited.get(code)
    here = not spot.group.repeats and any(question.code == code for question in spot.group.questions)
    return {code: one["value"]} if one and here else {}
