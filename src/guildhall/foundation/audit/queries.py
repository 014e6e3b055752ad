"""Reading the audit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission

from .chain import Break, Spans, first_break, pairs
from .models import Entry, Seal

SEAL_WITHIN = timedelta(minutes=10)
# Entries without which the rest cannot be checked. They never go.
_ABOUT_THE_CHAIN = ("audit.pruned", "audit.merged")


def search(
    holder: Holder,
    *,
    child: int | None = None,
    person: int | None = None,
    verb: str = "",
    about: Model | tuple[str, str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """Entries that fit everything given, newest first; none for a holder who may not read the audit.

    ``verb`` may be a room (``form.``) or a whole verb. ``until`` is not included.
    """
    if not holder.may(Permission.READ_AUDIT):
        return Entry.objects.none()
    wanted: dict[str, Any] = {
        "child_id": child,
        "by_id": person,
        "verb__startswith": verb or None,
        "at__gte": since,
        "at__lt": until,
    }
    found = Entry.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
    if about is not None:
        found = found.filter(**_about(about))
    return found.order_by("-pk")


def in_order(
    found: QuerySet[Entry], *, fits: Callable[[Entry], bool] = lambda entry: True, batch: int = 1_000
) -> Iterator[tuple[Entry, Seal | None]]:
    """Every entry of ``found`` that ``fits``, with its seal, oldest first, read in batches."""
    after = 0
    while entries := list(found.filter(pk__gt=after).order_by("pk")[:batch]):
        wanted = [entry for entry in entries if fits(entry)]
        seals = Seal.objects.in_bulk([entry.pk for entry in wanted], field_name="entry_id")
        yield from ((entry, seals.get(entry.pk)) for entry in wanted)
        after = entries[-1].pk


def history_of(about: Model | tuple[str, str]) -> QuerySet[Entry]:
    """Everything that happened to one thing, oldest first."""
    return Entry.objects.filter(**_about(about)).order_by("pk")


def _about(about: Model | tuple[str, str]) -> dict[str, str]:
    kind, key = about if isinstance(about, tuple) else (about._meta.label_lower, str(about.pk))
    return {"about_kind": kind, "about_id": key}


def presented(entry: Entry, language: str, *, about: str = "") -> str:
    """The entry as a sentence. The room that owns the verb words it, in ``administration.Audit_<verb>``.

    ``about`` names what the entry is about, where its reader knows it by name and not by number.
    """
    name = "administration.Audit_" + entry.verb.replace(".", "_")
    with translation.override(language):
        try:
            return _sentence(name, entry, about)
        except LookupError:
            return _sentence("administration.Audit_Fallback", entry, about)


def _sentence(name: str, entry: Entry, about: str) -> str:
    # The words come through the template tag, because the texts stand above this room.
    return render_to_string(
        "audit/sentence.txt", {"name": name, "entry": entry, "about": about or entry.about_id}
    ).strip()


def head() -> str:
    """The newest link of the chain as ``position:digest``, to be kept outside; "0:" for an empty one."""
    last = Seal.objects.order_by("-position").first()
    return f"{last.position}:{last.digest}" if last else "0:"


def broken() -> Break | None:
    """The first entry that was altered, deleted or moved since it was sealed, or put in later; or None."""
    return first_break(pairs(), pruned=_pruned(), late=_merged())


def _merged() -> Spans:
    """The numbers of the entries that the audit says waited in a spool; none is named twice."""
    said = Entry.objects.filter(verb="audit.merged").values_list("detail", flat=True)
    return Spans((first, last) for detail in said for first, last in detail["entries"])


def merged_of_spool(number: str, generation: int) -> int:
    """How many entries of this generation of a spool the audit has already."""
    said = Entry.objects.filter(about_kind="audit.spool", about_id=number, verb="audit.merged")
    last = said.order_by("-pk").values_list("detail", flat=True).first()
    return int(last["through"]) if last and last["generation"] == generation else 0


def _pruned() -> Spans:
    """The places whose entries the audit says were too old; no place is named twice."""
    said = Entry.objects.filter(verb="audit.pruned").values_list("detail", flat=True)
    return Spans((first, last) for detail in said for first, last in detail["positions"])


def of_day(day: date) -> QuerySet[Entry]:
    """What was written on ``day``, by UTC, and may go when it is old enough."""
    begins = datetime.combine(day, time(), tzinfo=UTC)
    found = Entry.objects.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    return found.exclude(verb__in=_ABOUT_THE_CHAIN)


def day_after(day: date | None) -> date | None:
    """The next day, by UTC, of which the audit has anything that may go; None when there is none."""
    found = Entry.objects.exclude(verb__in=_ABOUT_THE_CHAIN)
    if day is not None:
        found = found.filter(at__gte=datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC))
    at = found.order_by("at").values_list("at", flat=True).first()
    return at.astimezone(UTC).date() if at else None


def holds(expected: str) -> bool:
    """Whether the chain still has the link noted earlier as ``position:digest``."""
    position, _, digest = expected.partition(":")
    return not digest or Seal.objects.filter(position=int(position), digest=digest).exists()


def last_seal() -> datetime | None:
    """When the newest link was made."""
    return Seal.objects.order_by("-position").values_list("sealed_at", flat=True).first()


def last_verified() -> tuple[datetime, str] | None:
    """When the whole chain was last checked, and what was broken then ("" for nothing)."""
    entry = Entry.objects.filter(verb="audit.verified").order_by("-pk").first()
    return (entry.at, str(entry.detail["broken"])) if entry else None


def unsealed_too_long(now: datetime) -> int:
    """How many entries have waited for their seal longer than they should."""
    late = Entry.objects.filter(at__lt=now - SEAL_WITHIN)
    return late.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk")))).count()
