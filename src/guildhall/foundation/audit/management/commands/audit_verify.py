from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guildhall.foundation.audit import queries, services


class Command(BaseCommand):
    help = "Checks the audit's chain and names the first entry that was altered, deleted or reordered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", default="", help="a head noted earlier (position:digest) that must still be there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if found := services.verify(now=timezone.now()):
            raise CommandError(f"The audit does not hold. {found}")
        if not queries.holds(options["expect"]):
            raise CommandError(f"The audit does not hold. The link {options['expect']} is gone.")
        if late := queries.unsealed_too_long(timezone.now()):
            raise CommandError(f"{late} entries have no seal after ten minutes. Is a worker running?")
        self.stdout.write(f"The audit holds. Head {queries.head()}")
