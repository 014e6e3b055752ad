"""The fields of the builder's pages, each with its label and tooltip from the texts by its name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
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
        field = Field(
            name=f"{name}_{language}",
            label=say(f"administration.Build_Label_{language}", label=label_of(called or name)),
            tooltip=tip_of(called or name),
            problem=problems.get(f"{name}_{language}", ""),
            optional=optional,
        )
        common: dict[str, Any] = {"value": said.get(language, ""), "spellcheck": True}
        if rows:
            drawn.append(components.textarea_field(field, rows=rows, maxlength=longest, **common))
        else:
            drawn.append(components.text_field(field, **common))
    return mark_safe("".join(drawn))


def line(name: str, value: Any, problems: Mapping[str, str], *, called: str = "", **more: Any) -> SafeString:
    """One line of text."""
    field = _field(name, problems, called=called)
    return components.text_field(field, value="" if value is None else value, **more)


def tick(name: str, checked: object, problems: Mapping[str, str] | None = None) -> SafeString:
    """One box to tick; it sends ``yes``."""
    return components.checkbox(_field(name, problems or {}), checked=bool(checked), small=True)


def choose(
    name: str, options: Iterable[Any], value: Any, problems: Mapping[str, str], **more: Any
) -> SafeString:
    """One of a list."""
    return components.select_field(_field(name, problems), options=options, value=value or "", **more)


def _field(name: str, problems: Mapping[str, str], *, called: str = "") -> Field:
    word = called or name
    return Field(name, label_of(word), tooltip=tip_of(word), problem=problems.get(name, ""))
