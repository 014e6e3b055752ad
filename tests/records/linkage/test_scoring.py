"""The scorer by itself, group of names by group of names."""

import json
from dataclasses import replace
from datetime import date

import pytest

from guildhall.records.children.identity import Address, Identity, Name
from guildhall.records.linkage.levels import postcode_level
from guildhall.records.linkage.outcomes import may_be_another, outcome_of, outcome_of_one, reasons_to_ask
from guildhall.records.linkage.scoring import FIELDS, first_model, score
from guildhall.records.linkage.seen import see
from tests.records.some import an_identity

HOME = {
    "born_on": date(2015, 3, 4),
    "gender": "female",
    "address_lines": ("12 Mill Lane",),
    "postcode": "GU1 4AB",
}


def _named(forename: str, surname: str, midname: str = "") -> Identity:
    return Identity(forename=forename, midname=midname, surname=surname, **HOME)


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("theirs", "ours", "field", "level"),
    [
        # Apostrophes of every kind, diacritics, hyphens
        (("Siân", "O’Brien"), ("Sian", "O'Brien"), "surname", "exact"),
        (("Siân", "OBrien"), ("Sian", "O`Brien"), "forename", "exact"),
        (("Małgorzata", "Łukaszewska"), ("Malgorzata", "Lukaszewska"), "surname", "exact"),
        (("José", "Muñoz"), ("Jose", "Munoz"), "forename", "exact"),
        (("Ann-Marie", "Evans"), ("Ann Marie", "Evans"), "forename", "exact"),
        (("Angharad", "Smith-Jones"), ("Angharad", "Smith Jones"), "surname", "exact"),
        # Double surnames that lost a half
        (("Angharad", "Pugh"), ("Angharad", "Pugh-Llewellyn"), "surname", "part"),
        (("Angharad", "Llewellyn"), ("Angharad", "Pugh-Llewellyn"), "surname", "part"),
        # A half that is left is misspelt besides
        (("Angharad", "Hopkns"), ("Angharad", "Pugh-Hopkins"), "surname", "near"),
        (("Angharad", "Lloyd Hopkns"), ("Angharad", "Pugh-Hopkins"), "surname", "near"),
        (("Angharad", "Reed"), ("Angharad", "Pugh-Rees"), "surname", "different"),
        # Forename and surname turned, a forename of two words in another form
        (("Khan", "Mohd Bilal"), ("Mohammed Bilal", "Khan"), "forename", "swapped"),
        (("Khan", "Mohd Bilal"), ("Mohammed Bilal", "Khan"), "surname", "swapped"),
        (("Khan", "Mohd Hamza"), ("Mohammed Bilal", "Khan"), "forename", "different"),
        # Short forms and other spellings
        (("Bob", "Pugh"), ("Robert", "Pugh"), "forename", "nickname"),
        (("Kate", "Pugh"), ("Katherine", "Pugh"), "forename", "nickname"),
        (("Ifan", "Pugh"), ("Ieuan", "Pugh"), "forename", "nickname"),
        (("Wil", "Pugh"), ("Gwilym", "Pugh"), "forename", "nickname"),
        (("Deio", "Pugh"), ("Dafydd", "Pugh"), "forename", "nickname"),
        (("Alfie", "Pugh"), ("Alfred", "Pugh"), "forename", "nickname"),
        (("Izzy", "Pugh"), ("Isabella", "Pugh"), "forename", "nickname"),
        (("Sulayman", "Khan"), ("Suleiman", "Khan"), "forename", "nickname"),
        (("Leila", "Khan"), ("Layla", "Khan"), "forename", "nickname"),
        (("Caitlin", "Pugh"), ("Kaitlyn", "Pugh"), "forename", "nickname"),
        (("Keeva", "Pugh"), ("Caoimhe", "Pugh"), "forename", "nickname"),
        (("Laxmi", "Nair"), ("Lakshmi", "Nair"), "forename", "nickname"),
        (("Priyaben", "Patel"), ("Priya", "Patel"), "forename", "nickname"),
        (("Rakib", "Islam"), ("Md Rakibul", "Islam"), "forename", "nickname"),
        (("Lilymay", "Carter"), ("Lily-Mae", "Carter"), "forename", "nickname"),
        # Somali letters
        (("Xaliimo", "Ciise"), ("Halimo", "Isse"), "forename", "nickname"),
        (("Cabdullahi", "Jaamac"), ("Abdullahi", "Jama"), "forename", "nickname"),
        (("Cabdullahi", "Jaamac"), ("Abdullahi", "Jama"), "surname", "similar"),
        (("Callan", "Pugh"), ("Allan", "Pugh"), "forename", "similar"),
        # Irish surnames of daughters
        (("Niamh", "Ní Bhriain"), ("Niamh", "O'Brien"), "surname", "similar"),
        (("Zuzia", "Nowak"), ("Zuzanna", "Nowak"), "forename", "nickname"),
        (("Gosia", "Nowak"), ("Małgorzata", "Nowak"), "forename", "nickname"),
        (("Ayesha", "Begum"), ("Aisha", "Begum"), "forename", "nickname"),
        (("Muhammad", "Khan"), ("Mohammed", "Khan"), "forename", "nickname"),
        (("Abd al-Rahman", "Saeed"), ("Abdulrahman", "Saeed"), "forename", "nickname"),
        (("Abdirahman", "Saeed"), ("Abdul Rehman", "Saeed"), "forename", "nickname"),
        # Welsh, Arabic and Polish surnames
        (("Rhys", "ap Gwilym"), ("Rhys", "Gwilym"), "surname", "part"),
        (("Omar", "al-Hassan"), ("Omar", "Hassan"), "surname", "part"),
        (("Omar", "Al Hassan"), ("Omar", "Alhassan"), "surname", "exact"),
        (("Zofia", "Kowalska"), ("Zofia", "Kowalski"), "surname", "similar"),
        (("Zofia", "Nowicka"), ("Zofia", "Nowicki"), "surname", "similar"),
        (("Angharad", "ap Rhys"), ("Angharad", "Price"), "surname", "similar"),
        (("Angharad", "Ap Hywel"), ("Angharad", "Powell"), "surname", "similar"),
        (("Angharad", "Fychan"), ("Angharad", "Vaughan"), "surname", "similar"),
        (("Angharad", "Gruffydd"), ("Angharad", "Griffiths"), "surname", "similar"),
        (("Angharad", "Price"), ("Angharad", "Powell"), "surname", "different"),
        # The other way round, and words shared out differently
        (("Pugh", "Angharad"), ("Angharad", "Pugh"), "forename", "swapped"),
        (("Khan", "Yusuf"), ("Yusuf", "Khan"), "surname", "swapped"),
        (("Hussain", "Mohammed Bilal"), ("Mohammed Bilal", "Hussain"), "forename", "swapped"),
        # Names left out, called by the middle name, initials, slips
        (("Angharad", "Pugh"), ("Angharad Mair", "Pugh"), "forename", "part"),
        (("A", "Pugh"), ("Angharad", "Pugh"), "forename", "initial"),
        (("Angahrad", "Pugh"), ("Angharad", "Pugh"), "forename", "similar"),
        (("Angharad", "Prichard"), ("Angharad", "Pritchard"), "surname", "similar"),
        (("Angharad", "Pugh"), ("Gwen", "Pugh"), "forename", "different"),
        (("Dafydd", "ab Ifan"), ("Dafydd", "Evans"), "surname", "similar"),
        (("Gwenllian", "ferch Dafydd"), ("Gwenllian", "Davies"), "surname", "similar"),
        (("Llinos", "ap Gwilym"), ("Llinos", "Williams"), "surname", "similar"),
        (("Zofia", "Dąbrowska-Nowak"), ("Zofia", "Dabrowski"), "surname", "part"),
        (("Omar", "El Hasan"), ("Omar", "Al-Hassan"), "surname", "similar"),
        # Names of other alphabets and letters with marks, as different countries spell them
        (("Evgen", "Kovalenko"), ("Yevhen", "Kovalenko"), "forename", "nickname"),
        (("Alexander", "Kovalenko"), ("Oleksandr", "Kovalenko"), "forename", "nickname"),
        (("Juergen", "Mueller"), ("Jürgen", "Müller"), "forename", "nickname"),
        (("Jürgen", "Müller"), ("Juergen", "Mueller"), "surname", "similar"),
        (("Katie", "Pugh"), ("Katherine", "Pugh"), "forename", "nickname"),
        (("Olly", "Pugh"), ("Oliver", "Pugh"), "forename", "nickname"),
        # The other way round and in a short form, and one name alone in the wrong field
        (("Smith", "Bill"), ("William", "Smith"), "forename", "swapped"),
        (("William", "Smith"), ("Smith", "Bill"), "surname", "swapped"),
        (("Nowak", "Kasia"), ("Katarzyna", "Nowak"), "surname", "swapped"),
        (("S.", "Harleen"), ("Harleen", "Sandhu"), "forename", "swapped"),
        (("P", "Harleen"), ("Harleen", "Sandhu"), "forename", "different"),
        (("Smith", ""), ("William", "Smith"), "surname", "swapped"),
        (("Smith", ""), ("William", "Smith"), "forename", "missing"),
        (("", "William"), ("William", "Smith"), "forename", "swapped"),
        (("", "Bill"), ("William", "Smith"), "forename", "swapped"),
        (("", "William"), ("William", "Smith"), "surname", "missing"),
        (("", "William Smith"), ("William", "Smith"), "surname", "swapped"),
        (("Smith William", ""), ("William", "Smith"), "forename", "swapped"),
        # Kaur or Singh beside the family's name or instead of it
        (("Simran", "Kaur"), ("Simran", "Gill"), "surname", "near"),
        (("Simran", "Gill"), ("Simran Kaur", "Kaur"), "surname", "near"),
        (("Jasleen", "Kaur"), ("Jasleen", "Singh"), "surname", "different"),
        # A name that half the community has says nothing by itself
        (("Simran", "Kaur Gill"), ("Simran", "Kaur Sandhu"), "surname", "near"),
        (("Mohammed Yusuf", "Khan"), ("Mohammed Ibrahim", "Khan"), "forename", "different"),
    ],
)
def test_names_agree_as_people_write_them(theirs, ours, field, level):
    assert score(_named(*theirs), _named(*ours)).level(field) == level


@pytest.mark.req("GH-014")
def test_a_child_called_by_the_middle_name_is_found():
    assert score(_named("Mair", "Pugh"), _named("Angharad", "Pugh", "Mair")).level("forename") == "midname"


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("theirs", "ours", "level"),
    [
        (("Jack", "Pugh"), ("James", "Pugh", "Oliver Jack"), "midname"),
        (("Olly", "Pugh"), ("James", "Pugh", "Oliver"), "midname"),
        (("Oliver", "Pugh", "James"), ("James", "Pugh", "Oliver"), "swapped"),
        (("Kaur", "Pugh"), ("James", "Pugh", "Kaur"), "different"),
    ],
)
def test_first_and_middle_names_change_places(theirs, ours, level):
    for first, second in ((theirs, ours), (ours, theirs)):
        assert score(_named(*first), _named(*second)).level("forename") == level


@pytest.mark.req("GH-014")
def test_a_middle_name_that_is_used_as_surname_agrees_a_little():
    found = score(_named("Maria", "Smith"), _named("Maria", "Jones", "Smith"))
    assert found.level("surname") == "near"


_STAND_INS = (
    *("Baby", "Babi", "Baby Boy", "Twin 1", "twin2", "Gefell B", "Infant", "Unborn", "Unknown", "Not known"),
    *("NOT GIVEN", "Anhysbys", "N/K", "n/a", "TBC", "Ddim yn hysbys", "Dim enw", "Baby of Sian"),
)


@pytest.mark.req("GH-013", "GH-014")
@pytest.mark.parametrize("name", _STAND_INS)
def test_what_stands_for_a_forename_says_nothing(name):
    for one, other in ((name, "Angharad"), ("Angharad", name), (name, name), (name, "")):
        found = score(an_identity(forename=one), an_identity(forename=other))
        assert (found.level("forename"), found.field("forename").weight) == ("missing", 0)
        assert not found.sibling
        assert reasons_to_ask("match", [found], conflicts=False, automatic=True) == ["unsure"]


@pytest.mark.req("GH-014")
@pytest.mark.parametrize("name", ["Unknown", "not known", "Anhysbys", "N/K", "No surname"])
def test_what_stands_for_a_surname_says_nothing(name):
    assert score(an_identity(surname=name), an_identity()).level("surname") == "missing"


@pytest.mark.req("GH-014")
@pytest.mark.parametrize("name", ["Child", "Boyd", "Girling", "Twinn", "Nunn", "Infante"])
def test_a_surname_that_sounds_like_a_stand_in_is_a_name(name):
    assert score(an_identity(surname=name), an_identity(surname=name)).level("surname") == "exact"


@pytest.mark.req("GH-014")
def test_a_child_written_as_baby_is_compared_by_the_name_that_is_known():
    baby = replace(an_identity(forename="Baby"), other_names=(Name("Angharad", "Pugh"),))
    assert score(an_identity(), baby).level("forename") == "exact"
    assert (
        score(an_identity(forename="Baby", known_as="Angharad"), an_identity()).level("forename") == "exact"
    )
    assert score(an_identity(known_as="Baby"), an_identity(forename="Baby")).level("forename") == "missing"


@pytest.mark.req("GH-013")
def test_a_twin_in_nearly_the_same_house_is_never_linked_by_machine():
    twin = an_identity(forename="Alys", postcode="", address_lines=("2 Mill Lane", "Guildford"))
    assert score(twin, an_identity()).vetoes == ("sibling",)


@pytest.mark.req("GH-014")
def test_former_and_other_names_count():
    ours = replace(an_identity(surname="Morgan"), other_names=(Name("Angharad", "Pugh"),))
    assert score(an_identity(), ours).level("surname") == "known"
    theirs = an_identity(surname="Morgan", former_surname="Pugh")
    assert score(theirs, an_identity()).level("surname") == "known"
    assert (
        score(an_identity(forename="Anna", known_as="Angharad"), an_identity()).level("forename") == "known"
    )


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("theirs", "ours", "level"),
    [
        (date(2015, 3, 4), date(2015, 3, 4), "exact"),
        (date(2015, 4, 3), date(2015, 3, 4), "swapped"),
        (date(2015, 3, 14), date(2015, 3, 24), "one_digit"),
        (date(2015, 3, 12), date(2015, 3, 21), "one_digit"),
        (date(2024, 3, 4), date(2015, 3, 4), "two_parts"),
        (date(2015, 5, 19), date(2015, 3, 4), "near"),
        (date(2011, 11, 30), date(2015, 3, 4), "different"),
        (None, date(2015, 3, 4), "missing"),
    ],
)
def test_dates_agree_by_how_they_go_wrong(theirs, ours, level):
    assert score(an_identity(born_on=theirs), an_identity(born_on=ours)).level("born_on") == level


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("theirs", "ours", "level"),
    [
        ("gu14ab", "GU1 4AB", "exact"),
        ("GU1 4AD", "GU1 4AB", "near"),
        ("GU1 4XY", "GU1 4AB", "sector"),
        ("GU1 9ZZ", "GU1 4AB", "district"),
        ("GU1 4", "GU1 4AB", "sector"),
        ("GU1", "GU1 4AB", "district"),
        ("KT2", "GU1 4AB", "different"),
        ("KT2 6QL", "GU1 4AB", "different"),
        ("", "GU1 4AB", "missing"),
    ],
)
def test_postcodes_agree_in_part(theirs, ours, level):
    assert postcode_level(see(an_identity(postcode=theirs)), see(an_identity(postcode=ours))) == level


@pytest.mark.req("GH-014")
def test_an_old_address_is_still_the_childs():
    moved = replace(
        an_identity(address_lines=("3 High Street",), postcode="KT1 1AA"),
        other_addresses=(Address(("12 Mill Lane", "Guildford"), "GU1 4AB"),),
    )
    found = score(an_identity(), moved)
    assert (found.level("postcode"), found.level("address")) == ("old", "old")
    assert outcome_of_one(found) == "match"


@pytest.mark.req("GH-013")
@pytest.mark.parametrize("field", ["upn", "nhs_number", "uln"])
def test_the_same_identifier_is_strong_and_another_one_a_veto(field):
    plain = score(an_identity(), an_identity())
    same = score(an_identity(**{field: "9434765919"}), an_identity(**{field: "943 476 5919"}))
    other = score(an_identity(**{field: "9434765919"}), an_identity(**{field: "4010232137"}))
    assert same.weight > plain.weight + 10
    assert field in other.vetoes
    assert outcome_of_one(other) != "match"


@pytest.mark.req("GH-013")
@pytest.mark.parametrize("forename", ["Alys", "Anwen", "Angharaad Mair", "Anharat", "A"])
def test_a_twin_is_never_a_match_and_is_said_to_be_a_sibling(forename):
    found = score(an_identity(forename=forename), an_identity())
    assert found.sibling
    assert outcome_of([found]) not in {"match", "none"}


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan", "Jon"),
        ("Abdulrahman", "Abdul Rahim"),
        ("Mia", "Maya"),
        ("Aaron", "Arron"),
        ("Ella", "Bella"),
        ("Jayden", "Kayden"),
        ("Aisha", "Alisha"),
        ("Safia", "Safiya"),
        ("Jagdeep", "Jagdip"),
        ("Maja", "Kaja"),
        ("Bethan", "Betsan"),
        ("Mohammed Yusuf", "Mohammed Yusif"),
        ("Ann-Marie", "Ann-Maria"),
        ("Mair", "Mari"),
    ],
)
def test_twins_whose_names_are_nearly_alike_are_siblings(one, other):
    for first, second in ((one, other), (other, one)):
        assert score(an_identity(forename=first), an_identity(forename=second)).sibling


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"forename": "Mohammed Bilal"}, {"forename": "Muhammad Hamza"}),
        ({"forename": "Mohamed"}, {"forename": "Muhammad Yusuf"}),
        ({"forename": "Muhammed"}, {"forename": "Mohd Yusuf"}),
        ({"forename": "Md Rahim"}, {"forename": "Md Karim"}),
        ({"forename": "Syeda Zainab"}, {"forename": "Sayeda Fatima"}),
        ({"forename": "Mohammed", "midname": "Bilal"}, {"forename": "Mohammed", "midname": "Hamza"}),
        ({"forename": "Molly Ann"}, {"forename": "Mary Jane"}),
        ({"forename": "Sam", "gender": "male"}, {"forename": "Samantha", "gender": "female"}),
    ],
)
def test_twins_whose_first_names_agree_are_siblings(one, other):
    for first, second in ((one, other), (other, one)):
        found = score(an_identity(**first), an_identity(**second))
        assert found.sibling
        assert outcome_of([found]) != "match"


@pytest.mark.req("GH-014")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Yusuf", "Muhammad Yousuf"),
        ("Kate Ann", "Katherine Anne"),
        ("Kate", "Katherine Ann"),
        ("Zaynab", "Syeda Zainab"),
        ("Muhammad Belal", "Bilal"),
        ("Abdul Rahman", "Abdur Rehman"),
        ("Kate A", "Katherine Ann"),
    ],
)
def test_a_short_form_with_the_same_second_name_is_no_sibling(one, other):
    assert not score(an_identity(forename=one), an_identity(forename=other)).sibling


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("one", "other"),
    [("Twin 1", "Twin 2"), ("Baby", "Baby"), ("Unknown",) * 2, ("A", "A"), ("Ail Efell",) * 2],
)
def test_no_machine_believes_what_stands_for_a_forename(one, other):
    found = score(an_identity(forename=one), an_identity(forename=other))
    assert reasons_to_ask("match", [found], conflicts=False, automatic=True) == ["unsure"]


@pytest.mark.req("GH-014")
@pytest.mark.parametrize("forename", ["Angharat", "Anghrad", "Angahrad", "Aŋgharad", "Ang Harat"])
def test_one_slip_in_a_forename_is_no_sibling(forename):
    for first, second in ((forename, "Angharad"), ("Angharad", forename)):
        found = score(an_identity(forename=first), an_identity(forename=second))
        assert not found.sibling
        assert outcome_of([found]) in {"match", "potential"}


@pytest.mark.req("GH-013")
@pytest.mark.parametrize("details", [{"gender": "male"}, {"midname": "Haf"}])
def test_a_slip_is_a_sibling_when_something_else_tells_the_two_apart(details):
    assert score(an_identity(forename="Angharat", **details), an_identity(midname="Mair")).sibling


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    "born_on", [date(2015, 4, 3), date(2015, 3, 14), date(2015, 3, 28), date(2015, 4, 4), date(2014, 3, 4)]
)
def test_a_twin_whose_date_of_birth_has_a_slip_is_never_a_match(born_on):
    found = score(an_identity(forename="Alys", born_on=born_on), an_identity())
    assert found.sibling
    assert outcome_of([found]) != "match"


@pytest.mark.req("GH-013")
def test_no_machine_believes_a_forename_with_a_slip():
    found = score(an_identity(forename="Angharat"), an_identity())
    assert reasons_to_ask(outcome_of([found]), [found], conflicts=False, automatic=True) == ["unsure"]


@pytest.mark.req("GH-013")
def test_a_twin_with_the_other_parents_surname_is_seen_at_the_same_house():
    assert score(an_identity(forename="Alys", surname="Morgan"), an_identity()).sibling


def test_a_neighbour_born_on_the_same_day_is_not_a_sibling():
    neighbour = an_identity(forename="Tomos", surname="Rees", address_lines=("48 Mill Lane",))
    assert not score(neighbour, an_identity()).sibling


def test_an_older_brother_is_nobody_the_child_could_be():
    brother = score(an_identity(forename="Tomos", born_on=date(2012, 9, 20), gender="male"), an_identity())
    assert outcome_of_one(brother) == "none"


@pytest.mark.req("GH-012")
def test_the_outcomes_of_scores():
    sure = score(an_identity(), an_identity())
    unlike = score(
        an_identity(), an_identity(forename="Tomos", surname="Rees", born_on=date(2010, 1, 9), postcode="")
    )
    middling = score(an_identity(), an_identity(born_on=date(2013, 8, 21), address_lines=(), postcode="GU1"))
    assert outcome_of([sure]) == "match"
    assert outcome_of([sure, sure]) == "many"
    assert outcome_of([sure, middling]) == "match"
    assert outcome_of([middling]) == "low"
    assert outcome_of([unlike]) == "none"
    assert outcome_of([]) == "none"


@pytest.mark.req("GH-015")
def test_the_explanation_adds_up_and_names_every_field():
    found = score(an_identity(forename="Angharat"), an_identity())
    assert [each.field for each in found.fields] == list(FIELDS)
    assert found.weight == pytest.approx(found.prior + sum(each.weight for each in found.fields))
    forename = found.fields[0]
    assert (forename.theirs, forename.ours, forename.level) == ("Angharat", "Angharad", "similar")
    assert json.loads(json.dumps(found.as_json()))["fields"][0] == ["forename", "similar", forename.weight]


def test_agreement_never_weighs_less_than_disagreement():
    for field, weights in first_model().fields.items():
        if field != "sibling":
            assert weights["exact"] == max(weights.values()), field
            assert weights["different"] == min(weights.values()), field
            assert weights["missing"] == 0, field


def test_a_common_surname_says_less():
    assert (
        score(_named("Mair", "Jones"), _named("Mair", "Jones")).weight
        < score(_named("Mair", "Pugh"), _named("Mair", "Pugh")).weight
    )


def test_comparison_is_the_same_every_time():
    theirs, ours = an_identity(surname="Pugh-Jones"), an_identity()
    assert score(theirs, ours) == score(theirs, ours)


@pytest.mark.parametrize("words", ["", " ", "'", "-", "محمد", "李", "𝕏", "a" * 500, "0", "\u202e", "İ"])
def test_any_words_can_be_compared(words):
    odd = an_identity(
        forename=words, surname=words, midname=words, postcode=words, address_lines=(words,), upn=words
    )
    for one, other in ((odd, an_identity()), (an_identity(), odd), (odd, odd)):
        assert 0 <= score(one, other).probability <= 1


SAME = {
    "forename": "exact",
    "surname": "exact",
    "born_on": "exact",
    "postcode": "exact",
    "midname": "missing",
}


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("levels", "another"),
    [
        ({}, False),
        ({"forename": "different", "born_on": "near"}, True),
        ({"forename": "midname"}, True),
        ({"surname": "different"}, True),
        ({"forename": "swapped", "surname": "swapped"}, False),
        ({"forename": "swapped", "surname": "swapped", "midname": "different"}, True),
        ({"born_on": "different"}, True),
        ({"born_on": "missing"}, True),
        ({"born_on": "two_parts"}, True),
        ({"born_on": "one_digit"}, False),
        ({"postcode": "different"}, False),
        ({"born_on": "one_digit", "postcode": "different"}, True),
        ({"born_on": "one_digit", "postcode": "different", "address": "near"}, False),
        ({"born_on": "different", "upn": "exact"}, False),
        ({"forename": "different", "born_on": "different", "upn": "exact"}, True),
    ],
)
def test_who_may_be_another_of_the_family_is_for_no_machine(levels, another):
    """A brother or sister, a twin, a father of the same name, a cousin who lives elsewhere."""
    levels = SAME | levels
    assert may_be_another(levels, vetoes=(), unnamed=False) is another
    assert may_be_another(levels, vetoes=("upn",), unnamed=False)
    assert may_be_another(levels, vetoes=(), unnamed=True)


@pytest.mark.req("GH-013")
@pytest.mark.parametrize(
    ("one", "other"), [("Deqa Hassan", "Hassan"), ("Guto Ieuan", "Ieuan"), ("Blessing Uchenna", "Uchenna")]
)
def test_a_second_forename_may_be_a_twins_first(one, other):
    for theirs, ours in ((one, other), (other, one)):
        found = score(an_identity(forename=theirs), an_identity(forename=ours))
        assert found.level("forename") == "midname"
        assert found.sibling and outcome_of([found]) != "match"
    part = score(an_identity(forename=one), an_identity(forename=one.split()[0]))
    assert (part.level("forename"), part.sibling) == ("part", False)
