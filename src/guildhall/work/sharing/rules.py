"""Who may share, with whom, and what. Pure, but for what the arguments hold."""

from datetime import timedelta

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import ROLES, Permission
from guildhall.records.chronology.rules import may_read

# The team whose forms have people to share with (SP-192).
TEAM = "send"
CITIZEN, PROFESSIONAL = "citizen", "professional"
_TYPES = {"professionals": PROFESSIONAL, "families": CITIZEN}
PORTAL_ROLES = tuple(key for key, role in ROLES.items() if role.door in _TYPES)
# So long after sharing a form stopping it counts as taking a mistake back.
RECALL = timedelta(minutes=10)


def may_share(holder: Holder) -> bool:
    """Whether ``holder`` decides who sees SEND information about a child, which they must see themselves."""
    return (
        holder.may(Permission.SHARE_INFORMATION)
        and holder.may(Permission.READ_CHILDREN)
        and may_read(holder, TEAM)
    )


def type_of(roles: frozenset[str]) -> str:
    """Portal User Type of somebody with these roles; "" for whoever comes to neither portal."""
    doors = {ROLES[key].door for key in roles if key in ROLES}
    return next((kind for door, kind in _TYPES.items() if door in doors), "")


# The fields of the panel whose change an alert can wait for (SP-259) → the text of their names.
ALERT_FIELDS: dict[str, str] = {
    "user": "children.Sharing_User",
    "email": "children.Sharing_Email",
    "user_type": "children.Sharing_Type",
    "relation": "children.Sharing_Relation",
    "young_person": "children.Sharing_YoungPerson",
    "parental_responsibility": "children.Sharing_Parental",
    "authenticated": "children.Sharing_Authenticated",
    "reason": "children.Sharing_Reason",
}
