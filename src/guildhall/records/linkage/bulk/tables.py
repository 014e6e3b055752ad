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
    **dict.fromkeys(("forename_sound", "surname_sound", "usual", "home"), "text"),
    **dict.fromkeys(("forenames", "surnames", "forms", "words", "telling", "weak"), "texts"),
    **dict.fromkeys(("parts", "strong_parts", "postcodes", "tokens", "old_lines"), "texts"),
    "days": "number",
    "whole_postcode": "yes",
    "common": "yes",
}
"""Column → kind, as ``engine.put_rows`` takes them."""

_UK_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


def row_of(unique_id: str, who: Seen, common_surnames: frozenset[str]) -> dict[str, Any]:
    """``who`` as a row; what is not said is NULL, so that a comparison with it is missing."""
    row: dict[str, Any] = {"unique_id": unique_id, "gender": who.gender}
    row |= {field: getattr(who, field) for field in IDENTIFIERS}
    row |= _names(who) | _born(who.born_on, who.digits) | _place(who)
    row["common"] = who.surname in common_surnames or who.parts <= common_surnames
    return {column: None if value == "" else value for column, value in row.items()}


def _names(who: Seen) -> dict[str, Any]:
    words = who.forename_words
    telling = [word for word in words if len(word) > 1 and word not in WEAK]
    return {
        "forename": who.forename,
        "midname": who.midname,
        "surname": who.surname,
        "first_word": words[0] if words else "",
        "strong": "".join(word for word in words if word not in WEAK),
        "every_word": " ".join(who.every_word) if len(who.every_word) > 1 else "",
        "bare_surname": who.bare_surname,
        "ending": who.ending,
        "forename_sound": sound(who.forename),
        "surname_sound": sound(who.surname),
        "usual": min(who.forms | {who.forename}) if who.forename else "",
        "forenames": sorted(who.forenames),
        "surnames": sorted(who.surnames),
        "forms": sorted(who.forms),
        "words": list(words),
        "telling": telling,
        "weak": [word for word in words if word in WEAK],
        "parts": sorted(who.parts),
        "strong_parts": sorted(who.parts - WEAK),
    }


def _born(born_on: date | None, digits: str) -> dict[str, Any]:
    turned = digits[:4] + digits[6:] + digits[4:6]
    return {"digits": digits, "turned": turned, "days": born_on.toordinal() if born_on else None}


def _place(who: Seen) -> dict[str, Any]:
    text = who.line.text if who.line else ""
    return {
        "postcode": who.postcode,
        "sector": who.postcode[:-2],
        "district": who.postcode[:-3],
        "whole_postcode": bool(_UK_POSTCODE.fullmatch(who.postcode)),
        "postcodes": sorted(who.postcodes),
        "line": text,
        "numbers": " ".join(who.line.numbers) if who.line else "",
        "tokens": sorted(set(text.split())),
        "old_lines": [line.text for line in who.old_lines],
        "home": " ".join(text.split()[:3]) if who.line and who.line.numbers else "",
    }
