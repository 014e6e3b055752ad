"""The data map has every field of every model, and the documentation is made from it."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

import guildhall
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.privacy import datamap
from guildhall.work.privacy.registry import PLACES

DOCUMENT = Path(guildhall.__file__).parents[2] / "docs" / "data-map.md"


@pytest.mark.req("GH-048")
def test_every_field_of_every_model_is_in_the_map():
    assert datamap.undeclared() == [], "declare it in work/privacy/datamap.yaml: personal or plain"
    assert datamap.gone() == []


def test_a_field_that_nobody_declared_would_be_found():
    class Astray(models.Model):
        shoe_size = models.IntegerField()

        class Meta:
            app_label = "privacy"

    try:
        assert "privacy.Astray.shoe_size" in datamap.undeclared()
        with pytest.raises(CommandError, match="shoe_size"):
            call_command("privacy", "map", stdout=StringIO())
    finally:
        del apps.all_models["privacy"]["astray"]
        apps.clear_cache()


def test_every_table_says_what_for_on_what_ground_and_how_long_in_words():
    words = catalogue()
    for table in datamap.tables().values():
        assert table.purpose in datamap.PURPOSES
        assert table.basis in datamap.BASES
        assert table.keeping in datamap.KEEPINGS
    for what, codes in (
        ("Purpose", datamap.PURPOSES),
        ("Basis", datamap.BASES),
        ("Keeping", datamap.KEEPINGS),
    ):
        assert [code for code in codes if f"administration.DataMap_{what}_{code}" not in words] == []


def test_a_key_to_a_person_and_whatever_is_given_to_nobody_count_as_personal():
    for model in apps.get_models():
        table = datamap.tables()[model._meta.label]
        keys = {field.name for field in model._meta.concrete_fields if field.related_model in {User, Child}}
        assert keys <= set(table.personal), table.model


def test_a_table_of_people_for_a_pack_holds_something_of_people_on_the_map():
    about = [place.model for place in PLACES.values() if not place.nobody]
    nothing = [model for model in about if not datamap.tables()[model].personal]

    assert nothing == []


def test_the_document_is_made_from_the_map():
    assert DOCUMENT.read_text(encoding="utf-8") == datamap.as_document(), (
        "./guildhall privacy map --write docs/data-map.md"
    )
