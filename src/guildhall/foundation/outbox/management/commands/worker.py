import signal
import threading
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from guildhall.foundation.outbox import worker as workers
from guildhall.foundation.outbox.services import leases
from guildhall.foundation.texts import catalogue


class Command(BaseCommand):
    requires_system_checks = ["outbox"]
    help = "Does the work that waits in the outbox: email, scans, periodic jobs. Start as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do one task, if any is due, and stop")
        parser.add_argument("--until-empty", action="store_true", help="stop as soon as nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = workers.Worker()
        stopping = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopping.set())
        leases.beat(worker.name, now=worker.clock())
        _read_words_and_addresses()
        if options["once"]:
            worker.run_one()
            leases.leave(worker.name)
            return
        workers.run(worker, stopping=stopping, until_empty=options["until_empty"])


def _read_words_and_addresses() -> None:
    """Before the first task: read inside one, they would keep its transaction open for seconds, and with
    SQLite everybody else from writing.
    """
    catalogue.catalogue()
    import_module(settings.ROOT_URLCONF)
