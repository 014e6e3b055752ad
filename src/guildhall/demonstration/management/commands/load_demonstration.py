"""Makes the demonstration authority in an empty portal."""

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from guildhall.demonstration import services


class Command(BaseCommand):
    help = "Make the invented authority with its people, forms and cases."

    @transaction.atomic  # stopped half-way it leaves nothing, and the next start makes it whole
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("· Making the demonstration authority")
        services.make_demonstration(now=timezone.now(), say=self.stdout.write)
