"""./guildhall load_bank: the questions of the library's forms become the bank to start with."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from ... import services
from ...library_files import library_definition, library_paths
from ...models import Question


class Command(BaseCommand):
    help = (
        "Put the questions of the library's forms into the bank; those that it has already stay as they are."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        before = Question.objects.count()
        for path in library_paths():
            services.keep_questions_of(library_definition(path), by=None, now=timezone.now())
        added = Question.objects.count() - before
        if added or options["verbosity"]:
            self.stdout.write(f"{added} question{'' if added == 1 else 's'} added to the bank of {before}")
