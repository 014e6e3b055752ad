"""A child in the queue is found by what an officer knows of them."""

from datetime import date

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from guildhall.records.children.identity import Name
from guildhall.records.linkage.finding import sought
from guildhall.records.linkage.models import Mention
from tests.records.some import a_mention

pytestmark = [pytest.mark.django_db, pytest.mark.req("SP-206")]


def _found(typed: str) -> list[str]:
    return list(Mention.objects.filter(sought(typed).alike()).order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize(
    "typed",
    [
        "siân",
        "SIAN",
        "o'brien",
        "O’BRIEN Siân",
        "sian jones",
        "obrien-jones",
        "jon si",
        "Molly",
        "evans",
        "Sian 4/3/2015",
        "4 March 2015",
        "4 Mawrth 2015 siân",
        "2015-03-04",
    ],
)
def test_names_in_any_order_case_and_marks_and_the_date_of_birth_find_the_child(typed: str):
    other = (Name("Molly", "Evans"),)
    a_mention("1", forename="Siân", surname="O’Brien-Jones", other_names=other)
    a_mention("2", forename="Gwen", surname="Pugh", born_on=date(2011, 1, 1))
    assert _found(typed) == ["Siân O’Brien-Jones"]


@pytest.mark.parametrize("typed", ["ian", "sian pugh", "31/02/2015", "%", "4/3/2014", "🙂"])
def test_what_fits_nobody_finds_nobody(typed: str):
    a_mention("1", forename="Siân", surname="Jones")
    a_mention("2", forename="Gwen", surname="Pugh")
    assert _found(typed) == []


def test_those_written_about_before_are_found_after_the_update():
    a_mention("1", forename="Łukasz", surname="Kowalski")
    Mention.objects.update(name_words="")
    give_words = import_string("guildhall.records.linkage.migrations.0010_mentions_by_name.give_words")
    give_words(apps, None)
    assert _found("lukasz") == ["Łukasz Kowalski"]


def test_a_name_of_two_hundred_letters_and_no_name_are_kept():
    a_mention("1", forename="Gwen" * 50, surname="Pugh" * 50, midname="ab " * 200)
    a_mention("2", forename="", surname="")
    assert _found("pughpugh gwengwen") == [Mention.objects.order_by("pk")[0].name]
