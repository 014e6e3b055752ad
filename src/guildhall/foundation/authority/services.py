"""Changing the authority's settings, secrets and look. Each change is kept with who made it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal

from . import queries, stamps
from .declared import SECRETS, page_of, problems_between
from .defaults import DEFAULTS
from .models import Picture, Secret, Setting, SettingChange
from .sealing import seal

_NOTHING = Value(None, JSONField())  # a setting that is empty is kept, unlike one that nobody set


class DoesNotFit(Refusal):
    """The value that a setting had before does not go with what else is on its page now."""


@transaction.atomic
def change_setting(key: str, *, value: Any, by: Any, now: datetime) -> None:
    """Set ``key`` (one of DEFAULTS) to ``value``; it counts from the next request of every process."""
    hold_name("settings")
    _change(key, value, by, now)


@transaction.atomic
def change_settings(
    values: Mapping[str, Any], *, seen: int | None, words: str, by: Any, now: datetime
) -> list[str]:
    """Set every key of ``values`` that differs from what is kept; returns those keys.

    ``seen``: the revision that the page showed (``queries.revision_of``); raises ChangedMeanwhile with
    ``words`` when it has moved. A secret is changed by a string, forgotten by "", and left by None.
    """
    hold_name("settings")
    if seen is not None and queries.revision_of(values) != seen:
        raise ChangedMeanwhile(words)
    changed = [key for key, value in values.items() if _differs(key, value)]
    for key in changed:
        if key in SECRETS:
            _change_secret(key, values[key], by, now)
        else:
            _change(key, values[key], by, now)
    return changed


@transaction.atomic
def restore_setting(
    change: SettingChange, *, seen: int | None, stale: str, words: str, by: Any, now: datetime
) -> bool:
    """Give a setting back the value it had before ``change``; False when it has it already.

    ``seen``: the revision of its page that the history showed. Raises ChangedMeanwhile with ``stale`` when
    that has moved, DoesNotFit with ``words``.
    """
    hold_name("settings")
    page = page_of(change.key)
    if page and seen is not None and queries.revision_of(page.keys) != seen:
        raise ChangedMeanwhile(stale)
    if change.key in SECRETS or not _differs(change.key, change.before):
        return False
    if problems_between(_page_with(change.key, change.before), now=now):
        raise DoesNotFit(words)
    _change(change.key, change.before, by, now)
    return True


@transaction.atomic
def clear_cache(names: list[str], *, by: Any, now: datetime) -> None:
    """Have every process read again what it keeps under ``names``."""
    for name in names:
        stamps.touch(name)
    audit.record("cache.cleared", by=by, about=("cache", ",".join(names)[:60]), now=now)


@transaction.atomic
def change_picture(
    name: str, *, content: bytes, kind: str, size: tuple[int, int], by: Any, now: datetime
) -> None:
    """Use ``content`` (a checked picture of ``kind``, width and height) for ``name``; empty removes it."""
    if not content:
        Picture.objects.filter(name=name).delete()
    else:
        given = {"content": content, "kind": kind, "width": size[0], "height": size[1]}
        given |= {"digest": hashlib.sha256(content).hexdigest(), "changed_at": now, "changed_by": by}
        Picture.objects.update_or_create(name=name, defaults=given)
    stamps.touch("settings")
    audit.record("authority.picture_changed", by=by, about=("picture", name), now=now)


def move_next_removal(*, after: datetime, now: datetime) -> None:
    """Say when old messages are removed next: so many days after ``after``, and not in the past."""
    every = timedelta(days=int(queries.setting("removal.every_days")))
    following = after + every
    while following <= now:
        following += every
    change_setting("removal.next", value=following.isoformat(), by=None, now=now)


def _page_with(key: str, value: Any) -> dict[str, Any]:
    """What the page of ``key`` would hold with ``value`` in it."""
    page = page_of(key)
    others = {each: queries.kept_value(each) for each in page.keys if each not in SECRETS} if page else {}
    return others | {key: value}


def _differs(key: str, value: Any) -> bool:
    if key not in SECRETS:
        return bool(value != queries.kept_value(key))
    return value is not None and not (value == "" and not queries.secret_is_kept(key))


def _change(key: str, value: Any, by: Any, now: datetime) -> None:
    if key not in DEFAULTS:
        raise KeyError(key)
    before = queries.kept_value(key)
    kept = _NOTHING if value is None else value
    Setting.objects.update_or_create(key=key, defaults={"value": kept, "changed_at": now, "changed_by": by})
    _note(key, before, value, by, now)


def _change_secret(key: str, words: str, by: Any, now: datetime) -> None:
    if words:
        given = {"sealed": seal(words), "changed_at": now, "changed_by": by}
        Secret.objects.update_or_create(key=key, defaults=given)
    else:
        Secret.objects.filter(key=key).delete()
    _note(key, None, None, by, now)


def _note(key: str, before: Any, after: Any, by: Any, now: datetime) -> None:
    SettingChange.objects.create(key=key, before=before, after=after, changed_at=now, changed_by=by)
    stamps.touch("settings")
    detail = {} if key in SECRETS else {"before": before, "after": after}
    audit.record("authority.setting_changed", by=by, about=("setting", key), now=now, detail=detail)
