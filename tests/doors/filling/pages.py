"""Filling in a form as a browser does: read the page, type, press a button."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from guildhall.paperwork.submissions.models import Draft


class _Inputs(HTMLParser):
    """The fields of the form with one id, or one address, as a browser would post them."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.fields, self.area = form, False, {}, None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.inside = self.form in (said.get("id"), said.get("action"))
        if not self.inside or not said.get("name") or tag not in {"input", "textarea"}:
            return
        name, value, kind = said["name"], said.get("value") or "", said.get("type")
        if tag == "textarea":
            self.area, value = name, ""
        if kind in {"file", "submit"} or (kind in {"radio", "checkbox"} and "checked" not in said):
            return
        self.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.fields[self.area][-1] = self.fields[self.area][-1].removeprefix("\n")
            self.area = None
        if tag == "form":
            self.inside = False


def fields_of(html: str, form: str = "step") -> dict[str, list[str]]:
    reader = _Inputs(form)
    reader.feed(html)
    return {name: values for name, values in reader.fields.items() if name != "csrfmiddlewaretoken"}


def typed(response: Any, form: str = "step", **answers: Any) -> dict[str, Any]:
    """What the page's form posts after typing: ``child_forename="Mali"`` is the input q-child_forename."""
    posted = fields_of(response.text, form)
    return posted | {_name(key): value for key, value in answers.items()}


def _name(key: str) -> str:
    return f"q-{key}" if not key.startswith("_") else key[1:]


def step_url(draft: Draft, place: str, row: str = "") -> str:
    return (
        reverse("filling:row", args=[draft.pk, place, row])
        if row
        else reverse("filling:step", args=[draft.pk, place])
    )


def type_in(client: Client, url: str, **answers: Any) -> Any:
    """Open a step, type, and press its main button (or the one named like ``_later="yes"``)."""
    return client.post(url, typed(client.get(url), **answers))


def links_in(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)
