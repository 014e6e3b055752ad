import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts import queries as accounts
from guildhall.work.privacy import datamap, packing, queries, services
from guildhall.work.privacy.models import Pack
from guildhall.work.privacy.services.anonymising import copying
from guildhall.work.privacy.subject import Subject


class Command(BaseCommand):
    help = "Gathers what is held of a person, deletes again after a restore, or makes a copy without people."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        pack = acts.add_parser("pack", help="gather everything held about a person")
        person = pack.add_mutually_exclusive_group(required=True)
        person.add_argument("--user", help="email address or user name of an account")
        person.add_argument("--child", type=int, help="number of the authority's record of a child")
        pack.add_argument("--out", type=Path, help="also write the unchecked pack to this file")

        again = acts.add_parser("reapply", help="delete again what was deleted before a copy was restored")
        again.add_argument("--log", type=Path, help="the file of deletions that was kept apart from the copy")

        whole = acts.add_parser("map", help="say which fields the data map lacks")
        whole.add_argument("--write", type=Path, help="write the map to this file, such as docs/data-map.md")

        copy = acts.add_parser("anonymise", help="make a copy for training in which nobody can be recognised")
        copy.add_argument("--to", type=Path, required=True, help="a folder that does not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "pack":
            self._pack(_subject(options), options["out"])
        elif options["act"] == "map":
            self._map(options["write"])
        elif options["act"] == "anonymise":
            self._anonymise(options["to"])
        else:
            self._reapply(options["log"])

    def _map(self, out: Path | None) -> None:
        if out is not None:
            out.write_text(datamap.as_document(), encoding="utf-8")
        if missing := datamap.undeclared():
            raise CommandError("Declare in datamap.yaml: " + ", ".join(missing))
        self.stdout.write(f"{len(datamap.of_people())} tables hold something of people. All are declared.")

    def _anonymise(self, folder: Path) -> None:
        try:
            rows = copying.make(folder)
        except copying.CannotCopy as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"{rows} rows copied to {folder}. Nothing real was found in the copy.")

    def _reapply(self, log: Path | None) -> None:
        lines = log.read_text(encoding="utf-8").splitlines() if log is not None else []
        known = [(one["key"], one["mark"]) for one in map(json.loads, filter(None, lines))]
        again = services.reapply(known, now=timezone.now())
        self.stdout.write(f"{again} deleted again.")

    def _pack(self, subject: Subject, out: Path | None) -> None:
        now = timezone.now()
        try:
            request = services.open_request(
                subject, received_on=timezone.localdate(now), language="en", by=None, now=now
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        pack = queries.pack_with(request.pack.pk)
        while pack is not None and pack.state == Pack.State.GATHERING:
            pack = services.gather(pack, now=timezone.now())
        assert pack is not None
        if out is not None:
            with out.open("xb") as file:
                out.chmod(0o600)
                packing.write(pack, file, whole=True)
        rows = sum(len(part.rows) for part in pack.parts.iterator(chunk_size=20))
        self.stdout.write(f"Request {request.pk}: {rows} rows gathered.")


def _subject(options: dict[str, Any]) -> Subject:
    if options["child"] is not None:
        return Subject("child", options["child"])
    user = accounts.user_by_name(options["user"])
    if user is None:
        raise CommandError("There is no such account.")
    return Subject("user", user.pk)
