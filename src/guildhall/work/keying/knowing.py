"""What a form about a known child knows before its first page. Pure."""

from collections.abc import Collection
from datetime import date
from typing import Any

from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.kinds.base import Context
from guildhall.paperwork.forms.walk import judge
from guildhall.records.children.identity import IDENTIFIERS
from guildhall.records.children.models import Child


def known_of(
    child: Child, definition: Definition, *, today: date, without: Collection[str] = ()
) -> dict[str, Any]:
    """Question code → what the record says, where the question takes it. ``without``: codes to leave out."""
    said = _said(child)
    found: dict[str, Any] = {}
    for group in definition.groups:
        for question in group.questions:
            value = said.get(question.identity) if question.identity and not group.repeats else None
            if value and question.code not in without:
                fits = judge(question, value, Context(today)).value
                found |= {question.code: fits} if fits is not None else {}
    return found


def _said(child: Child) -> dict[str, Any]:
    known: dict[str, Any] = {
        "forename": child.forename,
        "midname": child.midname,
        "surname": child.surname,
        "born_on": child.born_on.isoformat() if child.born_on else None,
        "gender": child.gender,
        **{field: getattr(child, field) for field in IDENTIFIERS},
    }
    lines = [line for line in child.address.get("lines") or [] if line]
    if lines or child.postcode:
        town = child.address.get("town") or ""
        if not town and len(lines) > 1:  # as a spreadsheet or another system wrote it
            *lines, town = lines
        known["address"] = {"lines": lines, "town": town, "postcode": child.postcode, "uprn": ""}
    if child.establishment:
        known["school"] = {"urn": child.establishment.urn, "name": child.establishment.name}
    return known
