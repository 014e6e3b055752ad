"""./guildhall check_forms FILE …: says everything that is wrong with form definitions."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...definition import DefinitionError, parse
from ...library_files import UnreadableFile, library_paths, read_definition
from ...schema import schema


class Command(BaseCommand):
    help = "Check form definitions: prints every problem with its place; nothing is published."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="YAML files (default: the portal's library)")
        parser.add_argument(
            "--schema", action="store_true", help="print the JSON Schema of the form file instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(json.dumps(schema(), indent=2, ensure_ascii=False))
            return
        wrong = sum(self._check(path) for path in options["files"] or library_paths())
        if wrong:
            raise CommandError(f"{wrong} problem{'s' if wrong > 1 else ''} found.")

    def _check(self, path: Path) -> int:
        try:
            definition = parse(read_definition(path))
        except UnreadableFile as problem:
            self.stdout.write(str(problem))
            return 1
        except DefinitionError as problem:
            self.stdout.write("\n".join(f"{path.name}: {flaw}" for flaw in problem.problems))
            return len(problem.problems)
        questions = len(definition.question_by_code)
        self.stdout.write(
            f"{path.name}: {definition.code} is good: {len(definition.groups)} steps, {questions} questions"
        )
        return 0
