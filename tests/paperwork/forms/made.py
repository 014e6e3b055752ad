"""Small definitions for the tests of forms."""

from datetime import date
from typing import Any

from django.http import QueryDict

from guildhall.paperwork.forms import definition, steps
from guildhall.paperwork.forms.definition import Definition, Question
from guildhall.paperwork.forms.kinds.base import Context
from guildhall.paperwork.forms.walk import Walk

TODAY = date(2026, 6, 1)


def words(english: str) -> dict[str, str]:
    return {"en": english, "cy": f"{english} (yn Gymraeg)"}


def a_question(code: str = "NAME", kind: str = "text", **more: Any) -> dict[str, Any]:
    if kind in ("choose_one", "choose_several", "drop_down"):
        more.setdefault("options", [an_option("red"), an_option("green"), an_option("blue")])
    return {"code": code, "kind": kind, "text": words(f"Your {code.lower().replace('_', ' ')}"), **more}


def an_option(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": words(id.title()), **more}


def a_group(key: str = "first", *questions: dict[str, Any], number: int = 2, **more: Any) -> dict[str, Any]:
    return {"key": key, "number": number, "title": words(key.title()), "questions": list(questions), **more}


def a_form(*groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "code": "TEST",
        "title": words("Test form"),
        "portal": "citizen",
        "audience": "parent",
        "destination": "send",
        "groups": [{**group, "number": number} for number, group in enumerate(groups, 2)],
        **more,
    }


def parsed(*groups: dict[str, Any], **more: Any) -> Definition:
    return definition.parse(a_form(*groups, **more))


def one(kind: str, **more: Any) -> Question:
    """The only question of a form with one question of ``kind``."""
    return parsed(a_group("first", a_question("Q", kind, **more))).question_by_code["Q"]


def walk(form: Definition, answers: dict[str, Any] | None = None) -> Walk:
    return Walk(form, answers or {}, TODAY)


def posted(**values: Any) -> QueryDict:
    """What a browser posts: lists for several values; ``q_name_day`` stands for ``q-name-day``."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def read(
    form: Definition, data: QueryDict | dict[str, Any], place: str = "first", **more: Any
) -> steps.StepInput:
    if isinstance(data, dict):
        data = posted(**data)
    arguments: dict[str, Any] = {"answers": {}, "today": TODAY, "language": "en"} | more
    return steps.read(form, form.group_by_key[place], data, **arguments)


CONTEXT = Context(TODAY)
