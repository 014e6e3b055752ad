"""Work of the outbox about cases."""

from datetime import datetime
from typing import Any

from guildhall.foundation.files.models import StoredFile

from . import services


def tell_of_infected_file(payload: dict[str, Any], *, task_key: str, now: datetime) -> None:  # noqa: ARG001
    """Handler of "infected-file": the team that has the case hears of it."""
    if file := StoredFile.objects.filter(pk=payload["file"]).first():
        services.tell_of_infected_file(file, now=now)
