"""./guildhall eligibility_standin: an invented Eligibility Checking Service, to try the settings with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ... import standin


class Command(BaseCommand):
    help = "Run an invented Eligibility Checking Service on this machine, until it is stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8190)

    def handle(self, *args: Any, **options: Any) -> None:
        with standin.server(options["port"]) as service:
            address = f"http://127.0.0.1:{service.server_address[1]}"
            self.stdout.write(f"{address} (user {standin.USER}, password {standin.PASSWORD})")
            self.stdout.flush()
            service.serve_forever()
