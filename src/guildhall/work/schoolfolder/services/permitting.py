"""Who may write in a folder."""

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.models import SchoolPlace

from .. import queries


class NoAccess(Refusal):
    """The supervisor did not let this person add documents."""


def must_add(place: SchoolPlace) -> None:
    """Raises NoAccess unless the person may add to the folder of their school."""
    if not queries.reader_at(place).add:
        raise NoAccess(say("schools.Folder_Error_NoAccess"))
