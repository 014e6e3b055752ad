"""Fields with one control: text, longer text, password, drop-down, file."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from ..words import say
from .frame import Field, framed
from .markup import Attributes, attributes, classes, inner, quoted
from .options import Option, option

_WIDTHS = (2, 3, 4, 5, 10, 20, 30)


def text_field(
    field: Field,
    *,
    value: object = "",
    type: str = "text",
    width: int | str | None = None,
    autocomplete: str = "",
    inputmode: str = "",
    spellcheck: bool | None = None,
    maxlength: int | None = None,
    prefix: str = "",
    suffix: str = "",
    disabled: bool = False,
    attrs: Attributes | None = None,
) -> SafeString:
    """One line of text. ``width``: 2, 3, 4, 5, 10, 20, 30 characters, or a fraction such as "one-half".

    ``maxlength`` only sizes the box: what is typed is never cut, a longer answer is refused in words.
    """
    before, after = _input(
        field.anchor,
        field.name,
        type,
        classes("govuk-input", _width(width, maxlength), field.if_wrong("govuk-input--error")),
        field.described_by(),
        autocomplete,
        inputmode,
        (spellcheck, disabled, field.required),
    )
    written = "" if value in ("", None) else f' value="{quoted(value)}"'
    control = f"<input{before}{written}{after}{attributes(attrs)}>"
    return framed(field, _with_affixes(control, prefix, suffix))


@lru_cache(maxsize=2_000)
def _input(
    anchor: str,
    name: str,
    type: str,
    kind: str,
    described: str | None,
    autocomplete: str,
    inputmode: str,
    marks: tuple[bool | None, bool, bool],
) -> tuple[str, str]:
    """The attributes before and after the value, kept as the rest of a field is (see ``frame``)."""
    spellcheck, disabled, required = marks
    before = {
        "class": kind,
        "id": anchor,
        "name": name,
        "type": type,
        "spellcheck": _spelt(spellcheck),
    }
    after = {
        "disabled": disabled,
        "aria-describedby": described,
        "aria-required": "true" if required else None,
        "autocomplete": autocomplete or None,
        "inputmode": inputmode or None,
    }
    return attributes(before), attributes(after)


def textarea_field(
    field: Field,
    *,
    value: object = "",
    rows: int = 5,
    maxlength: int | None = None,
    spellcheck: bool | None = None,
    autocomplete: str = "",
    attrs: Attributes | None = None,
) -> SafeString:
    """Several lines of text. With ``maxlength`` it counts the characters left; nothing typed is cut."""
    counted = f"{field.anchor}-info" if maxlength else ""
    pairs = attributes(
        {
            "class": classes(
                "govuk-textarea",
                field.if_wrong("govuk-textarea--error"),
                "govuk-js-character-count" if maxlength else "",
            ),
            "id": field.anchor,
            "name": field.name,
            "rows": rows,
            "spellcheck": _spelt(spellcheck),
            "aria-describedby": field.described_by(counted),
            "aria-required": "true" if field.required else None,
            "autocomplete": autocomplete or None,
        }
        | dict(attrs or {})
    )
    # A leading line break is swallowed by browsers, so one more is given away.
    body = f"<textarea{pairs}>{_line_break(value)}{inner('' if value is None else value)}</textarea>"
    if not maxlength:
        return framed(field, body)
    body += _count_message(counted, maxlength)
    return framed(field, body, kind="govuk-character-count", pairs=_count_words(maxlength))


def password_field(
    field: Field,
    *,
    autocomplete: str = "current-password",
    width: int | str | None = None,
    attrs: Attributes | None = None,
) -> SafeString:
    """A password, with a Show button where scripts run. It is never filled in by the server."""
    pairs = attributes(
        {
            "class": classes(
                "govuk-input govuk-password-input__input govuk-js-password-input-input",
                _width(width, None),
                field.if_wrong("govuk-input--error"),
            ),
            "id": field.anchor,
            "name": field.name,
            "type": "password",
            "spellcheck": "false",
            "aria-describedby": field.described_by(),
            "aria-required": "true" if field.required else None,
            "autocomplete": autocomplete,
            "autocapitalize": "none",
        }
        | dict(attrs or {})
    )
    show = attributes({"aria-controls": field.anchor, "aria-label": say("Password_ShowLabel")})
    body = (
        f'<div class="govuk-input__wrapper govuk-password-input__wrapper"><input{pairs}>'
        '<button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle'
        f' govuk-js-password-input-toggle" data-module="govuk-button"{show} hidden>'
        f"{inner(say('Password_Show'))}</button></div>"
    )
    return framed(field, body, kind="govuk-password-input", pairs=_password_words())


def select_field(
    field: Field,
    *,
    options: Iterable[Any],
    value: object = "",
    blank: str | None = None,
    attrs: Attributes | None = None,
) -> SafeString:
    """One of ``options`` from a drop-down; ``blank`` adds a first entry that chooses nothing."""
    pairs = attributes(
        {
            "class": classes("govuk-select", field.if_wrong("govuk-select--error")),
            "id": field.anchor,
            "name": field.name,
            "aria-describedby": field.described_by(),
            "aria-required": "true" if field.required else None,
        }
        | dict(attrs or {})
    )
    first = [] if blank is None else [Option("", blank)]
    entries = "".join(_entry(one, str(value)) for one in [*first, *map(option, options)])
    return framed(field, f"<select{pairs}>{entries}</select>")


def file_field(
    field: Field,
    *,
    multiple: bool = False,
    accept: str = "",
    upload_url: str = "",
    listing: SafeString = SafeString(""),
    attrs: Attributes | None = None,
) -> SafeString:
    """Files to send. With ``upload_url`` a script sends each at once and shows how far it is (upload.js).

    ``listing`` is drawn above the control: the files that are there already.
    """
    pairs = attributes(
        {
            "class": classes("govuk-file-upload", field.if_wrong("govuk-file-upload--error")),
            "id": field.anchor,
            "name": field.name,
            "type": "file",
            "multiple": multiple,
            "accept": accept or None,
            "aria-describedby": field.described_by(),
            "aria-required": "true" if field.required else None,
        }
        | dict(attrs or {})
    )
    words = _upload_words(upload_url) if upload_url else None
    return framed(field, _listed(listing, upload_url) + f"<input{pairs}>", pairs=words)


def _spelt(checked: bool | None) -> str | None:
    return None if checked is None else str(checked).lower()


def _width(width: int | str | None, maxlength: int | None) -> str:
    if width is None and maxlength and maxlength <= _WIDTHS[-1]:
        width = next(size for size in _WIDTHS if maxlength <= size)
    if not width:
        return ""
    return f"govuk-input--width-{width}" if str(width).isdigit() else f"govuk-!-width-{width}"


def _with_affixes(control: str, prefix: str, suffix: str) -> str:
    if not prefix and not suffix:
        return control
    before = f'<div class="govuk-input__prefix" aria-hidden="true">{inner(prefix)}</div>' if prefix else ""
    after = f'<div class="govuk-input__suffix" aria-hidden="true">{inner(suffix)}</div>' if suffix else ""
    return f'<div class="govuk-input__wrapper">{before}{control}{after}</div>'


def _entry(one: Option, chosen: str) -> str:
    pairs = attributes({"value": one.value, "selected": one.value == chosen, "disabled": one.disabled})
    return f"<option{pairs}>{inner(one.text)}</option>"


def _line_break(value: object) -> str:
    return "\n" if str(value or "").startswith(("\n", "\r")) else ""


def _count_message(anchor: str, most: int) -> str:
    words = inner(say("Count_Limit", count=f"{most:,}"))
    return f'<div id="{anchor}" class="govuk-hint govuk-character-count__message">{words}</div>'


def _count_words(most: int) -> dict[str, Any]:
    return {
        "data-module": "govuk-character-count",
        "data-maxlength": most,
        "data-i18n.characters-under-limit.one": say("Count_OneLeft"),
        "data-i18n.characters-under-limit.two": say("Count_TwoLeft"),
        "data-i18n.characters-under-limit.few": say("Count_FewLeft"),
        "data-i18n.characters-under-limit.many": say("Count_ManyLeft"),
        "data-i18n.characters-under-limit.other": say("Count_OtherLeft"),
        "data-i18n.characters-at-limit": say("Count_NoneLeft"),
        "data-i18n.characters-over-limit.one": say("Count_OneOver"),
        "data-i18n.characters-over-limit.two": say("Count_TwoOver"),
        "data-i18n.characters-over-limit.few": say("Count_FewOver"),
        "data-i18n.characters-over-limit.many": say("Count_ManyOver"),
        "data-i18n.characters-over-limit.other": say("Count_OtherOver"),
    }


def _password_words() -> dict[str, Any]:
    return {
        "data-module": "govuk-password-input",
        "data-i18n.show-password": say("Password_Show"),
        "data-i18n.hide-password": say("Password_Hide"),
        "data-i18n.show-password-aria-label": say("Password_ShowLabel"),
        "data-i18n.hide-password-aria-label": say("Password_HideLabel"),
        "data-i18n.password-shown-announcement": say("Password_Shown"),
        "data-i18n.password-hidden-announcement": say("Password_Hidden"),
    }


def _listed(listing: SafeString, upload_url: str) -> str:
    """The files that are there, where the script may put a newer list."""
    return f"<div data-upload-listing>{listing}</div>" if upload_url else listing


def _upload_words(url: str) -> dict[str, Any]:
    return {
        "data-upload-url": url,
        "data-upload-sending": say("Upload_Sending"),
        "data-upload-sent": say("Upload_Sent"),
        "data-upload-failed": say("Upload_Failed"),
        "data-upload-again": say("Upload_Again"),
        "data-upload-pause": say("Upload_Pause"),
        "data-upload-continue": say("Upload_Continue"),
        "data-upload-cancel": say("Upload_Cancel"),
        "data-upload-forget": say("Upload_Forget"),
        "data-upload-paused": say("Upload_Paused"),
        "data-upload-lost": say("Upload_Lost"),
        "data-upload-waiting": say("Upload_Waiting"),
        "data-upload-percent": say("Upload_Percent"),
        "data-upload-signed-out": say("Upload_SignedOut"),
    }
