"""Renders the same twelve fields in three ways, in turn, and prints CPU seconds a page as JSON."""

import json
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import django

django.setup()

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.template import engines
from jinja2 import Environment

from guildhall.foundation.authority.stamps import begin_request
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field


class Answered(NamedTuple):
    """A field as it is asked, and what is in it."""

    field: Field
    value: str


FIELDS = [
    Answered(
        Field(
            name=f"field_{number}",
            label=f"What is answer {number}?",
            hint="As it is written on the letter, for example 12 High Street",
            problem="Enter the answer as it is on the letter" if number % 4 == 0 else "",
        ),
        f"An answer & more {number}",
    )
    for number in range(12)
]

MACRO = Environment(autoescape=True).from_string(
    """{% macro control(f, value) %}
<div class="govuk-form-group{% if f.problem %} govuk-form-group--error{% endif %}">
<label class="govuk-label" for="{{ f.name }}">{{ f.label }}</label>
<div id="{{ f.name }}-hint" class="govuk-hint">{{ f.hint }}</div>
{% if f.problem %}<p id="{{ f.name }}-error" class="govuk-error-message">
<span class="govuk-visually-hidden">Error:</span> {{ f.problem }}</p>{% endif %}
<input class="govuk-input{% if f.problem %} govuk-input--error{% endif %}" id="{{ f.name }}"
 name="{{ f.name }}" type="text" value="{{ value }}"
 aria-describedby="{{ f.name }}-hint{% if f.problem %} {{ f.name }}-error{% endif %}"></div>
{% endmacro %}
<form method="post">{% for each in fields %}{{ control(each.field, each.value) }}{% endfor %}</form>"""
)

PAGE = engines["django"].from_string(
    "<form method='post'>{% for field in fields %}{{ field }}{% endfor %}</form>"
)
CRISPY = engines["django"].from_string("{% load crispy_forms_tags crispy_forms_gds %}{% crispy form %}")


def ours() -> str:
    return PAGE.render({"fields": [components.text_field(each.field, value=each.value) for each in FIELDS]})


def macros() -> str:
    return MACRO.render(fields=FIELDS)


class Peer(forms.Form):
    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        for field, _value in FIELDS:
            self.fields[field.name] = forms.CharField(label=field.label, help_text=field.hint)


def crispy() -> str:
    form = Peer({field.name: "" if field.problem else value for field, value in FIELDS})
    return CRISPY.render({"form": form})


def seconds(render: Callable[[], str], times: int = 20) -> float:
    began = time.process_time()
    for _ in range(times):
        render()
    return (time.process_time() - began) / times


def main(rounds: int) -> None:
    begin_request()  # pages are drawn inside one, where texts are held in memory
    ways = {"macros": macros, "ours": ours, "crispy": crispy}
    for render in ways.values():
        assert render().count("<input") == len(FIELDS)
        seconds(render, 5)
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, render in ways.items():
            found[name].append(seconds(render))
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
