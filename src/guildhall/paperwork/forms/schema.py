"""The form file as a JSON Schema (2020-12), made of the same lists that its reader keeps to.

An editor that knows the schema says at once what ``definition.parse`` would refuse, as far as a schema can
say it. What lies between parts (a code used twice, a condition about a later question, a question that
nobody can be asked) only the reader finds. docs/forms.schema.json is this, written out.
"""

from typing import Any

from . import definition as reader
from .checks import NAME_KINDS, ROLE_KINDS
from .conditions import OPERATORS
from .consents import SIGNED
from .kinds.table import KINDS
from .shape import LANGUAGES, RESERVED_KEYS

Schema = dict[str, Any]

_CONTROL = "\\u0000-\\u0008\\u000b-\\u001f\\u007f"
_STORABLE = f"^[^{_CONTROL}]*$"
_SAID = f"^(?=[\\s\\S]*\\S)[^{_CONTROL}]*$"
_NUMBER = {"type": "number", "exclusiveMinimum": -(10**15), "exclusiveMaximum": 10**15}
_FLAG = {"type": "boolean"}
_CONDITION = {"$ref": "#/$defs/condition"}
_CODE = {"type": "string", "pattern": "^[A-Ya-y][A-Za-z0-9_]*$", "maxLength": 60}
_ASKED = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$", "maxLength": 60}
_DATE = r"^(today|[+-][0-9]{1,4}[dwmy]|[0-9]{4}-[0-9]{2}-[0-9]{2})$"
_LENGTHS = (100, 300, 500, 1000, 2000, reader.GUIDANCE)
_NEVER: Any = False


def schema() -> Schema:
    """The schema of a form file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:guildhall:form",
        "title": "A form of Guildhall",
        "description": "Everything that may be in a form file. docs/guides/form-file-format.md explains it.",
        **_form(),
        "$defs": {
            **{f"words-{longest}": _words(longest) for longest in _LENGTHS},
            "condition": _condition(),
            "group": _group(),
            "question": _question(),
            "option": _option(),
        },
    }


def _form() -> Schema:
    known: Schema = {
        "code": {"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9-]*$", "maxLength": 40}
        | {"minimum": 0},
        "title": _said(300),
        "subtitle": _may(300),
        "description": _may(2000),
        "portal": {"enum": list(reader.PORTALS)},
        "audience": {"enum": list(dict.fromkeys(sum(reader.PORTALS.values(), ())))},
        "style": {"enum": list(reader.STYLES)},
        "destination": {"enum": list(reader.DESTINATIONS)},
        "guidance": _may(reader.GUIDANCE),
        "declaration": _may(reader.GUIDANCE),
        "open_overview": _FLAG,
        "emergency": _FLAG,
        "groups": {"type": "array", "items": {"$ref": "#/$defs/group"}, "minItems": 1, "maxItems": 60},
    }
    needed = ["code", "title", "portal", "audience", "destination", "groups"]
    return _mapping(known, needed) | {
        "allOf": [
            _if({"portal": {"const": portal}}, {"audience": {"enum": list(audiences)}})
            for portal, audiences in reader.PORTALS.items()
        ]
    }


def _group() -> Schema:
    repeats = {
        "least": _whole(0, 50),
        "most": _whole(1, 50),
        "item": _said(100),
    }
    once = {"identity": {"type": "null"}, "inherit_multiple": {"const": False}}
    known: Schema = {
        "key": {
            "type": "string",
            "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
            "maxLength": 40,
            "not": {"enum": sorted(RESERVED_KEYS)},
        },
        "number": _whole(2, 999),
        "title": _said(300),
        "guidance": _may(reader.GUIDANCE),
        "repeats": _or_null(_mapping(repeats, ["item"])),
        "when": _or_null(_CONDITION),
        "questions": {"type": ["array", "null"], "items": {"$ref": "#/$defs/question"}, "maxItems": 300},
    }
    asks = {"properties": {"questions": {"type": "array", "minItems": 1}}, "required": ["questions"]}
    guides = {"properties": {"guidance": {"type": "object"}}, "required": ["guidance"]}
    repeating = {"questions": {"items": {"properties": once}, "minItems": 1}}
    return _mapping(known, ["key", "title"]) | {
        "anyOf": [asks, guides],
        "allOf": [_if({"repeats": {"type": "object"}}, repeating)],
    }


def _question() -> Schema:
    known: Schema = {
        "code": _CODE,
        "kind": {"enum": list(KINDS)},
        "text": {"type": "object"},
        "hint": _may(1000),
        "tooltip": _may(1000),
        "missing": _may(300),
        "mandatory": {"anyOf": [_FLAG, _CONDITION]},
        "when": _or_null(_CONDITION),
        "max_length": _whole(1, 50_000),
        "minimum": {},
        "maximum": {},
        "decimals": _whole(1, 6),
        "past": _FLAG,
        "multiple": _FLAG,
        "most": _whole(1, 20),
        "spell_check": _FLAG,
        "options": {"type": "array", "items": {"$ref": "#/$defs/option"}, "minItems": 2, "maxItems": 300},
        "identity": {"enum": [*reader.IDENTITY_ROLES, None]},
        "chronology": _FLAG,
        "reportable": _FLAG,
        "reuse": {"enum": list(reader.REUSES)},
        "inherit_multiple": _FLAG,
    }
    more_than_one = _if({"most": {"minimum": 2}}, {"multiple": {"const": True}})
    more_than_one["then"]["required"] = ["multiple"]
    return _mapping(known, ["code", "kind", "text"]) | {
        "allOf": [*(_of_kind(name) for name in KINDS), *_roles(), more_than_one]
    }


def _of_kind(name: str) -> Schema:
    """What only questions of this kind have, and what they have not."""
    kind = KINDS[name]
    takes = reader.keys_of(name)
    own: Schema = {key: _NEVER for key in reader.QUESTION_KEYS if key not in takes}
    own["text"] = _said(reader.GUIDANCE if name == "information" else 1000)
    for limit in ("minimum", "maximum"):
        if limit in takes:
            own[limit] = _or_null(
                _NUMBER if kind.nature == "number" else {"type": "string", "pattern": _DATE}
            )
    if name in SIGNED:
        own["reuse"] = {"const": "ask"}
    rule = _if({"kind": {"const": name}}, own)
    if "options" in takes:
        rule["then"]["required"] = ["options"]
    return rule


def _roles() -> list[Schema]:
    return [
        _if({"identity": {"const": role}}, {"kind": {"enum": sorted(ROLE_KINDS.get(role, NAME_KINDS))}})
        for role in reader.IDENTITY_ROLES
    ]


def _option() -> Schema:
    known: Schema = {
        "id": {"type": "string", "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$", "maxLength": 60},
        "text": _said(500),
        "hint": _may(1000),
        "exclusive": _FLAG,
    }
    return _mapping(known, ["id", "text"])


def _condition() -> Schema:
    plain = {"anyOf": [_FLAG, {"type": "string", "pattern": _STORABLE}, _NUMBER | {"type": "integer"}]}
    several = {"type": ["array", "null"], "items": plain, "maxItems": 300}
    compared: dict[str, Schema] = {
        "any_of": several,
        "answered": _FLAG,
        "more_than": _NUMBER,
        "less_than": _NUMBER,
        "older_than": _whole(0, 130),
        "younger_than": _whole(0, 130),
    }
    parts = {"type": "array", "items": _CONDITION, "minItems": 1, "maxItems": 40}
    joined = {"all": parts, "any": parts, "not": _CONDITION}
    return {
        "oneOf": [
            *(
                _mapping({"question": _ASKED, one: compared.get(one, plain)}, ["question", one])
                for one in OPERATORS
            ),
            *(_mapping({joiner: of}, [joiner]) for joiner, of in joined.items()),
        ]
    }


def _mapping(known: Schema, needed: list[str]) -> Schema:
    return {"type": "object", "properties": known, "required": needed, "additionalProperties": False}


def _if(has: Schema, then: Schema) -> Schema:
    return {"if": {"properties": has, "required": list(has)}, "then": {"properties": then}}


def _words(longest: int) -> Schema:
    said = {"type": "string", "pattern": _SAID, "maxLength": longest}
    return _mapping(dict.fromkeys(LANGUAGES, said), list(LANGUAGES))


def _said(longest: int) -> Schema:
    return {"$ref": f"#/$defs/words-{longest}"}


def _may(longest: int) -> Schema:
    return _or_null(_said(longest))


def _or_null(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "null"}]}


def _whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}
