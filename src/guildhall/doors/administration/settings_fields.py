"""The fields of a settings page: drawn, read and spoken from what each setting was declared to be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from guildhall.foundation.authority import kinds, queries
from guildhall.foundation.authority.declared import DECLARED, Declared, Page, problems_between
from guildhall.foundation.kit import components, speech
from guildhall.foundation.kit.components import Field
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.queries import say

Typed = dict[str, list[str]]
Shown = Mapping[str, Any]


@dataclass
class Filled:
    """A settings page as somebody filled it in: values by key, problems by field, and what was typed."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Typed] = field(default_factory=dict)


def label_of(each: Declared) -> str:
    """What a setting is called."""
    return say(f"administration.Set_{each.word}")


def read(page: Page, posted: QueryDict) -> Filled:
    """Everything on ``page`` as it was typed; what is wrong is said field by field."""
    filled = Filled()
    for each in page.settings:
        filled.typed[each.key] = typed = _parts(each.field, posted)
        try:
            filled.values[each.key] = each.kind.read(typed)
        except kinds.Wrong as wrong:
            filled.problems[each.field] = _words(each, wrong)
    for key, problem in problems_between(filled.values, now=timezone.now()).items():
        filled.problems.setdefault(DECLARED[key].field, _words(DECLARED[key], problem))
    return filled


def draw(page: Page, filled: Filled | None = None) -> list[SafeString]:
    """The fields of ``page``: with the values that are kept, or with what was typed."""
    return [_draw(each, page, filled) for each in page.settings]


def speak(each: Declared, value: Any) -> str:
    """A value in words, for the history."""
    if isinstance(each.kind, kinds.Secret):
        return say("administration.Set_Secret")
    if value in (None, "", []):
        return say("administration.Set_Nothing")
    return _SPOKEN.get(type(each.kind), _plainly)(each, value)


def _parts(name: str, posted: QueryDict) -> Typed:
    found = {"": posted.getlist(name)} if name in posted else {}
    start = f"{name}-"
    return found | {key.removeprefix(start): posted.getlist(key) for key in posted if key.startswith(start)}


def _words(each: Declared, wrong: kinds.Wrong) -> str:
    return say(f"administration.Set_Error_{wrong.code}", label=label_of(each), **wrong.values)


def _draw(each: Declared, page: Page, filled: Filled | None) -> SafeString:
    word = f"administration.Set_{each.word}"
    field = Field(
        name=each.field,
        label=label_of(each),
        hint=_known(f"{word}_Hint"),
        tooltip=_known(f"{word}_Tooltip"),
        problem=filled.problems.get(each.field, "") if filled else "",
    )
    shown = _shown(each, filled)
    if page.key == "application-types":
        return _draw_switch(each, field, shown, "Set_Panel_")
    return _DRAWN[type(each.kind)](each, field, shown)


def _known(name: str) -> str:
    return say(name) if name in catalogue() else ""


def _shown(each: Declared, filled: Filled | None) -> Shown:
    if filled is None:
        return each.kind.show(None if isinstance(each.kind, kinds.Secret) else queries.kept_value(each.key))
    typed = filled.typed[each.key]
    if isinstance(each.kind, kinds.Several):
        return {"": typed.get("", [])}
    return {part: values[-1] for part, values in typed.items()}


def _draw_number(each: Declared, field: Field, shown: Shown) -> SafeString:
    assert isinstance(each.kind, kinds.Number)
    unit = say(f"administration.Set_Unit_{each.kind.unit}") if each.kind.unit else ""
    return components.text_field(field, value=shown.get("", ""), width=5, inputmode="numeric", suffix=unit)


def _draw_switch(_each: Declared, field: Field, shown: Shown, words: str = "Set_") -> SafeString:
    options = [
        {"value": "on", "text": say(f"administration.{words}On")},
        {"value": "off", "text": say(f"administration.{words}Off")},
    ]
    return components.radios_field(field, options=options, value=shown.get("", ""), inline=True, small=True)


def _draw_line(each: Declared, field: Field, shown: Shown) -> SafeString:
    kind = each.kind
    if isinstance(kind, kinds.Line) and not kind.required:
        field = field._replace(optional=True)
    return components.text_field(
        field,
        value=shown.get("", ""),
        type=kind.type if isinstance(kind, kinds.Line) and kind.type == "tel" else "text",
        spellcheck=False,
        autocomplete="off",
    )


def _draw_words(_each: Declared, field: Field, shown: Shown) -> SafeString:
    english = field._replace(
        name=f"{field.name}-en",
        id=field.name,
        label=say("administration.Set_InEnglish", label=field.label),
    )
    welsh = Field(
        name=f"{field.name}-cy",
        label=say("administration.Set_InWelsh", label=field.label),
        tooltip=field.tooltip,
    )
    return components.text_field(
        english, value=shown.get("en", ""), attrs={"lang": "en"}
    ) + components.text_field(welsh, value=shown.get("cy", ""), attrs={"lang": "cy"})


def _options(each: Declared) -> list[dict[str, str]]:
    assert isinstance(each.kind, kinds.Choice | kinds.Several)
    return [
        {"value": option, "text": say(f"administration.Set_{each.word}_{option}")}
        for option in each.kind.options
    ]


def _draw_choice(each: Declared, field: Field, shown: Shown) -> SafeString:
    return components.radios_field(field, options=_options(each), value=shown.get("", ""), small=True)


def _draw_several(each: Declared, field: Field, shown: Shown) -> SafeString:
    return components.checkboxes_field(field, options=_options(each), values=shown.get("", []), small=True)


def _draw_pairs(_each: Declared, field: Field, shown: Shown) -> SafeString:
    return components.textarea_field(field, value=shown.get("", ""), rows=8)


def _draw_moment(_each: Declared, field: Field, shown: Shown) -> SafeString:
    day = {part: shown.get(part, "") for part in ("day", "month", "year")}
    hour = Field(
        name=f"{field.name}-time",
        label=say("administration.Set_Time", label=field.label),
        hint=say("administration.Set_Time_Hint"),
        tooltip=field.tooltip,
    )
    return components.date_field(field, **day) + components.text_field(
        hour, value=shown.get("time", "02:00"), width=5
    )


def _draw_secret(each: Declared, field: Field, _shown: Shown) -> SafeString:
    kept = queries.secret_is_kept(each.key)
    hint = say("administration.Set_SecretKept" if kept else "administration.Set_SecretNone")
    drawn = components.password_field(field._replace(hint=hint), autocomplete="new-password")
    if not kept:
        return drawn
    forget = Field(f"{field.name}-forget", say("administration.Set_SecretForget"))
    return drawn + components.checkbox(forget, small=True)


_DRAWN: dict[type, Callable[[Declared, Field, Shown], SafeString]] = {
    kinds.Number: _draw_number,
    kinds.Switch: _draw_switch,
    kinds.Line: _draw_line,
    kinds.Pattern: _draw_line,
    kinds.Words: _draw_words,
    kinds.Choice: _draw_choice,
    kinds.Several: _draw_several,
    kinds.Pairs: _draw_pairs,
    kinds.Moment: _draw_moment,
    kinds.Secret: _draw_secret,
}


def _plainly(_each: Declared, value: Any) -> str:
    return str(value)


def _speak_number(each: Declared, value: Any) -> str:
    assert isinstance(each.kind, kinds.Number)
    return f"{value} {say(f'administration.Set_Unit_{each.kind.unit}')}" if each.kind.unit else str(value)


def _speak_moment(_each: Declared, value: Any) -> str:
    at = timezone.localtime(datetime.fromisoformat(value))
    return f"{speech.day(at)}, {speech.clock(at)}"


_SPOKEN: dict[type, Callable[[Declared, Any], str]] = {
    kinds.Number: _speak_number,
    kinds.Switch: lambda _each, value: say("administration.Set_On" if value else "administration.Set_Off"),
    kinds.Words: lambda _each, value: " / ".join(value.values()),
    kinds.Choice: lambda each, value: say(f"administration.Set_{each.word}_{value}"),
    kinds.Several: lambda each, value: ", ".join(
        say(f"administration.Set_{each.word}_{one}") for one in value
    ),
    kinds.Pairs: lambda _each, value: "; ".join(f"{one['en']} | {one['cy']}" for one in value),
    kinds.Moment: _speak_moment,
}
