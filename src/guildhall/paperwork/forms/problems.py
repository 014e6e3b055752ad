"""What stands between a form that is being built and publishing it, said in words (GH-025).

What ``definition.parse`` refuses is an error; what would only make the form worse is a warning. The
judging of errors is not repeated here: each flaw is only put into the reader's words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say

from .definition import DefinitionError, compiled, parse
from .kinds.table import KINDS
from .models import Question as BankQuestion
from .shape import Definition, Group, Question, Words

LONGEST_SENTENCE = 25
_ALIKE = 0.8
_NEEDED_ROLES = ("forename", "surname", "born_on")
_PLACE = re.compile(
    r"(?:group (?P<group>[^,]+))?(?:, question (?P<question>[^,]+))?(?:, option (?P<option>\d+))?.*", re.S
)
_FLAWS: tuple[tuple[str, str], ...] = (
    (r"(?P<part>\w+) has no Welsh \(cy\)", "NoWelsh"),
    (r"(?P<part>\w+) has no English \(en\)", "NoEnglish"),
    (r"(?P<part>\w+) is missing.*", "Missing"),
    (r"the condition asks about (?P<asked>\S+), which does not come before it", "Later"),
    (r"the condition asks about (?P<asked>\S+), which is not on the form", "NotThere"),
    (r"the condition asks about (?P<asked>\S+), which is answered several times.*", "Several"),
    (r"no answers can ever open this group.*", "NeverGroup"),
    (r"no answers can ever open this question.*", "NeverQuestion"),
    (r"has neither questions nor guidance", "Empty"),
    (r"the form has no groups", "NoGroups"),
    (r"key (?P<part>\S+) is reserved.*", "Reserved"),
    (r"options must list at least two.*", "Options"),
    (r"(?P<asked>\S+) has no option '?(?P<option>.*?)'?; it has .*", "NoOption"),
    (r"\w+ cannot be asked of (?P<asked>\S+), a question of kind .*", "WrongKind"),
    (r"identity is about one child.*", "IdentityRepeats"),
    (r"identity (?P<part>\w+) needs a question of kind .*", "IdentityKind"),
    (r"inherit_multiple cannot be used in the repeating group .*", "InheritRepeats"),
    (r"a signature or consent is given anew.*", "ConsentReused"),
    (r"repeats but has no question to answer", "RepeatsNothing"),
    (r"the (?:code|group key|group number|identity) (?P<part>\S+) is used.*", "Twice"),
    (r"the condition goes round in a circle: (?P<asked>.+)", "Circle"),
    # Only a file that was written by hand has these.
    (r"must be a mapping of keys to values", "NoMapping"),
    (r"unknown key (?P<asked>.+); did you mean (?P<option>.+)\?", "UnknownKeyNear"),
    (r"unknown key (?P<asked>.+)", "UnknownKey"),
    (r"a question of kind (?P<asked>\S+) has no (?P<option>\S+)", "ForeignKey"),
    (r"(?P<part>\w+) (?P<asked>.+) is not one of (?P<choices>.+?)(?:; did you mean .+)?", "NotOneOf"),
    (r"(?P<part>\w+) must be \{en: …, cy: …\}", "NoWords"),
    (r"(?P<part>\w+) has an unknown language (?P<asked>.+)", "Language"),
    (r"(?P<part>\w+)(?: \((?:en|cy)\))? is \d+ characters long; at most (?P<most>\d+)", "TooLong"),
    (r"(?P<part>\w+) \((?:en|cy)\) has a control character", "Control"),
    (r"\w+ (?P<asked>.+) must match \[A-Z\]\[A-Z0-9_\]\*", "QuestionCode"),
    (r"\w+ (?P<asked>.+) must match \[A-Z0-9\]\[A-Z0-9-\]\*", "FormCode"),
    (r"(?P<part>\w+) (?P<asked>.+) must match .+", "Key"),
    (r"code starts with Z.*", "CodeZ"),
    (r"(?P<part>\w+) must be true or false", "TrueFalse"),
    (r"(?P<part>\w+) must be a whole number from (?P<least>\S+) to (?P<most>\S+)", "Whole"),
    (r"(?P<part>\w+) must be a number of at most 15 figures", "Number"),
    (r"(?P<part>\w+) must be a list", "List"),
    (r"(?P<part>\w+) has \d+ items; at most (?P<most>\d+)", "TooMany"),
    (r"least is more than most", "LeastMost"),
    (r"minimum is more than maximum", "LimitsCrossed"),
    (r"most is more than 1, but multiple is not true", "MostFiles"),
    (r"(?P<part>\w+) (?P<asked>.+) must be today, a distance .*", "DateLimit"),
    (r"option id (?P<asked>.+) is used more than once", "OptionTwice"),
    (r"option text '?(?P<option>.*?)'? is used more than once", "OptionAlike"),
    (r"conditions are nested too deeply", "ConditionDeep"),
    (r"(?P<asked>\w+) stands alone in its mapping", "ConditionAlone"),
    (r"(?P<asked>\w+) lists no conditions", "ConditionEmpty"),
    (r"a condition has exactly one of (?P<choices>.+)", "ConditionOne"),
    (r"(?P<asked>\w+) must be compared with words or a whole number", "ConditionValue"),
    (r"(?P<asked>\S+) is a number: compare it .*", "ConditionNumber"),
    (r"(?P<asked>\S+) is words: put .*", "ConditionWords"),
)
_LONGEST_VALUE = 80
_SMALL_WORDS = frozenset(
    ("a", "an", "the", "of", "to", "is", "are", "you", "your", "in", "on", "or", "and", "do", "does", "for")
)


@dataclass(frozen=True)
class Problem:
    """``error`` blocks publishing; a warning needs a tick. ``group`` and ``question`` say where it is."""

    name: str
    error: bool
    group: str = ""
    question: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def say(self, language: str | None = None) -> str:
        """The problem and how to mend it."""
        values = dict(self.values)
        if f"send.Part_{values.get('part')}" in catalogue():
            values["part"] = say(f"send.Part_{values['part']}", language, **values)
        return say(f"send.Problem_{self.name}", language, **values)


def problems_of(content: Any, live: Any = None) -> list[Problem]:
    """Every problem of a form with this ``content``, errors first. ``live``: what is published of it now."""
    definition = compiled(content)
    found = [*_errors(content), *_unguided(definition), *_unidentified(definition)]
    for group in definition.groups:
        found += _long(group)
    found += _untranslated(content, live if isinstance(live, dict) else {})
    found += _alike(definition)
    return sorted(found, key=lambda problem: not problem.error)


def _errors(content: Any) -> Iterator[Problem]:
    try:
        parse(content)
    except DefinitionError as refusal:
        for flaw in refusal.problems:
            yield _in_words(flaw.place, flaw.message)


def _in_words(place: str, message: str) -> Problem:
    where = _PLACE.fullmatch(place)
    group, question = (where["group"] or "", where["question"] or "") if where else ("", "")
    for form, name in _FLAWS:
        if said := re.fullmatch(form, message):
            values = _shortened(said.groupdict()) | _of_option(where, said)
            return Problem(name, True, group, question, values)
    return Problem("Other", True, group, question, _shortened({"message": message}))


def _of_option(where: re.Match[str] | None, said: re.Match[str]) -> dict[str, str]:
    """What a text is called that is not the question's but that of an answer in its list, from 1."""
    if where is None or not where["option"] or said.groupdict().get("part") not in ("text", "hint"):
        return {}
    return {"part": f"option_{said['part']}", "at": where["option"]}


def _shortened(values: Mapping[str, str]) -> dict[str, str]:
    """What was written, shortened: a file may have anything where a code belongs."""
    return {
        key: said if key == "choices" or len(said) <= _LONGEST_VALUE else f"{said[:_LONGEST_VALUE]}…"
        for key, said in values.items()
    }


def _unguided(definition: Definition) -> Iterator[Problem]:
    if not definition.guidance:
        yield Problem("NoFormGuidance", False)
    for group in definition.groups:
        if not group.guidance and not any(q.hint or q.kind == "information" for q in group.questions):
            yield Problem("NoGuidance", False, group.key)


def _unidentified(definition: Definition) -> Iterator[Problem]:
    roles = {question.identity for question in definition.question_by_code.values()} - {""}
    if not roles:
        yield Problem("NoSubject", False)
        return
    for role in _NEEDED_ROLES:
        if role not in roles:
            yield Problem("NoIdentity", False, values={"part": say(f"send.Problem_Role_{role}")})


def _long(group: Group) -> Iterator[Problem]:
    if longest := _longest_sentence(group.guidance):
        yield Problem("LongSentence", False, group.key, values={"words": longest})
    for question in group.questions:
        for words in (question.text, question.hint, question.tooltip):
            if longest := _longest_sentence(words):
                yield Problem("LongSentence", False, group.key, question.code, {"words": longest})


def _longest_sentence(words: Words) -> str:
    """The beginning of a sentence that is too long for a reader of eleven, if there is one."""
    for sentence in re.split(r"[.?!:]\s|\n", words.en):
        parts = sentence.split()
        if len(parts) > LONGEST_SENTENCE:
            return " ".join(parts[:8]) + " …"
    return ""


def _untranslated(content: Any, live: dict[str, Any]) -> Iterator[Problem]:
    before = dict(texts_of(live))
    for place, words in texts_of(content):
        english, welsh = str(words.get("en") or "").strip(), str(words.get("cy") or "").strip()
        if not english or not welsh:
            continue
        group, question = place[0], place[1]
        if english == welsh and len(english.split()) > 2:
            yield Problem("SameWelsh", False, group, question, {"words": english[:80]})
        elif stale(words, before.get(place)):
            yield Problem("StaleWelsh", False, group, question, {"words": english[:80]})


Place = tuple[str, str, str]
"""Where a text is: the group's key, the question's code, and the key or option that it is of."""


def texts_of(content: Any) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every text of a form with its place, in the order of the form."""
    if not isinstance(content, dict):
        return
    yield from _texts(content, "", "", ("title", "subtitle", "description", "guidance", "declaration"))
    for group in _mappings(content.get("groups")):
        key = str(group.get("key", ""))
        yield from _texts(group, key, "", ("title", "guidance"))
        if isinstance(repeats := group.get("repeats"), dict):
            yield from _texts(repeats, key, "", ("item",))
        for question in _mappings(group.get("questions")):
            code = str(question.get("code", ""))
            yield from _texts(question, key, code, ("text", "hint", "tooltip", "missing"))
            for option in _mappings(question.get("options")):
                for (_, _, part), words in _texts(option, key, code, ("text", "hint")):
                    yield (key, code, f"option {option.get('id', '')} {part}"), words


def stale(words: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    """Whether the English changed since ``before`` and the Welsh did not."""
    return bool(before) and before.get("en") != words.get("en") and before.get("cy") == words.get("cy")  # type: ignore[union-attr]


def _texts(
    part: dict[str, Any], group: str, question: str, keys: tuple[str, ...]
) -> Iterator[tuple[Place, dict[str, Any]]]:
    for key in keys:
        if isinstance(words := part.get(key), dict):
            yield (group, question, key), words


def _mappings(rows: Any) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _alike(definition: Definition) -> Iterator[Problem]:
    """Questions that the bank has in nearly the same words under another code."""
    bank = BankQuestion.objects.filter(retired_at=None, latest__isnull=False)
    known = [
        (code, _gist(english))
        for code, english in bank.order_by("code").values_list("code", "latest__content__text__en")[:5_000]
        if isinstance(english, str)
    ]
    for group in definition.groups:
        for question in group.questions:
            if other := _nearest(question, known, definition):
                yield Problem("Alike", False, group.key, question.code, {"other": other})


def _nearest(question: Question, known: list[tuple[str, frozenset[str]]], definition: Definition) -> str:
    gist = _gist(question.text.en)
    if len(gist) < 2 or not question.kind or not KINDS[question.kind].answerable:
        return ""
    for code, other in known:
        if code in definition.question_by_code or abs(len(other) - len(gist)) > 2:
            continue
        if len(gist & other) >= _ALIKE * len(gist | other):
            return code
    return ""


def _gist(english: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", english.casefold())) - _SMALL_WORDS
