"""Every model says where it stands toward people; nothing about a person is outside a pack."""

import pytest
from django.apps import apps
from django.db import models

from guildhall.foundation.texts.catalogue import catalogue
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.work.privacy.gathering import ACTS, acted, labels
from guildhall.work.privacy.registry import PLACES, Place
from guildhall.work.privacy.subject import Subject

SECRET = ("password", "secret", "digest", "token", "session_key", "session_data", "credential", "storage_key")


def model_fields(label: str) -> list[models.Field]:
    return list(apps.get_model(label)._meta.concrete_fields)


@pytest.mark.req("GH-048")
def test_every_model_of_the_house_has_a_place():
    declared = {label for label in labels() if label in PLACES}
    links = {
        model._meta.label for model in apps.get_models(include_auto_created=True) if model._meta.auto_created
    }

    assert sorted(set(labels()) - declared - links) == []
    assert sorted(set(PLACES) - set(labels())) == [], "places of models that are gone"


@pytest.mark.req("GH-048")
def test_a_model_without_a_place_would_be_found():
    class Stray(models.Model):
        owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "privacy"

    try:
        assert "privacy.Stray" in labels()
        assert "privacy.Stray" not in PLACES
    finally:
        del apps.all_models["privacy"]["stray"]
        apps.clear_cache()


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.model)
def test_a_place_is_either_about_people_or_says_why_not(place: Place):
    finds = bool(place.user or place.child or place.find)

    assert finds != bool(place.nobody)
    names = {field.name for field in model_fields(place.model)} | {"content"}
    named = {*place.others, *place.others_to_user, *place.others_to_child, *dict(place.hidden)}
    assert named <= names, f"{place.model} has no such field"


@pytest.mark.parametrize("place", PLACES.values(), ids=lambda place: place.model)
def test_a_model_with_a_key_to_a_child_is_about_children(place: Place):
    keys = {field.name for field in model_fields(place.model) if field.related_model is Child}

    assert keys <= set(place.child)


@pytest.mark.parametrize(
    "place", [one for one in PLACES.values() if not one.nobody], ids=lambda one: one.model
)
def test_what_lets_somebody_in_is_given_to_nobody(place: Place):
    secrets = {
        field.name
        for field in model_fields(place.model)
        if not place.nobody
        and any(word in field.name for word in SECRET)
        and not field.name.endswith(("_at", "_question"))
    }

    assert secrets <= set(dict(place.hidden))


@pytest.mark.django_db
def test_a_key_to_an_account_is_always_followed_even_where_nobody_named_it():
    for label in labels():
        keys = [field for field in model_fields(label) if field.related_model is User]
        assert bool(keys) == (acted(label, Subject("user", 0)) is not None)


def fields_of_packs() -> set[str]:
    """The name of every field that a pack can show."""
    told = {
        field.name
        for place in PLACES.values()
        if not place.nobody
        for field in model_fields(place.model)
        if field.name not in dict(place.hidden)
    }
    acts = {
        field.name
        for label in labels()
        if any(key.related_model is User for key in model_fields(label))
        for field in model_fields(label)
        if isinstance(field, models.DateTimeField) or field.related_model is User
    }
    return {"pk", ACTS} | told | acts


@pytest.mark.req("GH-048")
def test_every_field_that_can_be_in_a_pack_has_words_in_both_languages():
    worded = {name for name, words in catalogue().items() if words.keys() == {"en", "cy"}}

    assert sorted(name for name in fields_of_packs() if f"pack.Field_{name}" not in worded) == []
    gone = {name.removeprefix("pack.Field_") for name in worded if name.startswith("pack.")}
    assert sorted(gone - fields_of_packs()) == [], "words of fields that are gone"


@pytest.mark.django_db
def test_every_room_and_kind_of_thing_that_can_be_in_a_pack_has_a_heading_in_both_languages():
    kinds = {label for label in labels() if acted(label, Subject("user", 0)) is not None}
    kinds |= {place.model for place in PLACES.values() if not place.nobody}
    names = {f"Room_{label.partition('.')[0]}" for label in kinds}
    names |= {f"Kind_{label.replace('.', '_')}" for label in kinds}

    assert sorted(name for name in names if f"administration.Privacy_{name}" not in catalogue()) == []
