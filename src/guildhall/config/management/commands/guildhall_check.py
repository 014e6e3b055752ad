import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guildhall.config import selfcheck


class Command(BaseCommand):
    help = "Says what is unsafe (E) or worth knowing (W) about this installation. Exit code 1 on any E."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for monitoring")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = selfcheck.findings(timezone.now())
        unsafe = sum(finding.unsafe for finding in found)
        if options["json"]:
            plain = [{"number": finding.number, "words": finding.words} for finding in found]
            self.stdout.write(json.dumps({"unsafe": unsafe, "findings": plain}, indent=2))
        else:
            for finding in found:
                self.stdout.write(f"{finding.number}  {finding.words}")
            self.stdout.write(f"{unsafe} unsafe, {len(found) - unsafe} worth knowing.")
        if unsafe:
            raise CommandError("This installation is not fit for real people.", returncode=1)
