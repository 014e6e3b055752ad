"""Keeping the catalogue: adding, changing, ordering, retiring and bringing back services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal, Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User

from .. import queries, rules
from ..models import Service

MOST = 500
FIELD = "service_brochure"
BOTH = ("audience", "price")
"""What may be left out, but not in one language only."""


class NotYours(Refusal):
    """Only officers who may keep the catalogue do, and answer."""


class CatalogueFull(Refusal):
    """There are as many services as the catalogue takes."""


@dataclass(frozen=True)
class Told:
    """What an officer says of a service; words are {"en": …, "cy": …}, and ``words`` are Markdown.

    ``team`` is the key of one of the council's teams.
    """

    category: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    words: Mapping[str, str]
    contact: str
    email: str
    phone: str = ""
    audience: Mapping[str, str] = field(default_factory=lambda: {"en": "", "cy": ""})
    price: Mapping[str, str] = field(default_factory=lambda: {"en": "", "cy": ""})
    team: str | None = None
    first_on: date | None = None
    last_on: date | None = None


def must_keep(holder: Holder) -> None:
    """Raises NotYours unless ``holder`` keeps the catalogue."""
    if not rules.keeps_catalogue(holder):
        raise NotYours(say("schools.Traded_Error_NotYours"))


@transaction.atomic
def add_service(
    told: Told, *, key: UUID, holder: Holder, by: User, now: datetime, upload: UploadedFile | None = None
) -> Service:
    """Add a service at the end of the list; the same ``key`` again adds nothing.

    Raises NotYours, CatalogueFull, FileRefused, and Refusals by field.
    """
    must_keep(holder)
    hold_name("traded:catalogue")
    if (known := Service.objects.filter(pk=key).first()) and known.added_by_id == by.pk:
        return known
    if Service.objects.count() >= MOST:
        raise CatalogueFull(say("schools.Traded_Error_Full", most=MOST))
    last = Service.objects.aggregate(last=Max("position"))["last"] or 0
    made = Service(pk=uuid4() if known else key, position=last + 1, added_by=by, added_at=now, changed_at=now)
    _describe(made, told)
    _keep_brochure(made, upload, by=by, now=now)
    made.save(force_insert=True)
    audit.record("traded.service_added", by=by, about=made, now=now)
    return made


def _describe(service: Service, told: Told) -> None:
    problems = {
        f"service_{name}_{lacking}": say(f"schools.Traded_Error_Both_{lacking.title()}")
        for name in BOTH
        if (lacking := _lacking(getattr(told, name)))
    }
    if told.first_on and told.last_on and told.last_on < told.first_on:
        problems["service_last_on"] = say("schools.Traded_Error_Days")
    if problems:
        raise Refusals(problems)
    for name in ("title", "summary", "words", *BOTH):
        setattr(service, name, dict(getattr(told, name)))
    for name in ("category", "contact", "email", "phone", "first_on", "last_on"):
        setattr(service, name, getattr(told, name))
    service.team_id = told.team
    parts = [*told.title.values(), *told.summary.values(), *told.words.values(), *told.audience.values()]
    service.sought = fold_name(" ".join([*parts, told.contact]))


def _lacking(words: Mapping[str, str]) -> str:
    """The language that ``words`` lack while they have the other."""
    if bool(words["en"]) == bool(words["cy"]):
        return ""
    return "cy" if words["en"] else "en"


def _keep_brochure(service: Service, upload: UploadedFile | None, *, by: User, now: datetime) -> None:
    """A new brochure takes the place of the old one, which goes."""
    if upload is None:
        return
    _forget_brochure(service, by=by, now=now)
    held = (queries.HELD_BY, service.pk)
    service.brochure = files.accept_upload(upload, owner=by, held_by=held, question=FIELD, now=now)


def _forget_brochure(service: Service, *, by: User, now: datetime) -> None:
    service.brochure = None
    Service.objects.filter(pk=service.pk).update(brochure=None)
    files.remove_held((queries.HELD_BY, service.pk), by=by, now=now)


@transaction.atomic
def change_service(
    service: Service,
    told: Told,
    *,
    holder: Holder,
    by: User,
    now: datetime,
    upload: UploadedFile | None = None,
) -> Service:
    """Describe a service otherwise. Raises NotYours, FileRefused, and Refusals by field."""
    must_keep(holder)
    service = hold(service)
    _describe(service, told)
    _keep_brochure(service, upload, by=by, now=now)
    service.changed_at = now
    service.save()
    audit.record("traded.service_changed", by=by, about=service, now=now)
    return service


@transaction.atomic
def remove_brochure(service: Service, *, holder: Holder, by: User, now: datetime) -> None:
    """Take the brochure away; doing it again changes nothing. Raises NotYours."""
    must_keep(holder)
    service = hold(service)
    if service.brochure_id is None:
        return
    _forget_brochure(service, by=by, now=now)
    audit.record("traded.brochure_removed", by=by, about=service, now=now)


@transaction.atomic
def move_service(service: Service, *, up: bool, holder: Holder, by: User, now: datetime) -> None:
    """Let a service and its neighbour of the same category change places. Raises NotYours."""
    must_keep(holder)
    hold_name("traded:catalogue")
    service = hold(service)
    rows = Service.objects.select_for_update().filter(category=service.category, retired_at=None)
    beyond = (
        rows.filter(position__lt=service.position).order_by("-position")
        if up
        else rows.filter(position__gt=service.position).order_by("position")
    )
    neighbour = beyond.first()
    if neighbour is None:
        return
    service.position, neighbour.position = neighbour.position, service.position
    Service.objects.bulk_update([service, neighbour], ["position"])
    audit.record("traded.service_moved", by=by, about=service, now=now)


@transaction.atomic
def retire_service(service: Service, *, holder: Holder, by: User, now: datetime) -> None:
    """Take a service out of what schools find; what they asked stays. Raises NotYours."""
    must_keep(holder)
    if Service.objects.filter(pk=service.pk, retired_at=None).update(retired_at=now, retired_by=by):
        audit.record("traded.service_retired", by=by, about=service, now=now)


@transaction.atomic
def bring_back_service(service: Service, *, holder: Holder, by: User, now: datetime) -> None:
    """Offer a retired service again. Raises NotYours."""
    must_keep(holder)
    rows = Service.objects.filter(pk=service.pk, retired_at__isnull=False)
    if rows.update(retired_at=None, retired_by=None):
        audit.record("traded.service_brought_back", by=by, about=service, now=now)


@transaction.atomic
def note_opened(service: Service, *, by: User, now: datetime) -> None:
    """Keep that somebody downloaded the brochure."""
    audit.record("traded.brochure_opened", by=by, about=service, now=now)
