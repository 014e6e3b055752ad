"""The levels of ``linkage.levels`` in SQL for DuckDB and Spark, and Splink settings made of them and a model.

``_l`` is the child as somebody wrote them, ``_r`` the record. Levels are tried in the order given here;
what fits none is ``different``. A test holds these against the levels of the live scorer.
"""

from collections.abc import Mapping
from typing import Any

from guildhall.records.children.identity import IDENTIFIERS

from ..levels import LEAST_HALF, NEAR, SIMILAR
from ..model import Model

FUNCTIONS: dict[str, tuple[str, str]] = {
    "indel": ("a, b", "2 * levenshtein(a, b) - abs(length(a) - length(b))"),
    "without": ("these, those", "array_to_string(list_without(these, those), ' ')"),
    "alike": (
        "shared, one, other",
        """CASE
    WHEN shared > 0 AND (one = '' OR other = '') THEN 100
    ELSE 100 * greatest(
        1 - indel(one, other)
            / greatest(2 * (shared + CAST(shared > 0 AS INT)) + length(one) + length(other), 1),
        CASE WHEN shared > 0 THEN 1 - (1 + length(one)) / (2 * shared + 1 + length(one)) ELSE 0 END,
        CASE WHEN shared > 0 THEN 1 - (1 + length(other)) / (2 * shared + 1 + length(other)) ELSE 0 END)
    END""",
    ),
    "lines_alike": (
        "a, b",
        "alike(length(array_to_string(list_intersect(a, b), ' ')), without(a, b), without(b, a))",
    ),
    "slip": (
        "a, b",
        f"""CASE
    WHEN left(a, 1) = left(b, 1) AND greatest(length(a), length(b)) >= {LEAST_HALF}
        AND levenshtein(a, b) <= 2 THEN damerau_levenshtein(a, b) = 1
    ELSE FALSE END""",
    ),
    "names_alike": (
        "weak_a, weak_b, words_a, words_b, a, b",
        """CASE
    WHEN NOT list_has_any(weak_a, weak_b) THEN jaro_winkler_similarity(a, b)
    WHEN without(words_a, list_intersect(weak_a, weak_b)) = '' THEN jaro_winkler_similarity(a, b)
    WHEN without(words_b, list_intersect(weak_a, weak_b)) = '' THEN jaro_winkler_similarity(a, b)
    ELSE jaro_winkler_similarity(replace(without(words_a, list_intersect(weak_a, weak_b)), ' ', ''),
                                 replace(without(words_b, list_intersect(weak_a, weak_b)), ' ', '')) END""",
    ),
}
"""What the levels below are made of: name → arguments and text. ``list_without`` is each engine's own."""

_OF_DUCKDB: dict[str, tuple[str, str]] = {
    "list_without": ("these, those", "list_filter(these, lambda each: NOT list_contains(those, each))"),
    **FUNCTIONS,
    "lines_alike": (
        "a, b",
        """list_transform([{
        'shared': length(array_to_string(list_intersect(a, b), ' ')),
        'one': without(a, b), 'other': without(b, a)}],
    lambda found: alike(found.shared, found.one, found.other))[1]""",
    ),
}
"""DuckDB writes a macro's arguments wherever they stand, and works out each; a list of one is made once."""

MACROS = "".join(f"CREATE MACRO {name}({given}) AS {body};\n" for name, (given, body) in _OF_DUCKDB.items())
"""The same for DuckDB."""

# The same words shared out differently over the fields, and a name that stands alone in the wrong one.
_OTHER_NAMES = "forename_l IS DISTINCT FROM forename_r AND surname_l IS DISTINCT FROM surname_r"
_SHARED_OUT = f"coalesce(every_word_l = every_word_r AND {_OTHER_NAMES}, FALSE)"
_SURNAME_ALONE = (
    "(surname_{0} IS NULL AND forename_{0} = surname_{1} AND forename_{0} IS DISTINCT FROM forename_{1})"
)
_FORENAME_ALONE = (
    "(forename_{0} IS NULL AND surname_{0} IS DISTINCT FROM surname_{1} "
    "AND (surname_{0} = forename_{1} OR list_contains(forms_{1}, surname_{0})))"
)
_SURNAME_MISPLACED, _FORENAME_MISPLACED = (
    f"coalesce({alone.format('l', 'r')} OR {alone.format('r', 'l')}, FALSE)"
    for alone in (_SURNAME_ALONE, _FORENAME_ALONE)
)
_TURNED = (
    f"(jaro_winkler_similarity(forename_{{0}}, surname_{{1}}) >= {SIMILAR} "
    "OR forename_{0} = left(surname_{1}, 1) OR list_contains(forms_{0}, surname_{1}) "
    "OR (list_has_any(several_forms_{0}, several_{1}) AND list_has_all(several_forms_{0}, several_{1})))"
)
_SWAPPED = (
    f"{_SHARED_OUT} OR ({_TURNED.format('l', 'r')} AND {_TURNED.format('r', 'l')} "
    "AND forename_l <> forename_r AND surname_l <> surname_r)"
)
_FORENAMES = "names_alike(weak_l, weak_r, words_l, words_r, forename_l, forename_r)"
_ALL_WORDS = "(list_has_all(words_l, words_r) OR list_has_all(words_r, words_l))"
_A_PART = f"{_ALL_WORDS} AND list_has_any(telling_l, telling_r)"
_SURNAMES = "jaro_winkler_similarity(surname_l, surname_r)"
# A surname that says little agrees, or one is borne instead of the family's, or is the other's middle name.
_SOMEWHAT = (
    "list_has_any(parts_l, parts_r) OR instead_l <> instead_r "
    "OR coalesce(surname_l = midname_r OR midname_l = surname_r, FALSE)"
)
_HALVES = [
    (f"coalesce({one}_half_l, surname_l)", f"coalesce({other}_half_r, surname_r)")
    for one in ("first", "last")
    for other in ("first", "last")
]
_A_HALF_SLIPPED = (
    f"CASE WHEN double_l OR double_r THEN {' OR '.join(f'slip({one}, {other})' for one, other in _HALVES)} "
    "ELSE FALSE END"
)
_INITIAL = "(length({0}_l) = 1 OR length({0}_r) = 1) AND left({0}_l, 1) = left({0}_r, 1)"
_PARTS_OF_DATE = (
    "(CAST(left(digits_l, 4) = left(digits_r, 4) AS INT) "
    "+ CAST(substr(digits_l, 5, 2) = substr(digits_r, 5, 2) AS INT) "
    "+ CAST(substr(digits_l, 7, 2) = substr(digits_r, 7, 2) AS INT)) = 2"
)
# Two turned letters are two of Levenshtein's changes; this is worked out only where so few are.
_ONE_SLIP = (
    "CASE WHEN levenshtein({0}_l, {0}_r) <= 2 THEN damerau_levenshtein({0}_l, {0}_r) = 1 ELSE FALSE END"
)
_BOTH_WHOLE = "(whole_postcode_l AND whole_postcode_r)"
_BEGINS = "(starts_with(postcode_l, postcode_r) OR starts_with(postcode_r, postcode_l))"
_LINES = "lines_alike(tokens_l, tokens_r)"

LEVELS_IN_SQL: dict[str, dict[str, str]] = {
    "forename": {
        "exact": "forename_l = forename_r",
        "known": "list_has_any(forenames_l, forenames_r)",
        "swapped": f"{_SWAPPED} OR {_FORENAME_MISPLACED} "
        "OR (forename_l = midname_r AND midname_l = forename_r)",
        "nickname": "list_contains(forms_l, forename_r) OR list_contains(forms_r, forename_l) "
        "OR list_contains(forms_l, first_word_r)",
        "part": f"{_A_PART} AND first_telling_l = first_telling_r",
        "midname": f"({_A_PART}) OR list_contains(midnames_r, forename_l) "
        "OR list_contains(midnames_l, forename_r)",
        "initial": _INITIAL.format("forename"),
        "similar": f"{_FORENAMES} >= {SIMILAR}",
        "near": f"{_FORENAMES} >= {NEAR}",
    },
    "midname": {
        "exact": "midname_l = midname_r",
        "initial": _INITIAL.format("midname"),
        "similar": f"jaro_winkler_similarity(midname_l, midname_r) >= {SIMILAR}",
    },
    "surname": {
        "exact_common": "surname_l = surname_r AND common_r",
        "exact": "surname_l = surname_r",
        "known": "list_has_any(surnames_l, surnames_r)",
        "swapped": f"{_SWAPPED} OR {_SURNAME_MISPLACED}",
        "part": "list_has_any(strong_parts_l, strong_parts_r) "
        "OR ((double_l OR double_r) AND list_has_any(part_forms_l, part_forms_r))",
        "similar": "ending_l = ending_r OR bare_surname_l = bare_surname_r "
        f"OR (NOT ({_SOMEWHAT}) AND {_SURNAMES} >= {SIMILAR})",
        "near": f"{_SOMEWHAT} OR {_SURNAMES} >= {NEAR} "
        f"OR jaro_winkler_similarity(bare_surname_l, bare_surname_r) >= {NEAR} OR {_A_HALF_SLIPPED}",
    },
    "born_on": {
        "exact": "digits_l = digits_r",
        "swapped": "digits_l = turned_r",
        "one_digit": _ONE_SLIP.format("digits"),
        "two_parts": _PARTS_OF_DATE,
        "near": "abs(days_l - days_r) <= 183",
    },
    "gender": {"exact": "gender_l = gender_r"},
    "postcode": {
        "exact": "postcode_l = postcode_r",
        "old": "list_has_any(postcodes_l, postcodes_r)",
        "near": f"length(postcode_l) > 3 AND {_ONE_SLIP.format('postcode')}",
        "sector": f"CASE WHEN {_BOTH_WHOLE} THEN sector_l = sector_r "
        f"ELSE {_BEGINS} AND abs(length(postcode_l) - length(postcode_r)) <= 2 END",
        "district": f"CASE WHEN {_BOTH_WHOLE} THEN district_l = district_r ELSE {_BEGINS} END",
    },
    "address": {
        "exact": "CASE WHEN line_l = line_r THEN TRUE WHEN numbers_l IS DISTINCT FROM numbers_r THEN FALSE "
        f"ELSE {_LINES} >= 88 END",
        "old": "list_contains(old_lines_r, line_l)",
        "near": f"{_LINES} >= 75",
    },
    **{field: {"exact": f"{field}_l = {field}_r"} for field in IDENTIFIERS},
}
_NOT_SAID = {
    "forename": f"NOT {_SHARED_OUT} AND ({_SURNAME_MISPLACED} "
    f"OR ((forename_l IS NULL OR forename_r IS NULL) AND NOT {_FORENAME_MISPLACED}))",
    "surname": f"NOT {_SHARED_OUT} AND NOT {_SURNAME_MISPLACED} "
    f"AND ({_FORENAME_MISPLACED} OR surname_l IS NULL OR surname_r IS NULL)",
}
_TOLD_BY = {"born_on": "digits", "address": "line"}

# What else must speak for a pair before it is compared in full: of two who share a name that many have and
# the month of their birth hardly any are one child, and comparing is what takes the time.
_DAY, _MONTH = "l.digits = r.digits", "left(l.digits, 6) = left(r.digits, 6)"
_YEAR, _BIRTHDAY = "left(l.digits, 4) = left(r.digits, 4)", "right(l.digits, 4) = right(r.digits, 4)"
_DISTRICT = "l.district = r.district"
_SURNAME_SOUND, _FORENAME_SOUND = "l.surname_sound = r.surname_sound", "l.forename_sound = r.forename_sound"
_S, _F = "left(l.surname, 1) = left(r.surname, 1)", "left(l.forename, 1) = left(r.forename, 1)"
_SURNAMES_ALIKE = "jaro_winkler_similarity(l.surname, r.surname) >= {}"
_FORENAMES_ALIKE = f"jaro_winkler_similarity(l.forename, r.forename) >= {SIMILAR}"
_SURNAME_KNOWN = (
    "l.ending = r.ending OR list_has_any(l.surnames, r.surnames) "
    "OR list_has_any(l.strong_parts, r.strong_parts)"
)
_BY_MIDNAME = "l.midname = r.forename OR l.forename = r.midname"
_NO_FORENAME = "l.forename IS NULL OR r.forename IS NULL"
_SOME_SURNAME = f"({_S} OR {_DISTRICT} OR {_SURNAME_KNOWN} OR {_SURNAMES_ALIKE.format(NEAR)})"
_SOME_FORENAME = f"({_F} OR {_DISTRICT} OR {_BY_MIDNAME} OR {_NO_FORENAME} OR {_FORENAMES_ALIKE})"
_NO_BIRTH = "l.digits IS NULL OR r.digits IS NULL"
_SOME_BIRTH = f"({_YEAR} OR {_BIRTHDAY} OR {_NO_BIRTH} OR {_DISTRICT} OR abs(l.days - r.days) <= 183)"

BLOCKS = (
    *(f"l.{field} = r.{field}" for field in IDENTIFIERS),
    f"{_DAY} AND {_S} AND ({_F} OR {_BY_MIDNAME} OR {_NO_FORENAME} OR {_SURNAMES_ALIKE.format(SIMILAR)})",
    f"{_DAY} AND {_F} AND ({_FORENAMES_ALIKE} OR {_SURNAME_KNOWN} OR {_SURNAMES_ALIKE.format(NEAR)})",
    f"{_DAY} AND l.usual = r.usual",
    f"{_DAY} AND {_FORENAME_SOUND}",
    f"{_DAY} AND {_DISTRICT}",
    f"{_DAY} AND left(l.surname, 1) = left(r.forename, 1) AND left(l.forename, 1) = left(r.surname, 1)",
    f"{_DAY} AND l.forename = r.surname",
    f"{_DAY} AND l.surname = r.forename",
    f"{_DAY} AND l.every_word = r.every_word",
    f"l.turned = r.digits AND {_SURNAME_SOUND}",
    "l.turned = r.digits AND l.usual = r.usual",
    f"{_SURNAME_SOUND} AND l.usual = r.usual AND {_SOME_BIRTH}",
    f"{_SURNAME_SOUND} AND {_FORENAME_SOUND} AND {_SOME_BIRTH}",
    "l.surname_sound = r.forename_sound AND l.forename_sound = r.surname_sound",
    f"{_SURNAME_SOUND} AND {_MONTH} AND {_SOME_FORENAME}",
    f"{_FORENAME_SOUND} AND {_MONTH} AND {_SOME_SURNAME}",
    f"{_FORENAME_SOUND} AND {_BIRTHDAY} AND {_SOME_SURNAME}",
    f"l.postcode = r.postcode AND {_SURNAME_SOUND}",
    f"l.postcode = r.postcode AND {_F}",
    f"l.home = r.home AND {_F}",
    f"l.home = r.home AND {_SURNAME_SOUND}",
)
"""What two rows must share to be compared; each joins on something that an index of the engine can use."""


def settings_for(
    kind: str, comparisons: list[dict[str, Any]], *, prior: float, blocks: tuple[str, ...] = BLOCKS
) -> dict[str, Any]:
    """Splink settings. ``kind`` is link_only or dedupe_only, ``prior`` a probability."""
    return {
        "link_type": kind,
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in blocks],
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }


def weighed_by(model: Model) -> list[dict[str, Any]]:
    """Splink comparisons that give each level the bits of ``model``."""
    return [_comparison(part, levels, model.fields[part]) for part, levels in LEVELS_IN_SQL.items()]


def to_be_learnt(parts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Splink comparisons of ``parts`` without weights. That a surname is common is not learnt."""
    learnt = {part: dict(LEVELS_IN_SQL[part]) for part in parts}
    learnt.get("surname", {}).pop("exact_common", None)
    return [_comparison(part, levels, None) for part, levels in learnt.items()]


def level_names(part: str) -> dict[int, str]:
    """Splink's number of a level of ``part`` → our word for it."""
    names = [*LEVELS_IN_SQL[part], "different"]
    return {len(names) - 1 - place: name for place, name in enumerate(names)} | {-1: "missing"}


def _comparison(part: str, levels: Mapping[str, str], bits: Mapping[str, float] | None) -> dict[str, Any]:
    column = _TOLD_BY.get(part, part)
    not_said = _NOT_SAID.get(part, f"{column}_l IS NULL OR {column}_r IS NULL")
    missing = {"sql_condition": not_said, "is_null_level": True}
    told = [
        {"sql_condition": condition, "label_for_charts": name}
        | (_shares(bits[name]) if bits is not None else {})
        for name, condition in {**levels, "different": "ELSE"}.items()
    ]
    return {
        "output_column_name": part,
        "comparison_levels": [missing | {"label_for_charts": "missing"}, *told],
    }


def _shares(bits: float) -> dict[str, float]:
    """Two shares whose quotient is ``bits``, as Splink wants them."""
    return {"m_probability": 0.5 * 2 ** min(bits, 0), "u_probability": 0.5 * 2 ** min(-bits, 0)}
