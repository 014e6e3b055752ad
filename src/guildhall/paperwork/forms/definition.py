"""Reading a form's definition file into its frozen shape, with every flaw listed where it is.

The file is described in docs/guides/form-file-format.md. ``parse`` judges it; ``compiled`` reads what was
judged before.
"""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from guildhall.foundation.kit.refusals import Refusal

from . import checks, conditions
from .bounds import TODAY, DateBound, read_bound
from .conditions import All, AnyOf, Comparison, Condition, Not
from .kinds.table import KINDS
from .shape import LANGUAGES, RESERVED_KEYS, Definition, Group, Option, Question, Repeats, Words
from .sheet import Flaw, Sheet, unstorable

__all__ = [
    "LANGUAGES",
    "Definition",
    "DefinitionError",
    "Flaw",
    "Group",
    "Option",
    "Question",
    "Words",
    "parse",
]

PORTALS = {
    "citizen": ("parent", "young-person", "public"),
    "professional": ("professional",),
    "school": ("school",),
}
DESTINATIONS = (
    *("send", "safeguarding", "early-help"),
    *("thirty-hours", "free-school-meals", "school-places", "transport", "courses", "two-year-olds"),
    *("send-professional", "send-review"),
    *("school-send", "school-changes", "school-early-years"),
)
STYLES = ("steps", "tabs")
REUSES = ("ask", "suggest", "fill")
IDENTITY_ROLES = (
    *("forename", "midname", "surname", "known_as", "former_surname", "born_on"),
    *("gender", "address", "upn", "nhs_number", "uln", "school"),
)
FORM_KEYS = (
    *("code", "title", "subtitle", "description", "portal", "audience", "style", "destination"),
    *("guidance", "declaration", "open_overview", "emergency", "groups"),
)
GROUP_KEYS = ("key", "number", "title", "guidance", "repeats", "when", "questions")
QUESTION_KEYS = (
    *("code", "kind", "text", "hint", "tooltip", "missing", "mandatory", "when", "max_length", "minimum"),
    *("maximum", "decimals", "past", "multiple", "most", "spell_check", "options", "identity", "chronology"),
    *("reportable", "reuse", "inherit_multiple"),
)
_COMMON_KEYS = {"code", "kind", "text", "hint", "tooltip", "when"}
_ANSWER_KEYS = {"missing", "mandatory", "chronology", "reportable", "reuse", "inherit_multiple", "identity"}
GUIDANCE = 20_000


class DefinitionError(Refusal):
    """The definition cannot be used. ``problems`` lists every flaw, each with its place."""

    def __init__(self, problems: list[Flaw]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def parse(plain: Any) -> Definition:
    """The frozen definition of the file read as ``plain`` (mappings, lists, words, numbers).

    Raises DefinitionError with every flaw that can be found in one reading.
    """
    flaws: list[Flaw] = []
    definition = _read_form(plain, flaws)
    flaws += checks.flaws_between(definition)
    # Reachability is judged by trying conditions out, so only where all of them make sense.
    flaws = flaws or list(checks.unreachable_parts(definition))
    if flaws:
        raise DefinitionError(flaws)
    return definition


def compiled(plain: Any) -> Definition:
    """The definition of a published version. It was judged when it was published, and is not again, so
    that drafts stay open when later rules are stricter.
    """
    return _read_form(plain, [])


def _read_form(plain: Any, flaws: list[Flaw]) -> Definition:
    sheet = Sheet(plain, place="", known=FORM_KEYS, flaws=flaws)
    portal = sheet.choice("portal", tuple(PORTALS))
    groups = [_read_group(row, index, flaws) for index, row in enumerate(sheet.rows("groups", most=60), 1)]
    return Definition(
        code=sheet.name("code", form=r"[A-Z0-9][A-Z0-9-]*", longest=40, upper=True),
        title=sheet.words("title", needed=True, longest=300),
        subtitle=sheet.words("subtitle", longest=300),
        description=sheet.words("description", longest=2000),
        portal=portal,
        audience=sheet.choice("audience", PORTALS.get(portal, sum(PORTALS.values(), ()))),
        style=sheet.choice("style", STYLES, default="steps"),
        destination=sheet.choice("destination", DESTINATIONS),
        guidance=sheet.words("guidance", longest=GUIDANCE),
        declaration=sheet.words("declaration", longest=GUIDANCE),
        open_overview=sheet.flag("open_overview"),
        emergency=sheet.flag("emergency"),
        groups=tuple(sorted(groups, key=lambda group: group.number)),
    )


def _read_group(plain: Any, index: int, flaws: list[Flaw]) -> Group:
    key = plain.get("key") if isinstance(plain, dict) else None
    sheet = Sheet(plain, place=f"group {key or index}", known=GROUP_KEYS, flaws=flaws)
    rows = sheet.rows("questions", most=300)
    return Group(
        key=_read_key(sheet),
        number=sheet.whole("number", default=index + 1, least=2, most=999),
        title=sheet.words("title", needed=True, longest=300),
        guidance=sheet.words("guidance", longest=GUIDANCE),
        repeats=_read_repeats(sheet) if sheet.has("repeats") else None,
        when=_read_condition(sheet, "when"),
        questions=tuple(_read_question(row, number, sheet) for number, row in enumerate(rows, 1)),
    )


def _read_key(sheet: Sheet) -> str:
    key = sheet.name("key", form=r"[a-z][a-z0-9]*(-[a-z0-9]+)*", longest=40)
    if key in RESERVED_KEYS:
        sheet.note(f"key {key} is reserved for a page of the portal; choose another")
    return key


def _read_repeats(group: Sheet) -> Repeats:
    sheet = Sheet(
        group.plain["repeats"],
        place=f"{group.place}, repeats",
        known=("least", "most", "item"),
        flaws=group.flaws,
    )
    least = sheet.whole("least", default=0, least=0, most=50)
    most = sheet.whole("most", default=10, least=1, most=50)
    if least > most:
        sheet.note("least is more than most")
    return Repeats(least=least, most=most, item=sheet.words("item", needed=True, longest=100))


def _read_question(plain: Any, index: int, group: Sheet) -> Question:
    code = plain.get("code") if isinstance(plain, dict) else None
    place = f"{group.place}, question {code or index}"
    sheet = Sheet(plain, place=place, known=QUESTION_KEYS, flaws=group.flaws)
    kind = sheet.choice("kind", tuple(KINDS))
    if kind:
        _refuse_foreign_keys(sheet, kind)
    return Question(
        code=_read_code(sheet),
        kind=kind,
        text=sheet.words("text", needed=True, longest=GUIDANCE if kind == "information" else 1000),
        hint=sheet.words("hint"),
        tooltip=sheet.words("tooltip"),
        missing=sheet.words("missing", longest=300),
        mandatory=_read_mandatory(sheet),
        when=_read_condition(sheet, "when"),
        max_length=_read_longest(sheet, kind),
        minimum=_read_limit(sheet, kind, "minimum"),
        maximum=_read_latest(sheet, kind),
        decimals=sheet.whole("decimals", default=2, least=1, most=6),
        multiple=sheet.flag("multiple"),
        most=sheet.whole("most", default=20 if sheet.plain.get("multiple") is True else 1, least=1, most=20),
        spell_check=sheet.flag("spell_check"),
        options=_read_options(sheet, kind),
        identity=sheet.choice("identity", IDENTITY_ROLES) if sheet.has("identity") else "",
        chronology=sheet.flag("chronology"),
        reportable=sheet.flag("reportable"),
        reuse=sheet.choice("reuse", REUSES, default="ask"),
        inherit_multiple=sheet.flag("inherit_multiple"),
    )


def keys_of(kind: str) -> set[str]:
    """The keys that a question of ``kind`` may have."""
    return _COMMON_KEYS | KINDS[kind].takes | (_ANSWER_KEYS if KINDS[kind].answerable else set())


def _refuse_foreign_keys(sheet: Sheet, kind: str) -> None:
    takes = keys_of(kind)
    for key in sheet.plain:
        if key in QUESTION_KEYS and key not in takes:
            sheet.note(f"a question of kind {kind} has no {key}")


def _read_longest(sheet: Sheet, kind: str) -> int:
    if kind not in KINDS or not KINDS[kind].longest:
        return 0
    return sheet.whole("max_length", default=KINDS[kind].longest, least=1, most=50_000)


def _read_code(sheet: Sheet) -> str:
    code = sheet.name("code", form=r"[A-Z][A-Z0-9_]*", longest=60, upper=True)
    if code.startswith("Z"):
        sheet.note("code starts with Z; those codes are reserved")
    return code


def _read_mandatory(sheet: Sheet) -> bool | Condition:
    if isinstance(sheet.plain.get("mandatory"), dict):
        return _read_condition(sheet, "mandatory") or False
    return sheet.flag("mandatory")


def _read_limit(sheet: Sheet, kind: str, key: str) -> Decimal | DateBound | None:
    if not sheet.has(key) or kind not in KINDS or key not in KINDS[kind].takes:
        return None
    value = sheet.plain[key]
    if KINDS[kind].nature == "number":
        return sheet.number(key)
    try:
        return read_bound(value if isinstance(value, str) else "")
    except ValueError:
        sheet.note(
            f"{key} {value!r} must be today, a distance such as -26y or +6m, or a date such as 2019-09-01"
        )
        return None


def _read_latest(sheet: Sheet, kind: str) -> Decimal | DateBound | None:
    limit = _read_limit(sheet, kind, "maximum")
    return TODAY if sheet.flag("past") else limit


def _read_options(sheet: Sheet, kind: str) -> tuple[Option, ...]:
    rows = sheet.rows("options", most=300)
    if kind in KINDS and "options" in KINDS[kind].takes and len(rows) < 2:
        sheet.note("options must list at least two answers to choose from")
    options = tuple(_read_option(row, index, sheet) for index, row in enumerate(rows, 1))
    ids = [option.id for option in options if option.id]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        sheet.note(f"option id {twice!r} is used more than once")
    for words in _repeated(options):
        sheet.note(f"option text {words!r} is used more than once")
    return options


def _repeated(options: tuple[Option, ...]) -> list[str]:
    """The words that several options have, so that nobody could tell them apart."""
    found: dict[str, None] = {}
    for language in LANGUAGES:
        said = [words for option in options if (words := option.text.in_(language))]
        times = Counter(words.casefold() for words in said)
        found |= {words: None for words in said if times[words.casefold()] > 1}
    return list(found)


def _read_option(plain: Any, index: int, question: Sheet) -> Option:
    place = f"{question.place}, option {index}"
    sheet = Sheet(plain, place=place, known=("id", "text", "hint", "exclusive"), flaws=question.flaws)
    return Option(
        id=sheet.name("id", form=r"[a-z0-9]+([-_][a-z0-9]+)*", longest=60),
        text=sheet.words("text", needed=True, longest=500),
        hint=sheet.words("hint"),
        exclusive=sheet.flag("exclusive"),
    )


_JOINERS: dict[str, Callable[[tuple[Condition, ...]], Condition]] = {"all": All, "any": AnyOf}
_NEVER = Comparison("", "answered", True)


def _read_condition(sheet: Sheet, key: str) -> Condition | None:
    if not sheet.has(key):
        return None
    return _condition(sheet.plain[key], f"{sheet.place}, {key}", sheet.flaws, depth=0)


def _condition(plain: Any, place: str, flaws: list[Flaw], depth: int) -> Condition:
    sheet = Sheet(
        plain, place=place, known=("question", *conditions.OPERATORS, "all", "any", "not"), flaws=flaws
    )
    if depth > 8:
        sheet.note("conditions are nested too deeply")
        return _NEVER
    joiners = [joiner for joiner in ("all", "any", "not") if joiner in sheet.plain]
    if joiners and len(sheet.plain) > 1:
        sheet.note(f"{joiners[0]} stands alone in its mapping")
        return _NEVER
    if joiners == ["not"]:
        return Not(_condition(sheet.plain["not"], place, flaws, depth + 1))
    if joiners:
        parts = tuple(_condition(row, place, flaws, depth + 1) for row in sheet.rows(joiners[0], most=40))
        if not parts:
            sheet.note(f"{joiners[0]} lists no conditions")
        return _JOINERS[joiners[0]](parts)
    return _comparison(sheet)


def _comparison(sheet: Sheet) -> Condition:
    code = sheet.name("question", form=r"[A-Z][A-Z0-9_]*", longest=60, upper=True)
    operators = [key for key in conditions.OPERATORS if key in sheet.plain]
    if len(operators) != 1:
        sheet.note(f"a condition has exactly one of {', '.join(conditions.OPERATORS)}")
        return _NEVER
    return Comparison(code, operators[0], _compared(sheet, operators[0]))


def _compared(sheet: Sheet, operator: str) -> Any:
    value = sheet.plain[operator]
    if operator == "answered":
        return sheet.flag(operator)
    if operator in ("more_than", "less_than"):
        return sheet.number(operator)
    if operator in ("older_than", "younger_than"):
        return sheet.whole(operator, default=0, least=0, most=130)
    if operator == "any_of":
        return tuple(_plain_value(one, sheet, operator) for one in sheet.rows(operator, most=300))
    return _plain_value(value, sheet, operator)


def _plain_value(value: Any, sheet: Sheet, operator: str) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if (isinstance(value, str) and not unstorable(value)) or (isinstance(value, int) and abs(value) < 10**15):
        return value
    sheet.note(f"{operator} must be compared with words or a whole number")
    return ""
