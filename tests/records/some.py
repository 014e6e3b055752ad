"""Children of the tests of this floor."""

from datetime import date
from typing import Any

from guildhall.people.accounts.models import User
from guildhall.records.children import services as children
from guildhall.records.children.identity import Identity
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Mention
from tests.standing import NOON, an_officer

ANGHARAD: dict[str, Any] = {
    "forename": "Angharad",
    "surname": "Pugh",
    "born_on": date(2015, 3, 4),
    "gender": "female",
    "address_lines": ("12 Mill Lane", "Guildford"),
    "postcode": "GU1 4AB",
}


def an_identity(**details: Any) -> Identity:
    """Angharad Pugh as somebody wrote her, but for ``details``."""
    return Identity(**(ANGHARAD | details))


def a_child(**details: Any) -> Child:
    """A record of Angharad Pugh, but for ``details``."""
    return children.add_child(an_identity(**details), by=an_officer(), now=NOON)


def a_mention(
    source_id: str = "1",
    *,
    said_by: User | None = None,
    family_child: Any = None,
    now: Any = NOON,
    **details: Any,
) -> Mention:
    """Somebody wrote of Angharad Pugh, but for ``details``."""
    return linkage.report_mention(
        an_identity(**details),
        said_by=said_by,
        source_kind="submission",
        source_id=source_id,
        family_child=family_child,
        now=now,
    )
