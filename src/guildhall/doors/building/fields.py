"""The fields of the builder's pages, each with its label and tooltip from the texts by its name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from guildhall.foundation.kit import components
from guildhall.foundation.texts.queries import say


def label_of(name: str) -> str:
    """What the field ``name`` is called."""
    return say(f"administration.Build_Field_{name}")


def tip_of(name: str) -> str:
    """Why the field ``name`` is there."""
    return say(f"administration.Build_Field_{name}_Tooltip")


def both(
    name: str,
    value: Any,
    problems: Mapping[str, str],
    *,
    rows: int = 0,
    longest: int | None = None,
    optional: bool = True,
    called: str = "",
) -> SafeString:
    """Words in English and in Welsh: two fields, of one line or of ``rows``.

    ``called``: the name of its texts, where that is not the field's.
    """
    said = value if isinstance(value, dict) else {}
    drawn = []
    for language in ("en", "cy"):
        common: dict[str, Any] = {
            "name": f"{name}_{language}",
            "label": say(f"administration.Build_Label_{language}", label=label_of(called or name)),
            "value": said.get(language, ""),
            "problem": problems.get(f"{name}_{language}", ""),
            "tooltip": tip_of(called or name) if language == "en" else "",
            "optional": optional,
            "spellcheck": True,
        }
        if rows:
            drawn.append(components.textarea_field(rows=rows, maxlength=longest, **common))
        else:
            drawn.append(components.text_field(**common))
    return mark_safe("".join(drawn))


def line(name: str, value: Any, problems: Mapping[str, str], *, called: str = "", **more: Any) -> SafeString:
    """One line of text."""
    value = "" if value is None else value
    return components.text_field(
        name=name,
        label=label_of(called or name),
        tooltip=tip_of(called or name),
        value=value,
        problem=problems.get(name, ""),
        **more,
    )


def tick(name: str, checked: object, problems: Mapping[str, str] | None = None, **more: Any) -> SafeString:
    """One box to tick; it sends ``yes``."""
    return components.checkbox(
        name=name,
        label=label_of(name),
        tooltip=tip_of(name),
        checked=bool(checked),
        problem=(problems or {}).get(name, ""),
        small=True,
        **more,
    )


def choose(
    name: str, options: Iterable[Any], value: Any, problems: Mapping[str, str], **more: Any
) -> SafeString:
    """One of a list."""
    return components.select_field(
        name=name,
        label=label_of(name),
        tooltip=tip_of(name),
        options=list(options),
        value=value or "",
        problem=problems.get(name, ""),
        **more,
    )
