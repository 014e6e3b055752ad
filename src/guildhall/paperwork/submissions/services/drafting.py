"""Starting, saving, extending and deleting a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.files import services as files
from guildhall.foundation.kit import statements
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild

from ..merging import Merged, flatten, flatten_patch, merge, rows_gone
from ..models import Draft, Submission
from ..prefill import prefilled
from ..queries import open_draft_of
from ..reuse import filled, inherited, still_lent
from ..rules import expiry_of
from ..versions import answers_left, in_words

_TRIES = 3


class AlreadyStarted(Refusal):
    """The person has an open draft of this form about this child; ``draft`` is it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(texts.say("send.Start_Already"))
        self.draft = draft


class TooManyDrafts(Refusal):
    """The person has as many drafts as the authority keeps for one person."""


class FormWithdrawn(Refusal):
    """The form is no longer offered, so nobody can start it."""


class Gone(Refusal):
    """The draft was sent or deleted meanwhile."""


class Conflict(Refusal):
    """Somebody saved the same answers meanwhile. Nothing was written.

    ``current`` is the draft as it is now, ``overlapping`` the units both changed, ``offered`` unit → what
    this save wanted.
    """

    def __init__(
        self, current: Draft, *, overlapping: tuple[str, ...] = (), offered: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(texts.say("send.Error_Conflict"))
        self.current = current
        self.overlapping = overlapping
        self.offered = dict(offered or {})


@transaction.atomic
def start_draft(
    owner: User,
    *,
    version: FormVersion,
    family_child: FamilyChild | None,
    language: str,
    now: datetime,
    again: bool = False,
    begun: bool = False,
    earlier: Sequence[Submission] = (),
    known: Mapping[str, Any] | None = None,
    lent: Mapping[str, Any] | None = None,
) -> Draft:
    """Begin a form, with what is already known filled in (see ``prefill``).

    ``earlier`` forms, the one approved last first, lend the answers that this form uses again (``reuse``).
    Whoever enters a form for somebody else gives what is ``known`` and ``lent`` instead. ``begun``: it is one
    of several that were begun together, which can be finished when the form is withdrawn (SP-093).

    Raises FormWithdrawn, TooManyDrafts, and, unless ``again``, AlreadyStarted when an open draft of the
    same form about the same child could be continued instead.
    """
    if version.form.withdrawn_at and not begun:
        raise FormWithdrawn(texts.say("send.Error_FormWithdrawn"))
    child_id = family_child.pk if family_child else None
    if not again and (open_one := open_draft_of(owner, form_id=version.form_id, family_child_id=child_id)):
        raise AlreadyStarted(open_one)
    most = int(authority.setting("drafts.most"))
    if Draft.objects.filter(owner=owner).count() >= most:
        raise TooManyDrafts(texts.say("send.Error_TooManyDrafts", most=most))
    definition = forms.definition_of(version.pk)
    answers = (
        dict(known) if known is not None else prefilled(definition, owner=owner, family_child=family_child)
    )
    if lent is None:
        lent = inherited(definition, earlier, owner=owner, known=answers, today=timezone.localdate(now))
    draft = Draft.objects.create(
        **named_alike(),
        owner=owner,
        version=version,
        family_child=family_child,
        answers=answers | filled(lent),
        inherited=dict(lent),
        language=language,
        started_at=now,
        saved_at=now,
        expires_at=expiry_of(now),
    )
    audit.record("draft.started", by=owner, about=draft, now=now, detail=_started(version, lent))
    return draft


def named_alike() -> dict[str, UUID]:
    """One name for a new draft and for what it is sent as, so that its pages lead to the receipt."""
    name = uuid4()
    return {"id": name, "key": name}


def _started(version: FormVersion, lent: Mapping[str, Any]) -> dict[str, Any]:
    return {"version": version.pk} | ({"inherited": sorted(lent)} if lent else {})


def save_answers(
    draft: Draft,
    *,
    answers: Mapping[str, Any],
    revision: int,
    place: str,
    by: User,
    now: datetime,
    base: Mapping[str, str] | None = None,
) -> Draft:
    """Save a patch of answers (see ``merging``) typed on a page that showed ``revision``.

    ``base``: unit → digest of what that page showed, so that what it only carried along is not taken for
    a change. Returns the draft as saved. Answers that do not overlap with what was saved since are
    merged; otherwise raises Conflict. Raises Gone when the draft was sent or deleted.
    """
    current = draft
    for _ in range(_TRIES):
        merged = merge(
            current.answers,
            current.touched,
            revision=current.revision,
            patch=answers,
            seen=revision,
            base=base or {},
        )
        if merged.overlapping:
            wanted = flatten_patch(answers, current.answers)
            raise Conflict(
                current,
                overlapping=merged.overlapping,
                offered={unit: wanted[unit] for unit in merged.overlapping},
            )
        if _write(current, merged, place=place, by=by, now=now):
            return current
        current = _again(draft)
    raise Conflict(current, offered=flatten(answers))


def _write(draft: Draft, merged: Merged, *, place: str, by: User, now: datetime) -> bool:
    """Write where nobody wrote since ``draft`` was read; then ``draft`` is as saved. False otherwise."""
    grown = draft.revision + bool(merged.changed)
    fields: dict[str, Any] = {"place": place, "saved_at": now, "warned": 0}
    if merged.changed:
        fields |= {"answers": merged.answers, "touched": merged.touched, "revision": grown}
        if gone := rows_gone(draft.answers, merged.answers):
            fields["removed"] = draft.removed | gone
    if draft.expires_at:
        fields["expires_at"] = expiry_of(now)
    with transaction.atomic():
        if not statements.update(Draft, fields, id=draft.pk, revision=draft.revision):
            return False
        if merged.changed:
            detail = {"revision": grown, "changed": list(merged.changed)}
            audit.record("draft.saved", by=by, about=draft, now=now, detail=detail)
    for name, value in fields.items():
        setattr(draft, name, value)
    return True


def _again(draft: Draft) -> Draft:
    found = Draft.objects.filter(pk=draft.pk).first()
    if found is None:
        raise Gone(texts.say("send.Error_DraftGone"))
    return found


@transaction.atomic
def upgrade_draft(draft: Draft, *, by: User, now: datetime) -> Draft:
    """Move the draft to the version of its form that is offered now (GH-019). No answer is lost.

    Answers to questions that the newer version has not stay in the draft, in words as well (``set_aside``),
    and are not sent. Earlier forms' answers that it would not take are not lent any more. A summary that is
    open elsewhere shows the older version, so it cannot be sent any more. A draft that is on the newest
    version, or whose form is withdrawn, stays as it is.
    """
    held = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("version__form")
        .filter(pk=draft.pk)
        .first()
    )
    if held is None:
        raise Gone(texts.say("send.Error_DraftGone"))
    form, before = held.version.form, held.version_id
    if form.live_version_id in {None, before} or form.withdrawn_at:
        return held
    older, newer = forms.definition_of(before), forms.definition_of(form.live_version_id)
    today = timezone.localdate(now)
    left = answers_left(older, newer, held.answers, today=today)
    held.inherited = still_lent(held.inherited, older, newer, today=today)
    held.set_aside = [*held.set_aside, *(in_words(one) for one in left if not one.again)]
    held.version_id = form.live_version_id
    held.revision += 1
    held.saved_at, held.warned = now, 0
    if held.expires_at:
        held.expires_at = expiry_of(now)
    changed = ("version", "revision", "saved_at", "warned", "expires_at", "set_aside", "inherited")
    held.save(update_fields=changed)
    detail = {"from": before, "to": held.version_id, "set_aside": sum(not one.again for one in left)}
    audit.record("draft.upgraded", by=by, about=held, now=now, detail=detail)
    return held


@transaction.atomic
def set_aside_late(draft: Draft, *, before: Mapping[str, Any], shown: int) -> Draft:
    """After a page of the older version ``shown`` was saved into a draft that had moved on: what it typed
    and the draft's version does not ask for is set aside, in place of what stood there ``before``."""
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Gone(texts.say("send.Error_DraftGone"))
    was, now = (_set_aside(held, answers, shown) for answers in (before, held.answers))
    if was != now:
        held.set_aside = [one for one in held.set_aside if one not in was] + now
        held.save(update_fields=["set_aside"])
        draft.set_aside = held.set_aside
    return draft


def _set_aside(draft: Draft, answers: Mapping[str, Any], shown: int) -> list[dict[str, Any]]:
    """What of ``answers`` to the version ``shown`` the draft's version does not ask for, in words."""
    older, newer = forms.definition_of(shown), forms.definition_of(draft.version_id)
    left = answers_left(older, newer, answers, today=timezone.localdate())
    return [in_words(one) for one in left if not one.again]


@transaction.atomic
def speak_draft(draft: Draft, *, language: str) -> Draft:
    """Remember the language the person reads the form in."""
    Draft.objects.filter(pk=draft.pk).exclude(language=language).update(language=language)
    draft.language = language
    return draft


@transaction.atomic
def extend_draft(draft: Draft, *, by: User, now: datetime) -> Draft:
    """Keep the draft for another full period (setting ``drafts.days``) from ``now``."""
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Gone(texts.say("send.Error_DraftGone"))
    if held.expires_at:
        held.expires_at = expiry_of(now)
        held.warned = 0
        held.save(update_fields=["expires_at", "warned"])
        audit.record("draft.extended", by=by, about=held, now=now)
    return held


@transaction.atomic
def delete_draft(draft: Draft, *, by: User | None, now: datetime, only_if_expired: bool = False) -> bool:
    """Delete a draft with the files it keeps. Deleting twice changes nothing.

    With ``only_if_expired`` (``by`` None: the program), a draft saved again meanwhile stays. Says whether
    it was deleted.
    """
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        return False
    if only_if_expired and (held.expires_at is None or held.expires_at > now or held.warned != 1):
        return False
    files.remove_held(("draft", held.pk), by=by, now=now)
    audit.record("draft.deleted", by=by, about=held, now=now, detail={"revision": held.revision})
    held.delete()
    return True


@transaction.atomic
def mark_warned(draft: Draft, *, days: int, now: datetime) -> bool:
    """Note that the owner is being told that ``days`` are left. False when the draft moved meanwhile.

    A warning that comes late, because the schedule did not run, gives the days it promises.
    """
    rows = Draft.objects.filter(
        pk=draft.pk, revision=draft.revision, expires_at=draft.expires_at, warned=draft.warned
    )
    earliest = now + timedelta(days=days)
    fields: dict[str, Any] = {"warned": days}
    if draft.expires_at and draft.expires_at < earliest - timedelta(days=1):
        fields["expires_at"] = earliest
    return bool(rows.update(**fields))
