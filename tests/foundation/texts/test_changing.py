"""Changing words: what is refused, who was first, what is out of date, and the way back."""

import pytest
from django.db import DatabaseError, transaction

from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.texts import history, listing, rules, services, usage
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.foundation.texts.models import Change, Override
from guildhall.foundation.texts.queries import for_side, say
from guildhall.foundation.texts.services import Wanted

from ...standing import NOON, an_administrator

pytestmark = pytest.mark.django_db
NAME = "account.EmailSubject_Registration"
BODY = "text-blocks.Email_Registration"


def change(name, value, language="en", **more):
    return services.change_text(name, language=language, value=value, by=an_administrator(), now=NOON, **more)


def row(name=NAME):
    return listing.row_of(name)


@pytest.mark.req("SP-282")
def test_a_changed_text_is_said_the_next_time_in_a_process_that_had_the_old_one():
    stamps.begin_request()
    assert say(NAME, "en") == "Please verify your email address"
    stamps.end_request()
    change(NAME, "Is this your address?")
    stamps.begin_request()
    assert say(NAME, "en") == "Is this your address?"
    stamps.end_request()


@pytest.mark.req("SP-289")
def test_without_welsh_the_english_is_said(monkeypatch):
    monkeypatch.setitem(catalogue(), NAME, {"en": "Only English"})
    assert say(NAME, "cy") == "Only English"
    assert row().missing
    assert [each.name for each in listing.rows(only="missing")] == [NAME]


def test_an_unknown_placeholder_is_refused_and_the_known_ones_are_named():
    with pytest.raises(
        rules.BadText, match=r"\{surname\}.*\{authority\}, \{code\}, .*\{link\}, .*\{portal\}"
    ):
        change(BODY, "Hello {surname} {code} {link}")
    assert not Override.objects.exists()


def test_a_placeholder_that_is_left_out_is_warned_of_and_may_be_left_out():
    with pytest.raises(rules.LacksPlaceholders, match=r"\{link\}"):
        change(BODY, "Your code is {code}", complete=True)
    assert change(BODY, "Your code is {code}")


@pytest.mark.parametrize("typed", ["x" * 201, "two\nlines", "two\u2028lines"])
def test_a_subject_takes_no_second_line_and_no_novel(typed):
    with pytest.raises(rules.BadText):
        change(NAME, typed)


@pytest.mark.parametrize("typed", ["a\x00b", "a\u202eb", "a\x1bb", "a\ufeffb"])
def test_what_nobody_can_see_is_taken_out_of_a_text_and_the_spaces_that_markdown_means_stay(typed):
    assert change(NAME, typed).after == "ab"
    assert change(BODY, "{code}  \n{link}").after == "{code}  \n{link}"


def test_a_text_that_does_not_exist_or_a_language_that_we_do_not_speak_is_refused():
    for name, language in (("account.Nothing", "en"), (NAME, "fr")):
        with pytest.raises(services.NoSuchText):
            change(name, "x", language)


def test_two_editors_never_overwrite_each_other_silently():
    seen = history.revision_of(NAME, "en")
    change(NAME, "First", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        change(NAME, "Second", seen=seen)
    assert say(NAME, "en") == "First"
    change(NAME, "Second", seen=history.revision_of(NAME, "en"))
    assert say(NAME, "en") == "Second"


def test_the_welsh_does_not_stand_in_the_way_of_the_english():
    seen = history.revision_of(NAME, "en")
    change(NAME, "Geiriau", "cy")
    assert change(NAME, "Words", seen=seen)


def test_several_texts_change_together_or_not_at_all():
    wanted = [Wanted(NAME, "en", "Good"), Wanted(BODY, "en", "Bad {nonsense}")]
    with pytest.raises(rules.BadText):
        services.change_texts(wanted, by=None, now=NOON)
    assert not Change.objects.exists()


def test_the_same_words_again_are_no_change():
    assert change(NAME, "New")
    assert change(NAME, "New") is None
    assert change(NAME, " New\r\n") is None
    assert Change.objects.count() == 1


@pytest.mark.req("GH-041")
def test_welsh_is_stale_once_its_english_changed_and_fresh_once_somebody_looked_at_it():
    assert not row().stale
    change(NAME, "Other English")
    assert row().stale
    assert [each.name for each in listing.rows(only="stale")] == [NAME]
    change(NAME, "Cymraeg arall", "cy")
    assert not row().stale
    change(NAME, "English again")
    assert row().stale
    services.confirm_welsh(NAME, by=None, now=NOON)
    assert not row().stale
    assert say(NAME, "cy") == "Cymraeg arall"


def test_the_catalogues_welsh_may_be_chosen_for_our_own_english():
    change(NAME, "Other English")
    change(NAME, catalogue()[NAME]["cy"], "cy")
    assert not row().stale


def test_english_that_goes_back_makes_the_welsh_of_the_change_stale():
    change(NAME, "Other English")
    change(NAME, "Cymraeg arall", "cy")
    change(NAME, "")
    assert row().stale
    change(NAME, "", "cy")
    assert not row().stale
    assert not Override.objects.exists()


def test_every_change_can_be_gone_back_on_and_the_history_itself_never_changes():
    change(NAME, "One")
    second = change(NAME, "Two")
    assert services.restore_change(second, by=None, now=NOON)
    assert say(NAME, "en") == "One"
    assert [(each.before, each.after) for each in history.changes_of(NAME)] == [
        ("Two", "One"),
        ("One", "Two"),
        ("", "One"),
    ]
    for act in (Change.objects.filter(pk=second.pk).update, Change.objects.filter(pk=second.pk).delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(**({"after": "x"} if act.__name__ == "update" else {}))


def test_what_a_placeholder_of_templates_is_called_must_be_its_own():
    name = "administration.Placeholder_Surname"
    for taken in ("{Forename}", "ab"):
        with pytest.raises(rules.BadText):
            change(name, taken)
    assert change(name, "[Last name]")


@pytest.mark.req("SP-288")
def test_one_search_covers_all_areas_both_languages_names_and_values():
    assert NAME in {each.name for each in listing.rows(words="emailsubject_registration")}
    assert NAME in {each.name for each in listing.rows(words="dilyswch eich cyfeiriad")}
    assert len({each.area for each in listing.rows(words="password")}) > 2
    change(NAME, "Zanzibar")
    assert [each.name for each in listing.rows(words="zanzibar")] == [NAME]
    assert [each.name for each in listing.rows(only="own")] == [NAME]


def test_it_is_known_where_a_text_is_used():
    assert "doors.council: decide.html" in usage.places_of("send.Process_Subject")
    assert "people.accounts: proofs.py" in usage.places_of(NAME)


def test_a_side_has_its_own_text_only_where_there_is_one():
    assert for_side(BODY, "Professional") == f"{BODY}_Professional"
    assert for_side("text-blocks.Email_SignInCode", "Professional") == "text-blocks.Email_SignInCode"
    assert for_side(BODY, "") == BODY
