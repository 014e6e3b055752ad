from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guildhall.foundation.outbox import reports


class Command(BaseCommand):
    help = (
        "Reads the mail systems' reports about emails that did not arrive, from a folder with one file each."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", default=settings.BOUNCES_FOLDER, help="instead of GUILDHALL_BOUNCES"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"]:
            raise CommandError("Name the folder, or set GUILDHALL_BOUNCES.")
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        taken = reports.take_in(folder, now=timezone.now())
        self.stdout.write(f"Read {taken.read}. Put aside, for a person to look at: {taken.aside}.")
