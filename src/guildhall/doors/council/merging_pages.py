"""What the pages of merging show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.texts.queries import say
from guildhall.records.children import queries as children
from guildhall.records.children.models import Child
from guildhall.records.children.rules import may_see_address
from guildhall.records.linkage import merges, queries, services
from guildhall.records.linkage.differences import Difference
from guildhall.records.linkage.identity import identity_of
from guildhall.records.linkage.models import Merge

from .children_pages import field_words, value_words
from .comparing import compared, spoken
from .matching_pages import CHOICE

STAYS = "stays-"
# Columns that are asked about together with another one.
_WITH = {"postcode": "address"}


@dataclass(frozen=True)
class ChangedSince:
    """A field that somebody changed after the merge. ``value``: what is suggested, now or before."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


def sees_both(holder: Holder, kept: Child, gone: Child) -> bool:
    """Only who may see where both live can tell whether they are one child."""
    return may_see_address(kept, holder) and may_see_address(gone, holder)


def choose_page(holder: Holder, kept: Child, words: str) -> dict[str, Any]:
    """Records like ``kept``, and those that a search finds."""
    near = [each for each in queries.candidates_for(identity_of(kept)) if each.child.pk != kept.pk]
    found = (
        [child for child in children.search(holder, words) if child.pk != kept.pk] if words.strip() else []
    )
    return {
        "child": kept,
        "near": near,
        "words": words,
        "found": found,
        "shown": [each.child.pk for each in near] + [child.pk for child in found],
        "breadcrumbs": _crumbs(kept, (say("matching.Merge_Choose_Heading"), "")),
    }


def compare_page(
    holder: Holder, kept: Child, gone: Child, chosen: dict[str, str], problems: dict[str, str]
) -> dict[str, Any]:
    """Both records side by side, with a choice for each difference."""
    page = {
        "kept": kept,
        "gone": gone,
        "sees_both": sees_both(holder, kept, gone),
        "problems": problems,
        "breadcrumbs": _crumbs(
            kept, (say("matching.Merge_Choose_Heading"), reverse("council:child-merge", args=[kept.pk]))
        ),
    }
    if not page["sees_both"]:
        return page
    next_to = compared(identity_of(gone), queries.compare(identity_of(gone), kept), holder, {})
    kept_seen, gone_seen = services.stamps_of(kept, gone)
    return page | {
        "compared": next_to,
        "choices": [
            _choice(each, kept, gone, chosen, problems) for each in merges.differences_between(kept, gone)
        ],
        "forms": (kept.mentions.count(), gone.mentions.count()),
        "kept_seen": kept_seen,
        "gone_seen": gone_seen,
    }


def undo_page(holder: Holder, merge: Merge) -> dict[str, Any]:
    """What becomes of both records, and of what was changed or came since."""
    hides = not sees_both(holder, merge.kept, merge.gone)
    since = merge.kept.mentions.filter(settled_at__gt=merge.at).order_by("-settled_at", "-pk")
    return {
        "merge": merge,
        "changed": [] if merge.undone_at else _changed(merge, hides=hides),
        "since": list(since[:20]),
        "since_count": since.count(),
        "goes_back": merge.kept.mentions.filter(pk__in=merge.mentions, settled_at__lte=merge.at).count(),
        "breadcrumbs": _crumbs(merge.kept, (say("matching.Unmerge_Heading"), "")),
    }


def _choice(
    each: Difference, kept: Child, gone: Child, chosen: dict[str, str], problems: dict[str, str]
) -> dict[str, Any]:
    """A difference as the page draws it."""
    name = f"{CHOICE}{each.field}"
    ours = spoken(each.field, each.ours) or say("matching.Nothing")
    values = {
        "theirs": spoken(each.field, each.theirs),
        "ours": ours,
        "kept": kept.reference,
        "gone": gone.reference,
    }
    return {
        "name": name,
        "label": say(f"matching.Field_{each.field}"),
        "options": [(choice, say(f"matching.Merge_Keep_{choice}", **values)) for choice in each.choices],
        "value": chosen.get(each.field, "" if each.conflict else "theirs"),
        "problem": problems.get(name, ""),
    }


def _changed(merge: Merge, *, hides: bool) -> list[ChangedSince]:
    """Suggested is what keeps people's later work: a field that the merge did not touch stays as it is."""
    found = merges.changed_since(merge, merge.kept)
    return changed_rows(found, back=merges.touched(merge), hides=hides)


def changed_rows(
    found: Mapping[str, tuple[Any, Any]],
    *,
    back: Collection[str] = (),
    hides: bool,
    stays: str = "matching.Unmerge_Stays_",
) -> list[ChangedSince]:
    """Each column that was changed since, before and now to choose from; suggested is now, but for ``back``.

    ``stays`` is how the names of the words begin.
    """
    rows = []
    for column, (before, now) in found.items():
        if _WITH.get(column) in found:
            continue
        values = {"before": _words(column, before, hides), "now": _words(column, now, hides)}
        options = [(key, say(f"{stays}{key}", value=value)) for key, value in values.items()]
        value = "before" if column in back else "now"
        rows.append(ChangedSince(f"{STAYS}{column}", _label(column), options, value))
    return rows


def stays_in(posted: QueryDict) -> set[str]:
    """The columns that are to stay as they are now, as posted from ``changed_rows``."""
    names = {name.removeprefix(STAYS) for name, value in posted.items() if value == "now"}
    return names | {column for column, beside in _WITH.items() if beside in names}


def _label(column: str) -> str:
    return say("matching.Field_school") if column == "establishment_id" else field_words(column)


def _words(column: str, value: Any, hides: bool) -> str:
    if column == "establishment_id":
        return merges.school_called(value) or say("matching.Nothing")
    return value_words(column, value, hides)


def _crumbs(child: Child, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (say("shared.Menu_Home"), reverse("council:home")),
        (say("shared.Menu_Children"), reverse("council:children")),
        (child.name, reverse("council:child", args=[child.pk])),
        *more,
    ]
