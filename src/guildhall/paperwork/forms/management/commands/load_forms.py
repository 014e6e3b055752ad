"""./guildhall load_forms: publishes the portal's library of forms, and what changed in it since."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ... import queries, services
from ...definition import DefinitionError
from ...library_files import UnreadableFile, library_definition, library_paths, read_definition


class Command(BaseCommand):
    help = "Publish form definitions; a definition that is live already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="YAML files (default: the portal's library)")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        read = read_definition if options["files"] else library_definition
        for path in options["files"] or library_paths():
            said, changed = self._load(path, read)
            if changed or options["verbosity"]:
                self.stdout.write(said)

    def _load(self, path: Path, read: Callable[[Path], Any]) -> tuple[str, bool]:
        """What to say of the form of a file, and whether it was published."""
        try:
            plain = read(path)
            before = queries.live_version(str(plain.get("code", ""))) if isinstance(plain, dict) else None
            version = services.publish(plain, by=None, now=timezone.now())
        except UnreadableFile as problem:
            raise CommandError(str(problem)) from problem
        except DefinitionError as problem:
            raise CommandError(f"{path}:\n{problem.message}") from problem
        unchanged = before is not None and before.pk == version.pk
        said = "unchanged at" if unchanged else "published as"
        return f"{version.form.code}: {said} version {version.number}", not unchanged
