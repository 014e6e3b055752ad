from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guildhall.foundation.audit import exporting, queries, services, spool
from guildhall.foundation.audit.models import Entry


class Command(BaseCommand):
    help = "Checks the audit's chain, seals what waits, or writes the entries of some days to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="name the first entry that was changed, removed or put in")
        verify.add_argument("--expect", default="", help="a head noted earlier (position:digest)")
        acts.add_parser("seal", help="seal every entry that has no seal yet")
        acts.add_parser(
            "merge", help="carry into the audit what this machine kept while the database took nothing"
        )
        export = acts.add_parser("export", help="write the entries of some days to a file")
        export.add_argument("--from", dest="since", type=date.fromisoformat, required=True)
        export.add_argument("--to", dest="until", type=date.fromisoformat, required=True, help="inclusive")
        export.add_argument("--format", choices=sorted(exporting.FORMATS), default="jsonl")
        export.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "verify":
            call_command("audit_verify", expect=options["expect"], stdout=self.stdout)
        elif options["act"] == "seal":
            call_command("audit_seal", stdout=self.stdout)
        elif options["act"] == "merge":
            self._merge()
        else:
            self._export(options["since"], options["until"], options["format"], options["out"])

    def _merge(self) -> None:
        try:
            spool.here().prepare()
            merged = services.merge_spool(now=timezone.now())
        except OSError as error:
            raise CommandError(f"The spool {spool.here().path} cannot be used: {error}") from error
        self.stdout.write(f"{merged} entries carried into the audit from {spool.here().path}.")

    def _export(self, since: date, until: date, kind: str, out: Path) -> None:
        if until < since:
            raise CommandError("The last day is before the first.")
        first, after = _midnight(since), _midnight(until + timedelta(days=1))
        detail = {"since": str(since), "until": str(until), "format": kind}
        services.record("audit.exported", by=None, about=("audit", "file"), now=timezone.now(), detail=detail)
        written = 0
        with out.open("x", encoding="utf-8", newline="") as file:
            out.chmod(0o600)
            found = Entry.objects.filter(at__gte=first, at__lt=after)
            for line in exporting.lines(queries.in_order(found), kind):
                written += file.write(line)
        self.stdout.write(f"{written} characters written to {out}.")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
