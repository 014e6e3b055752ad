"""The fields of a question: drawn for its data type, and read back into a question of a definition file."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms.bounds import crossed, read_bound
from guildhall.paperwork.forms.consents import SIGNED, given_anew
from guildhall.paperwork.forms.definition import IDENTITY_ROLES, REUSES
from guildhall.paperwork.forms.editing import Content
from guildhall.paperwork.forms.kinds.table import KINDS
from guildhall.paperwork.forms.shape import Words

from . import fields, options
from .details import too_long

WORDS = {"text": 1_000, "hint": 1_000, "tooltip": 1_000, "missing": 300}
CODE = re.compile(r"[A-Z][A-Z0-9_]{0,59}")
_WHOLE = {"max_length": (1, 50_000), "decimals": (1, 6), "most": (1, 20)}
_FLAGS = ("past", "multiple", "spell_check")
_OF_AN_ANSWER = ("mandatory", "chronology", "reportable", "inherit_multiple")


def kind_choices() -> list[tuple[str, str]]:
    """Every data type with its name."""
    return [(kind, say(f"administration.Build_Kind_{kind}")) for kind in KINDS]


def read(posted: QueryDict, before: Content, known_ids: set[str]) -> tuple[Content, dict[str, str]]:
    """The question that was posted, in place of ``before``, and what must be put right in it, by field.

    ``known_ids`` are the option identifiers that it ever had; a new option gets none of them.
    """
    kind = posted.get("kind", "")
    kind = kind if kind in KINDS else before.get("kind", "text")
    question: Content = {"code": before.get("code", ""), "kind": kind}
    for name in WORDS:
        clean = paragraphs if kind == "information" and name == "text" else one_line
        said = {language: clean(posted.get(f"{name}_{language}", "")) for language in ("en", "cy")}
        if any(said.values()) and not (name == "missing" and not KINDS[kind].answerable):
            question[name] = said
    problems = too_long(question, WORDS if kind != "information" else WORDS | {"text": 20_000})
    if not (question.get("text") or {}).get("en"):
        problems["text_en"] = say("administration.Error_Question_Text")
    problems |= _read_own(posted, question)
    if KINDS[kind].answerable:
        _read_answer(posted, question)
        problems |= _problems_of_reuse(question)
    if "options" in KINDS[kind].takes:
        question["options"], wrong = options.read(posted, known_ids, before)
        problems |= wrong
    return question, problems


def _read_own(posted: QueryDict, question: Content) -> dict[str, str]:
    """What only some data types have: lengths, limits, files."""
    takes, problems = KINDS[question["kind"]].takes, {}
    for name, (least, most) in _WHOLE.items():
        written = one_line(posted.get(name))
        if name not in takes or not written:
            continue
        whole = number(written, digits=6)
        if least <= whole <= most:
            question[name] = whole
        else:
            problems[name] = say("administration.Error_Question_Whole", least=least, most=f"{most:,}")
    for name in _FLAGS:
        if name in takes and posted.get(name) == "yes":
            question[name] = True
    for name in ("minimum", "maximum"):
        if name in takes and (written := one_line(posted.get(name))):
            limit = _limit(written, KINDS[question["kind"]].nature)
            question[name] = written if limit is None else limit
            if limit is None:
                problems[name] = say("administration.Error_Question_Limit")
    if not problems and _limits_cross(question):
        problems["maximum"] = say("send.Problem_LimitsCrossed")
    if question.get("most", 1) > 1 and not question.get("multiple"):
        problems["most"] = say("administration.Error_Question_Most")
    return problems


def _limits_cross(question: Content) -> bool:
    low, high = question.get("minimum"), "today" if question.get("past") else question.get("maximum")
    if isinstance(low, str) and isinstance(high, str):
        return crossed(read_bound(low), read_bound(high))
    return isinstance(low, int | float) and isinstance(high, int | float) and low > high


def _limit(written: str, nature: str) -> Any:
    """The limit as a definition file has it; None for what is no limit."""
    try:
        if nature == "number":
            limit = Decimal(written)
            if not limit.is_finite() or abs(limit) >= 10**15:
                return None
            return int(limit) if limit == int(limit) else float(limit)
        read_bound(written)
    except (ValueError, InvalidOperation):
        return None
    return written


def _read_answer(posted: QueryDict, question: Content) -> None:
    for name in _OF_AN_ANSWER:
        if posted.get(name) == "yes":
            question[name] = True
    if posted.get("identity") in IDENTITY_ROLES:
        question["identity"] = posted["identity"]
    reuse = posted.get("reuse", "ask")
    if reuse in REUSES and reuse != "ask" and question["kind"] not in SIGNED:
        question["reuse"] = reuse


def _problems_of_reuse(question: Content) -> dict[str, str]:
    text = Words(**question.get("text", {}))
    if "reuse" in question and given_anew(question["kind"], question["code"], text):
        return {"reuse": say("send.Problem_ConsentReused")}
    return {}


def drawn(question: Content, problems: dict[str, str]) -> list[SafeString]:
    """The fields for the question's data type, filled in."""
    kind = KINDS.get(question.get("kind", "text")) or KINDS["text"]
    takes = kind.takes
    field_list = [
        fields.both("text", question.get("text"), problems, optional=False, rows=2),
        fields.both("hint", question.get("hint"), problems),
        fields.both("tooltip", question.get("tooltip"), problems),
    ]
    field_list += [
        fields.line(name, question.get(name), problems, width=5, inputmode="numeric")
        for name in ("max_length", "decimals")
        if name in takes
    ]
    field_list += [
        fields.line(name, question.get(name), problems, width=10)
        for name in ("minimum", "maximum")
        if name in takes
    ]
    field_list += [fields.tick(name, question.get(name)) for name in _FLAGS if name in takes]
    if "most" in takes:
        field_list.append(fields.line("most", question.get("most"), problems, width=3, called="most_files"))
    return field_list + (_of_answer(question, problems) if kind.answerable else [])


def _of_answer(question: Content, problems: dict[str, str]) -> list[SafeString]:
    identities = [(role, say(f"administration.Build_Identity_{role}")) for role in IDENTITY_ROLES]
    reuses = [(reuse, say(f"administration.Build_Reuse_{reuse}")) for reuse in REUSES]
    again = question.get("kind") in SIGNED
    return [
        fields.tick("mandatory", question.get("mandatory") is True),
        fields.both("missing", question.get("missing"), problems),
        fields.tick("chronology", question.get("chronology")),
        fields.tick("reportable", question.get("reportable")),
        *([] if again else [fields.choose("reuse", reuses, question.get("reuse", "ask"), problems)]),
        fields.tick("inherit_multiple", question.get("inherit_multiple"), problems),
        fields.choose("identity", identities, question.get("identity"), problems, blank="–"),
    ]


def new_options(posted: QueryDict | None, problems: dict[str, str]) -> list[SafeString]:
    """Where more options are written, one a line, in each language."""
    value = {language: posted.get(f"options_{language}", "") if posted else "" for language in ("en", "cy")}
    return [fields.both("options", value, problems, rows=5)]
