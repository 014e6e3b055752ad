"""From the design system's own parameters to those of the kit, for the options the kit has.

Each function gives the kit's HTML, or None for a fixture that asks for something the kit does not offer.
"""

import re
from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field

Options = dict[str, Any]


def _only(options: Options, *known: str) -> bool:
    return set(options) <= set(known)


def _text(part: Any) -> str | None:
    """The words of a part that has nothing but words; None for one with more."""
    if not part:
        return ""
    if set(part) - {"text", "html", "classes", "isPageHeading"}:
        return None
    return SafeString(part["html"].strip()) if part.get("html") else part.get("text", "")


def _framed(options: Options, heading: str = "label") -> Field | None:
    """What all fields share, or None."""
    parts = {name: _text(options.get(name)) for name in (heading, "hint", "errorMessage")}
    if None in parts.values() or any(
        (options.get(name) or {}).get("classes") for name in ("hint", "errorMessage")
    ):
        return None
    head = options.get(heading) or {}
    if not parts[heading]:
        return None
    return Field(
        name=options.get("name", ""),
        label=parts[heading],
        hint=parts["hint"],
        problem=parts["errorMessage"],
        page_heading=bool(head.get("isPageHeading")),
        label_kind=head.get("classes", ""),
        id=options.get("id") or options.get("idPrefix") or "",
    )


_FIELD = ("label", "hint", "errorMessage", "id", "name")


def input_(options: Options) -> str | None:
    plain = ("type", "autocomplete", "inputmode", "spellcheck", "value", "disabled")
    if not _only(options, *_FIELD, *plain, "prefix", "suffix") or not (field := _framed(options)):
        return None
    affixes = {name: options.get(name, {}) for name in ("prefix", "suffix")}
    if any(set(one) - {"text"} for one in affixes.values()):
        return None
    given = {name: options[name] for name in plain if name in options}
    return components.text_field(
        field, **given, **{name: one.get("text", "") for name, one in affixes.items()}
    )


def textarea(options: Options) -> str | None:
    plain = ("rows", "spellcheck", "value", "autocomplete")
    if not _only(options, *_FIELD, *plain) or not (field := _framed(options)):
        return None
    return components.textarea_field(field, **{name: options[name] for name in plain if name in options})


def select(options: Options) -> str | None:
    if not _only(options, *_FIELD, "items", "value") or not (field := _framed(options)):
        return None
    items = options.get("items") or [None]
    if None in items or any(
        set(item) - {"value", "text", "selected", "disabled"} or "value" not in item for item in items
    ):
        return None
    chosen = next((item["value"] for item in items if item.get("selected")), options.get("value", ""))
    if any(item.get("selected") is False or not item["value"] for item in items):
        return None
    return components.select_field(
        field,
        value=chosen,
        options=[{name: item[name] for name in item if name != "selected"} for item in items],
    )


def file_upload(options: Options) -> str | None:
    if not _only(options, *_FIELD, "multiple") or not (field := _framed(options)):
        return None
    return components.file_field(field, multiple=bool(options.get("multiple")))


def _choices(options: Options) -> tuple[Field, list[Options], list[Any]] | None:
    """The field, its choices and the values that are chosen one by one; None for what the kit has not."""
    fieldset = options.get("fieldset") or {}
    known = ("idPrefix", "name", "hint", "errorMessage", "items", "fieldset", "value", "values", "classes")
    if not _only(options, *known) or set(fieldset) - {"legend"}:
        return None
    framed = _framed(options | {"legend": fieldset.get("legend"), "id": options.get("idPrefix")}, "legend")
    items = [_choice(item) for item in options["items"] if item]
    if framed is None or None in items or len(items) != len(options["items"]):
        return None
    checked = [item["value"] for item in options["items"] if item.get("checked")]
    return framed, items, checked


def _choice(item: Options) -> Options | None:
    if "divider" in item:
        return {"divider": item["divider"]}
    words = _text({name: item[name] for name in ("text", "html") if name in item})
    hint = _text(item.get("hint"))
    known = {
        "value",
        "text",
        "html",
        "hint",
        "checked",
        "disabled",
        "conditional",
        "behaviour",
        "id",
        "name",
        "divider",
    }
    if hint is None or words is None or set(item) - known or (item.get("hint") or {}).get("classes"):
        return None
    if item.get("conditional") is False or item.get("checked") is False:
        return None
    return {
        "value": item.get("value", ""),
        "text": words,
        "hint": hint,
        "disabled": bool(item.get("disabled")),
        "conditional": SafeString(((item.get("conditional") or {}).get("html") or "").strip()),
        "exclusive": item.get("behaviour") == "exclusive",
        "id": item.get("id", ""),
        "name": item.get("name", ""),
    }


def radios(options: Options) -> str | None:
    choices = _choices(options)
    kinds = {"": {}, "govuk-radios--inline": {"inline": True}, "govuk-radios--small": {"small": True}}
    if choices is None or options.get("classes", "") not in kinds:
        return None
    field, items, checked = choices
    value = checked[0] if checked else options.get("value", "")
    return components.radios_field(field, options=items, value=value, **kinds[options.get("classes", "")])


def checkboxes(options: Options) -> str | None:
    choices = _choices(options)
    if choices is None or options.get("classes", "") not in {"", "govuk-checkboxes--small"}:
        return None
    field, items, checked = choices
    values = checked or options.get("values", [])
    return components.checkboxes_field(
        field, options=items, values=values, small=bool(options.get("classes"))
    )


def button(options: Options) -> str | None:
    kinds = {
        "": {},
        "govuk-button--secondary": {"secondary": True},
        "govuk-button--warning": {"warning": True},
        "govuk-button--inverse": {"inverse": True},
    }
    plain = ("text", "name", "value", "href", "type", "disabled", "id")
    known = (*plain, "html", "classes", "isStartButton", "preventDoubleClick", "element")
    if not _only(options, *known) or options.get("classes", "") not in kinds or options.get("isStartButton"):
        return None
    if options.get("element") or options.get("preventDoubleClick") is False:
        return None
    given = {name: options[name] for name in plain if name in options and name != "text"}
    words = SafeString(options["html"].strip()) if options.get("html") else options.get("text", "")
    once = bool(options.get("preventDoubleClick"))
    return components.button(text=words, **given, once=once, **kinds[options.get("classes", "")])


def error_summary(options: Options) -> str | None:
    if not _only(options, "titleText", "errorList") or any(
        set(one) - {"text", "href"} for one in options.get("errorList", [])
    ):
        return None
    if not options.get("errorList"):
        return None
    problems = {one.get("href", ""): one["text"] for one in options["errorList"]}
    return components.error_summary(problems, title=options["titleText"])


def tag(options: Options) -> str | None:
    colour = options.get("classes", "").removeprefix("govuk-tag--")
    if not _only(options, "text", "classes") or (colour and f"govuk-tag--{colour}" != options["classes"]):
        return None
    return components.tag_label(text=options["text"], colour=colour)


def panel(options: Options) -> str | None:
    if not _only(options, "titleText", "text"):
        return None
    return components.panel(title=options["titleText"], body=options.get("text", ""))


def inset_text(options: Options) -> str | None:
    if not _only(options, "text", "html"):
        return None
    return components.inset(_text(options) or "")


def warning_text(options: Options) -> str | None:
    if not _only(options, "text", "iconFallbackText") or options.get("iconFallbackText") != "Warning":
        return None
    return components.warning(text=options["text"])


def details(options: Options) -> str | None:
    if not _only(options, "summaryText", "text", "html", "open", "id"):
        return None
    body = SafeString(options["html"]) if options.get("html") else options.get("text", "")
    return components.details(
        body, summary=options["summaryText"], open=bool(options.get("open")), id=options.get("id", "")
    )


def back_link(options: Options) -> str | None:
    if not _only(options, "text", "href") or not options.get("href"):
        return None
    return components.back_link(href=options["href"], text=options.get("text", ""))


def breadcrumbs(options: Options) -> str | None:
    if not _only(options, "items", "collapseOnMobile") or not options.get("collapseOnMobile"):
        return None
    if any(set(item) - {"text", "href"} for item in options["items"]):
        return None
    return components.breadcrumb_list(
        items=[(item["text"], item.get("href", "")) for item in options["items"]]
    )


def summary_list(options: Options) -> str | None:
    rows = [_row(row) for row in options.get("rows", []) if row]
    if not _only(options, "rows", "classes") or None in rows or not rows:
        return None
    if options.get("classes", "") not in {"", "govuk-summary-list--no-border"}:
        return None
    return components.summary_list(rows=rows, plain=bool(options.get("classes")))


def _row(row: Options) -> Options | None:
    actions = (row.get("actions") or {}).get("items") or []
    if (
        set(row) - {"key", "value", "actions"}
        or len(actions) > 1
        or (row.get("actions") or {}).get("classes")
    ):
        return None
    value = _text(row["value"])
    if value is None or row["key"].get("classes"):
        return None
    plain = {"key": _text(row["key"]), "value": value}
    if not actions:
        return plain
    action = actions[0]
    if set(action) - {"href", "text", "visuallyHiddenText"} or "visuallyHiddenText" not in action:
        return None
    return plain | {"href": action["href"], "action": action["text"], "hidden": action["visuallyHiddenText"]}


def task_list(options: Options) -> str | None:
    if not _only(options, "items", "idPrefix"):
        return None
    items = [_task(item) if item else None for item in options["items"]]
    if None in items:
        return None
    return components.task_list(items=items, id=options.get("idPrefix", "task-list"))


def _task(item: Options) -> Options | None:
    status, title = item.get("status", {}), item["title"]
    label = status.get("tag")
    if set(item) - {"title", "hint", "status", "href"} or set(title) - {"text", "html"}:
        return None
    if set(status) - {"text", "tag"} or (label and not label.get("classes", "").startswith("govuk-tag--")):
        return None
    return {
        "title": _text(title),
        "hint": _text(item.get("hint")),
        "href": item.get("href", ""),
        "status": label["text"] if label else status.get("text", ""),
        "colour": label["classes"].removeprefix("govuk-tag--") if label else "",
    }


def notification_banner(options: Options) -> str | None:
    if not _only(options, "text", "html", "type", "titleText"):
        return None
    body = SafeString(options["html"].strip()) if options.get("html") else options.get("text", "")
    return components.notification(
        body,
        success=options.get("type") == "success",
        title=options.get("titleText", ""),
        id="govuk-notification-banner-title",
    )


def password_input(options: Options) -> str | None:
    if not _only(options, *_FIELD, "autocomplete") or not (field := _framed(options)):
        return None
    given = {name: options[name] for name in ("autocomplete",) if name in options}
    # Upstream puts its words for scripts only where they differ from its own English ones.
    return re.sub(r' data-i18n[.\w-]+="[^"]*"', "", components.password_field(field, **given))


# component → how the kit draws it, and how many of upstream's fixtures that must at least cover
COVERED: dict[str, tuple[Callable[[Options], str | None], int]] = {
    "input": (input_, 20),
    "textarea": (textarea, 8),
    "select": (select, 4),
    "file-upload": (file_upload, 5),
    "radios": (radios, 8),
    "checkboxes": (checkboxes, 8),
    "button": (button, 10),
    "error-summary": (error_summary, 3),
    "tag": (tag, 8),
    "panel": (panel, 1),
    "inset-text": (inset_text, 2),
    "warning-text": (warning_text, 1),
    "details": (details, 3),
    "back-link": (back_link, 1),
    "breadcrumbs": (breadcrumbs, 1),
    "summary-list": (summary_list, 5),
    "task-list": (task_list, 1),
    "notification-banner": (notification_banner, 3),
    "password-input": (password_input, 2),
}
