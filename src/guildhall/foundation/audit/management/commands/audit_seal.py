from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from guildhall.foundation.audit import queries, services


class Command(BaseCommand):
    help = "Seals every audit entry that has no seal yet, however old."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed, now = 0, timezone.now()
        while more := services.seal(now=now, everything=True):
            sealed += more
        self.stdout.write(f"{sealed} sealed. Head {queries.head()}")
