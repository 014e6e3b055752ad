"""The templates that come with the portal, as later migrations leave them."""

import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from guildhall.mail.messages.models import MessageTemplate

renaming = importlib.import_module("guildhall.mail.messages.migrations.0007_submitted_forms")


def supplied(**now_is) -> MessageTemplate:
    before = {"subject_en": "You can follow it", "changed_at": timezone.now(), "revision": 1, **renaming.WAS}
    template, _ = MessageTemplate.objects.update_or_create(name=renaming.NAME, defaults=before | now_is)
    return template


@pytest.mark.django_db
def test_a_supplied_letter_names_the_page_as_it_is_called_now():
    template = supplied()
    renaming.renaming(renaming.WAS, renaming.IS)(apps, None)
    template.refresh_from_db()
    assert (template.body_en, template.body_cy) == tuple(renaming.IS.values())


@pytest.mark.django_db
def test_a_letter_that_somebody_has_changed_keeps_their_words():
    template = supplied(revision=2)
    renaming.renaming(renaming.WAS, renaming.IS)(apps, None)
    template.refresh_from_db()
    assert template.body_en == renaming.WAS["body_en"]
