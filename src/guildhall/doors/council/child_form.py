"""The form that corrects a record: what it shows, and what was typed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import (
    normalise_nhs_number,
    normalise_postcode,
    normalise_uln,
    normalise_upn,
    valid_nhs_number,
    valid_postcode,
    valid_uln,
    valid_upn,
)
from guildhall.foundation.texts.queries import say
from guildhall.records.children.identity import IDENTIFIERS
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address

NAMES = ("forename", "midname", "surname")
_OTHERS = ("gender", "postcode", *IDENTIFIERS)
GENDERS = ("female", "male", "other")
_CHECKED = {
    "postcode": (normalise_postcode, valid_postcode),
    "upn": (normalise_upn, valid_upn),
    "nhs_number": (normalise_nhs_number, valid_nhs_number),
    "uln": (normalise_uln, valid_uln),
}


@dataclass
class Read:
    """What was typed, as typed; the ``changes`` it makes; and what is wrong: field → message."""

    typed: dict[str, Any]
    changes: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def shown(child: Child) -> dict[str, Any]:
    """The record as the form shows it."""
    born = child.born_on
    lines = [*child.address.get("lines", []), child.address.get("town", "")]
    return {
        **{name: getattr(child, name) for name in (*NAMES, *_OTHERS, "restricted")},
        "born_day": born.day if born else "",
        "born_month": born.month if born else "",
        "born_year": born.year if born else "",
        "address": "\n".join(line for line in lines if line),
    }


def read(data: QueryDict, child: Child, holder: Holder) -> Read:
    """What ``data`` changes on ``child``. An address that ``holder`` may not see cannot be changed either."""
    found = Read(_typed(data))
    found.changes = {name: found.typed[name] for name in NAMES}
    _read_gender(found, child)
    _read_born(found)
    for name in IDENTIFIERS:
        _read_checked(found, name, child)
    if may_see_address(child, holder):
        _read_address(found, child)
        found.changes["restricted"] = found.typed["restricted"]
    return found


def _typed(data: QueryDict) -> dict[str, Any]:
    return {
        **{name: data.get(name, "").strip() for name in (*NAMES, *_OTHERS, "address")},
        **{f"born_{part}": data.get(f"born_on-{part}", "").strip() for part in ("day", "month", "year")},
        "restricted": data.get("restricted") == "yes",
    }


def _read_gender(found: Read, child: Child) -> None:
    if found.typed["gender"] in {"", *GENDERS, child.gender}:
        found.changes["gender"] = found.typed["gender"]
    else:
        found.problems["gender"] = say("children.Error_Gender")


def _read_born(found: Read) -> None:
    parts = [found.typed[f"born_{part}"] for part in ("year", "month", "day")]
    if not any(parts):
        found.changes["born_on"] = None
        return
    try:
        found.changes["born_on"] = date(*(int(part) for part in parts))
    except ValueError:
        found.problems["born_on"] = say("children.Error_BornOn")


def _read_checked(found: Read, name: str, child: Child) -> None:
    normalise, valid = _CHECKED[name]
    value = normalise(found.typed[name])
    if not value or value == getattr(child, name) or valid(value):
        found.changes[name] = value
    else:
        found.problems[name] = say(f"children.Error_{name}")


def _read_address(found: Read, child: Child) -> None:
    _read_checked(found, "postcode", child)
    lines = [line.strip() for line in found.typed["address"].splitlines() if line.strip()]
    if len(lines) > 6 or any(len(line) > 100 for line in lines):
        found.problems["address"] = say("children.Error_Address")
    elif lines != shown(child)["address"].splitlines() or found.typed["postcode"] != child.postcode:
        found.changes["address"] = {
            "lines": lines,
            "town": "",
            "postcode": found.changes.get("postcode", child.postcode),
        }
