"""Make an account for a member of the council's staff."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.membership import services as membership


class Command(BaseCommand):
    help = "Makes an account for a member of the council's staff and prints the link that sets its password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user_name")
        parser.add_argument("email")
        parser.add_argument("forename")
        parser.add_argument("surname")
        parser.add_argument(
            "--role",
            action="append",
            required=True,
            help=f"ROLE or ROLE:TEAM, one or more times; roles: {', '.join(sorted(ROLES))}",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        roles = [(role, team) for role, _, team in (word.partition(":") for word in options["role"])]
        try:
            user, link = membership.make_staff(
                options["user_name"],
                email=options["email"],
                forename=options["forename"],
                surname=options["surname"],
                roles=roles,
                by=None,
                now=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"Made {user} ({user.user_name}). To set the password, once, within 24 hours:\n{link}"
        )
