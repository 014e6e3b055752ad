"""Changing words. Each change is kept with what was there before, and shows the next time anybody looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal

from . import history, queries, rules
from .catalogue import LANGUAGES, catalogue
from .models import Change, Override


class NoSuchText(Refusal):
    """The catalogue has no text of that name, or no such language."""


@dataclass(frozen=True)
class Wanted:
    """New words for one text. ``seen``: its revision (``history.revision_of``) on the page that was shown."""

    name: str
    language: str
    value: str
    seen: int | None = None


@transaction.atomic
def change_text(
    name: str,
    *,
    language: str,
    value: str,
    by: Any,
    now: datetime,
    seen: int | None = None,
    complete: bool = False,
) -> Change | None:
    """Use ``value`` for the text called ``area.key``; it shows the next time anybody sees it.

    An empty ``value`` restores the catalogue's wording. ``complete``: refuse words that leave out what the
    portal fills in. Returns what was kept, None when nothing differs. Raises NoSuchText, ChangedMeanwhile
    when ``seen`` is not the text's revision any more, rules.BadText and rules.LacksPlaceholders.
    """
    hold_name("texts")
    wanted = Wanted(name, language, rules.tidy(value), seen)
    _demand(wanted)
    if wanted.value and complete:
        rules.demand_placeholders(name, wanted.value)
    return _change(wanted, by, now)


@transaction.atomic
def change_texts(changes: Iterable[Wanted], *, by: Any, now: datetime) -> list[Change]:
    """All of ``changes`` or none, as ``change_text`` does each; English goes before Welsh."""
    hold_name("texts")
    tidied = [Wanted(each.name, each.language, rules.tidy(each.value), each.seen) for each in changes]
    for each in tidied:
        _demand(each)
    ordered = sorted(tidied, key=lambda each: each.language != "en")
    return [kept for each in ordered if (kept := _change(each, by, now))]


@transaction.atomic
def restore_change(change: Change, *, by: Any, now: datetime, seen: int | None = None) -> Change | None:
    """Give a text back the words that it had before ``change``; None when it has them already.

    Raises what change_text does.
    """
    name = f"{change.area}.{change.key}"
    return change_text(name, language=change.language, value=change.before, by=by, now=now, seen=seen)


@transaction.atomic
def confirm_welsh(name: str, *, by: Any, now: datetime) -> None:
    """Say that the Welsh of a text still fits its English, which changed after it. Raises NoSuchText."""
    hold_name("texts")
    if "cy" not in catalogue().get(name, {}):
        raise NoSuchText(f"There is no Welsh text called {name}.")
    area, _, key = name.partition(".")
    given = {
        "value": queries.written(name, "cy"),
        "against": rules.digest(queries.written(name, "en")),
        "changed_at": now,
        "changed_by": by,
    }
    Override.objects.update_or_create(area=area, key=key, language="cy", defaults=given)
    stamps.touch("texts")
    audit.record("texts.confirmed", by=by, about=("text", name), now=now)


def _demand(wanted: Wanted) -> None:
    if wanted.name not in catalogue() or wanted.language not in LANGUAGES:
        raise NoSuchText(f"There is no text called {wanted.name} in {wanted.language}.")
    if wanted.seen is not None and history.revision_of(wanted.name, wanted.language) != wanted.seen:
        raise ChangedMeanwhile(queries.say("administration.Error_Texts_ChangedMeanwhile"), field="value")
    # The catalogue's own words come back for empty ones, and may have become another placeholder's since.
    if words := wanted.value or catalogue()[wanted.name].get(wanted.language, ""):
        rules.demand(wanted.name, words)


def _change(wanted: Wanted, by: Any, now: datetime) -> Change | None:
    area, _, key = wanted.name.partition(".")
    language, value = wanted.language, wanted.value
    if value == catalogue()[wanted.name].get(language) and not _needs_own(wanted):
        value = ""
    rows = Override.objects.filter(area=area, key=key, language=language)
    before, against = rows.values_list("value", "against").first() or ("", "")
    english = rules.digest(queries.written(wanted.name, "en")) if language == "cy" else ""
    if value == before and (not value or against == english):
        return None
    if value:
        given = {"value": value, "against": english, "changed_at": now, "changed_by": by}
        Override.objects.update_or_create(area=area, key=key, language=language, defaults=given)
    else:
        rows.delete()
    stamps.touch("texts")
    about = {"area": area, "key": key, "language": language}
    kept = Change.objects.create(**about, before=before, after=value, changed_at=now, changed_by=by)
    detail = {"language": language, "before": before or None, "after": value}
    audit.record("texts.changed", by=by, about=("text", wanted.name), now=now, detail=detail)
    return kept


def _needs_own(wanted: Wanted) -> bool:
    """Whether the catalogue's Welsh has to be kept as ours, because our English is not the catalogue's."""
    english = catalogue()[wanted.name].get("en")
    return wanted.language == "cy" and queries.written(wanted.name, "en") != english
