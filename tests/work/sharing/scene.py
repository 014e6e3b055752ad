"""A child with an approved SEND form, and people on the involvement."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.foundation.files import services as file_services
from guildhall.foundation.files.models import StoredFile
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import services as cases
from guildhall.work.sharing import queries, services
from guildhall.work.sharing.models import PortalUser, SharedForm
from guildhall.work.sharing.services import Details
from tests.standing import NOON, an_officer
from tests.work.cases.scene import LATER, LETTER, an_open_case

MOTHER = Details("Mother", parental_responsibility=True, authenticated=True, reason="Passport seen on 1 June")


def an_entry(**changes: Any) -> Entry:
    """An approved form on the chronology of a child of its own."""
    case = an_open_case(matched="added", **changes)
    cases.approve(case, LETTER, by=an_officer(), now=NOON)
    return Entry.objects.select_related("mention__child").get(source_id=str(case.submission_id))


def child_of(entry: Entry) -> Child:
    child = entry.mention.child
    assert child is not None
    return child


def on_involvement(entry: Entry, user: User, details: Details = MOTHER) -> PortalUser:
    return services.add_portal_user(child_of(entry), user=user, details=details, by=an_officer(), now=NOON)


def not_authenticated(person: PortalUser) -> PortalUser:
    """Take the tick away."""
    details = Details(person.relation, reason="The court decided")
    return services.change_portal_user(
        person, details=details, seen=person.version, by=an_officer(), now=LATER
    )


def shared(entry: Entry, *people: PortalUser) -> list[SharedForm]:
    """Share the form with ``people`` after looking at it."""
    child, chosen = child_of(entry), [person.pk for person in people]
    preview = queries.preview(child, entry, chosen)
    assert preview is not None
    return services.share_form(
        entry, child=child, people=chosen, seen=preview.digest, by=an_officer(), now=NOON
    )


def a_file(entry: Entry, *, state: str = "clean") -> StoredFile:
    """A text file of the form behind ``entry``, really kept, whose scan ended in ``state``."""
    upload = SimpleUploadedFile("plan.txt", b"The plan.", content_type="text/plain")
    file = file_services.accept_upload(
        upload, owner=an_officer(), held_by=("submission", entry.source_id), question="WHY", now=NOON
    )
    StoredFile.objects.filter(pk=file.pk).update(state=state, scanned_at=NOON)
    file.refresh_from_db()
    return file
