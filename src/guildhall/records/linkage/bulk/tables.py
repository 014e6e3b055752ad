"""An identity as a row of columns that DuckDB can compare: all that is worked out once is worked out here."""

import re
from datetime import date
from typing import Any

from guildhall.records.children.folding import sound
from guildhall.records.children.identity import IDENTIFIERS

from ..names import WEAK
from ..seen import Seen

KINDS = {
    **dict.fromkeys(("unique_id", "forename", "midname", "surname", "first_word", "strong"), "text"),
    **dict.fromkeys(("every_word", "bare_surname", "ending", "digits", "turned", "gender"), "text"),
    **dict.fromkeys(("postcode", "sector", "district", "line", "numbers", *IDENTIFIERS), "text"),
    **dict.fromkeys(("forename_sound", "surname_sound", "usual", "home", "first_half", "last_half"), "text"),
    "first_telling": "text",
    **dict.fromkeys(("forenames", "surnames", "forms", "midnames", "words", "telling"), "texts"),
    **dict.fromkeys(("several", "several_forms"), "texts"),
    **dict.fromkeys(
        ("weak", "parts", "strong_parts", "part_forms", "postcodes", "tokens", "old_lines"), "texts"
    ),
    "days": "number",
    "whole_postcode": "yes",
    "double": "yes",
    "instead": "yes",
    "common": "yes",
}
"""Column → kind, as ``engine.put_rows`` takes them."""

_UK_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


def row_of(unique_id: str, who: Seen, common_surnames: frozenset[str]) -> dict[str, Any]:
    """``who`` as a row; what is not said is NULL, so that a comparison with it is missing."""
    return {
        "unique_id": unique_id,
        "gender": who.gender or None,
        "upn": who.upn or None,
        "nhs_number": who.nhs_number or None,
        "uln": who.uln or None,
        "common": who.surname in common_surnames or who.parts <= common_surnames,
        **_names(who),
        **_born(who.born_on, who.digits),
        **_place(who),
    }


def _names(who: Seen) -> dict[str, Any]:
    forename, words = who.forename, who.forename_words
    weak = [word for word in words if word in WEAK]
    strong = [word for word in words if word not in WEAK] if weak else [*words]
    return {
        "forename": forename or None,
        "midname": who.midname or None,
        "surname": who.surname or None,
        "first_word": words[0] if words else None,
        "strong": "".join(strong) or None,
        "every_word": " ".join(who.every_word) if len(who.every_word) > 1 else None,
        "bare_surname": who.bare_surname or None,
        "ending": who.ending or None,
        "forename_sound": sound(forename) or None,
        "surname_sound": sound(who.surname) or None,
        "usual": min(forename, *who.forms) if who.forms and forename else forename or None,
        "forenames": sorted(who.forenames),
        "surnames": sorted(who.surnames),
        "forms": sorted(who.forms),
        "midnames": sorted(who.midnames),
        "words": [*words],
        "telling": [word for word in strong if len(word) > 1],
        "first_telling": who.first_telling or None,
        "weak": weak,
        "parts": sorted(who.parts),
        "strong_parts": sorted(who.parts - WEAK),
        "part_forms": sorted(who.part_forms),
        "double": len(who.parts) > 1,
        "first_half": who.halves[0] if len(who.halves) > 1 else None,
        "last_half": who.halves[-1] if len(who.halves) > 1 else None,
        "several": sorted(who.several),
        "several_forms": sorted(who.several_forms),
        "instead": who.instead,
    }


def _born(born_on: date | None, digits: str) -> dict[str, Any]:
    if born_on is None:
        return {"digits": None, "turned": None, "days": None}
    return {"digits": digits, "turned": digits[:4] + digits[6:] + digits[4:6], "days": born_on.toordinal()}


def _place(who: Seen) -> dict[str, Any]:
    postcode, line = who.postcode, who.line
    words = line.text.split() if line else []
    return {
        "postcode": postcode or None,
        "sector": postcode[:-2] or None,
        "district": postcode[:-3] or None,
        "whole_postcode": bool(_UK_POSTCODE.fullmatch(postcode)),
        "postcodes": sorted(who.postcodes),
        "line": line.text if line else None,
        "numbers": " ".join(line.numbers) or None if line else None,
        "tokens": sorted({*words}),
        "old_lines": [old.text for old in who.old_lines],
        "home": " ".join(words[:3]) if line and line.numbers else None,
    }
