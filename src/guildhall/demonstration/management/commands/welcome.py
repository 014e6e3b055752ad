"""Says where the portal is, who can sign in, and where mail goes."""

import shlex
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from guildhall.demonstration.cast import script
from guildhall.people.membership.models import Membership


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # the web program has checked itself
    help = "Print the address and, in a demonstration, the sign-in names."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nGuildhall is at {settings.SITE_URL}/")
        if settings.DEMONSTRATION:
            self._demonstration()
        else:
            self._own()
        self.stdout.write(f"Data is in {settings.DATA}. {self._scanner()}")
        self.stdout.write("Stop with Ctrl-C.\n")

    def _demonstration(self) -> None:
        table = script()
        self.stdout.write(
            f"The demonstration authority is {table['authority']['en']}. Everybody in it is invented.\n"
        )
        self.stdout.write(f"  Passphrase of everybody:  {table['passphrase']}")
        self.stdout.write(
            f"  Parents:                  {', '.join(row[0] for row in table['families'][:3])} …"
        )
        self.stdout.write(
            f"  Young people:             {', '.join(row[0] for row in table['families'][-2:])}"
        )
        self.stdout.write(
            f"  Professionals:            {', '.join(row[0] for row in table['professionals'][:2])} …"
        )
        supervisors = [row[0] for row in table["school_people"] if row[6] == "supervisor"]
        self.stdout.write(f"  Schools:                  {', '.join(supervisors[:2])} …")
        for role, words in (
            ("send-officer", "SEND officers:           "),
            ("safeguarding-officer", "Safeguarding officers:   "),
            ("early-help-officer", "Early help officers:     "),
            ("finance-officer", "Finance officers:        "),
            ("administrator", "Administrators:          "),
            ("auditor", "Data protection officer: "),
        ):
            names = ", ".join(row[0] for row in table["staff"] if row[3] == role)
            self.stdout.write(f"  {words} {names}")
        self.stdout.write(f"\nEmails with the sign-in codes: {settings.SITE_URL}/demonstration/mailbox/")
        self.stdout.write("Here, and only here, officers may use emailed codes.")

    def _own(self) -> None:
        """What an installation without a demonstration needs first: somebody who can sign in."""
        if not Membership.objects.exists():
            self.stdout.write("\nNobody can sign in yet. Make the first administrator in another window:\n")
            command = "create_officer NAME EMAIL FORENAME SURNAME --role administrator"
            self.stdout.write(f"  {self._here()}./guildhall {command}\n")
            self.stdout.write("It prints a link that sets the password.\n")
        if settings.MAIL == "files":
            self.stdout.write(f"Emails are not sent: they are written to {settings.MAIL_FOLDER}.")

    def _here(self) -> str:
        """What names the data folder to ``./guildhall``, where it is not the usual one."""
        usual = settings.PACKAGE.parent.parent / "data"
        return "" if usual == settings.DATA else f"GUILDHALL_DATA={shlex.quote(str(settings.DATA))} "

    def _scanner(self) -> str:
        if settings.CLAMD:
            return f"Files are scanned by ClamAV at {settings.CLAMD}."
        if settings.DEMONSTRATION:
            return "There is no virus scanner: the demonstration accepts unscanned files, and says so."
        return "There is no virus scanner: uploaded files stay in quarantine until there is one."
