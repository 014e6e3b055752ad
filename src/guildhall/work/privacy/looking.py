"""What a family may see of who looked at the record of its child. One rule, in one place.

Left out: whoever may open safeguarding forms, because that they looked says that there is a concern; groups
that are no more, because nobody knows what they were; other families and professionals, because that they
have to do with the child is theirs to tell; and everything of a protected child's record.
"""

from django.db.models import Q, QuerySet

from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.people.groups import queries as groups
from guildhall.records.linkage import queries as linkage


def shown_to_family(user: User, child: FamilyChild) -> QuerySet[Entry]:
    """Who of the council opened the record of ``child``, one of ``user``'s family, newest first."""
    record = linkage.records_of_family(user.pk).get(child.pk)
    if record is None or record.restricted:
        return Entry.objects.none()
    shown = Q(pk__in=[])
    for key in _shown_groups():
        shown |= Q(by_roles=key)
    return Entry.objects.filter(shown, child_id=record.pk, verb="child.viewed").order_by("-pk")


def names_staff() -> bool:
    """Whether the authority shows families the names of its staff."""
    return bool(setting("odd.name_staff"))


def shown_as(entry: Entry) -> str:
    """Who looked as the family sees them: the group of staff in the active language, after a name if any."""
    standing = groups.standing(entry.by_roles)
    name = entry.by_name if names_staff() else ""
    return ", ".join(filter(None, (name, standing.name() if standing else "")))


def _shown_groups() -> list[str]:
    """Groups that may not open safeguarding forms. Whoever is in several groups is shown by none."""
    return [
        group.key for group in groups.groups() if Permission.OPEN_SAFEGUARDING_FORMS not in group.permissions
    ]


def reason_words(kind: str) -> str:
    """A reason for opening a record without work with the child (OpeningReason.Kind), in words."""
    return say(f"children.Why_Kind_{kind}")
