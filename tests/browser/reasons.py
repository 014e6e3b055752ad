"""Run beside a demonstration portal: the officer of the pages says why they open the records there are."""

# ruff: noqa: E402  (Django is set up before what needs it)

import django

django.setup()

from guildhall.records.children.models import Child

from ..standing import may_look
from .pages import OFFICER
from .stagehand import person

if __name__ == "__main__":
    may_look(person(OFFICER), *Child.objects.filter(removed_at=None))
