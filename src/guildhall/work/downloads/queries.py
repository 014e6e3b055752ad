"""Reading downloads, which are for every school, and floor plans, which are for one."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as files
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment

from .models import Item, Plan, Section

HELD_BY, PLAN_HELD_BY = "download", "floor-plan"
PLAN_KINDS = kinds.PICTURES | {"pdf"}
MOST = 500  # items in all


@dataclass
class Shelf:
    """A section with what stands under it."""

    section: Section
    items: list[Item] = field(default_factory=list)


def items(words: str = "", *, retired: bool = False) -> QuerySet[Item]:
    """What is offered (or, ``retired``, was), in the officers' order; with ``words`` what says them all."""
    rows = every_item().filter(retired_at__isnull=not retired)
    for word in fold_name(words).split():
        rows = rows.filter(sought__contains=word)
    return rows.order_by("section__position", "section_id", "position", "added_at", "pk")


def every_item() -> QuerySet[Item]:
    """What is offered and what was, for the officers."""
    return Item.objects.select_related("section", "file")


def shelves(words: str = "") -> list[Shelf]:
    """The sections that have something to offer, each with it."""
    made: list[Shelf] = []
    for one in items(words)[:MOST]:
        if not made or made[-1].section.pk != one.section_id:
            made.append(Shelf(one.section))
        made[-1].items.append(one)
    return made


def sections() -> QuerySet[Section]:
    """Every section in order, with ``count``, how many items it offers."""
    offered = Count("items", filter=Q(items__retired_at=None))
    return Section.objects.annotate(count=offered).order_by("position", "pk")


def versions(item: Item) -> list[StoredFile]:
    """The files that the item was and is, the newest first."""
    rows = files.files_of(HELD_BY, item.pk).select_related("owner")
    return list(rows.order_by("-uploaded_at", "-pk"))


def version(item: Item, file_id: UUID) -> StoredFile | None:
    """One of its files."""
    return files.files_of(HELD_BY, item.pk).filter(pk=file_id).first()


def plans_for(place: SchoolPlace) -> QuerySet[Plan]:
    """The floor plans of the school where somebody works, by name."""
    return plans_of(place.school_id).filter(retired_at=None)


def plans_of(school_id: int) -> QuerySet[Plan]:
    """Every plan of a school for the officers, those in use first."""
    rows = Plan.objects.filter(school_id=school_id).select_related("file", "school", "retired_by")
    return rows.order_by("retired_at", "name__en", "pk")


def all_plans() -> QuerySet[Plan]:
    """Every plan, for the officers."""
    return Plan.objects.select_related("file", "school")


def schools(words: str = "") -> QuerySet[Establishment]:
    """Every open school whose name says ``words``, with ``count``, how many plans it has in use."""
    counted = Count("floor_plans", filter=Q(floor_plans__retired_at=None))
    rows = Establishment.objects.filter(closed_on=None, name__icontains=words)
    return rows.annotate(count=counted).order_by("name", "pk")
