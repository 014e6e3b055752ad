"""What officers must hear about a file of a case."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.files.models import StoredFile

from ..models import CaseEvent
from ..queries import case_of_file
from .moving import hold_case, note
from .telling import tell_team

INFECTED = "infected-file"


@transaction.atomic
def tell_of_infected_file(file: StoredFile, *, now: datetime) -> None:
    """Note in the case that has ``file`` that a virus was found in it, and tell its team by email.

    Does nothing for a file that is still in a draft, and nothing the second time.
    """
    case = case_of_file(file)
    if case is None:
        return
    case = hold_case(case)
    if not CaseEvent.objects.filter(case=case, verb=INFECTED, detail__file=str(file.pk)).exists():
        note(case, INFECTED, by=None, now=now, file=str(file.pk))
        tell_team(case, "FileInfected", key=f"file-infected:{file.pk}", now=now)
