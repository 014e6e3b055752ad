"""Brings an installation up to date: database, forms, pages and, if wanted, the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guildhall.people.membership.models import Membership


class Command(BaseCommand):
    help = "Migrate, publish the library, collect the pages' files; --demo loads the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        if _is_behind():
            call_command("migrate", verbosity=0)
        call_command("load_forms", verbosity=0)
        call_command("load_bank", verbosity=0)
        if not settings.PLAIN_STATIC:
            call_command("collectstatic", verbosity=0, interactive=False)
        if demo and not Membership.objects.exists():
            call_command("load_demonstration", stdout=self.stdout)


def _is_behind() -> bool:
    """Whether a migration waits: ``migrate`` draws every model before it finds that none does."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
