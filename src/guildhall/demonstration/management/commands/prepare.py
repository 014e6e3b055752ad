"""Brings an installation up to date: database, forms, pages and, if wanted, the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from guildhall.foundation.authority import stamps
from guildhall.people.membership.models import Membership


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # the web program checks itself when it starts
    help = "Migrate, publish the library, collect the pages' files; --demo loads the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true")
        parser.add_argument("--mark", type=int, help="what to leave in database and folder when all is done")

    def handle(self, *args: Any, demo: bool, mark: int | None, **options: Any) -> None:
        _reach_database()
        if _is_behind():
            call_command("migrate", verbosity=0)
        call_command("load_forms", verbosity=0)
        call_command("load_bank", verbosity=0)
        if not settings.PLAIN_STATIC:
            call_command("collectstatic", verbosity=0, interactive=False)
        if demo and not Membership.objects.exists():
            call_command("load_demonstration", stdout=self.stdout)
        if mark is not None:
            stamps.put("prepared", mark)
            (settings.DATA / "prepared").write_text(str(mark))


def _reach_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        said = " ".join(str(problem).split())
        raise CommandError(f"The database does not let us in. Its words: {said}") from problem


def _is_behind() -> bool:
    """Whether a migration waits: ``migrate`` draws every model before it finds that none does."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
