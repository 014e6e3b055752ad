"""Where these pages stand."""

from django.urls import reverse

from guildhall.foundation.texts.queries import say


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page; ``more`` are what lies below the list of batches, with their addresses."""
    here = (say("schools.InvoicesCouncil_Heading"), reverse("council:invoices") if more else "")
    return [(say("shared.Menu_Home"), reverse("council:home")), here, *more]
