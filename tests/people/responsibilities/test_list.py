"""The list of responsibilities, and how a school gets a new one on to it."""

import pytest

from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.lists import services as lists
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries, rules
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.services import Described

from ...standing import NOON, an_administrator
from ..membership.schools import a_place, a_school, a_supervisor, another_school
from .scene import LEAD, give, held, letters_to, the

pytestmark = pytest.mark.django_db
HEAD = SchoolPlace.Kind.HEADTEACHER
FORESTS = Described("Forest School", "Ysgol Goedwig", "Learning outside.", "Dysgu y tu allan.")


def a_head(number: int) -> SchoolPlace:
    return a_place(
        f"head{number}@ysgol.example.org", a_school(f"99001{number}", f"School {number}"), kind=HEAD
    )


def a_proposal(place=None):
    place = place or a_supervisor()
    return responsibilities.propose_category(
        place, name="Forest School", why="We all do it.", by=place.user, now=NOON
    )


def say(proposal, head, *, agrees, words=""):
    opinion = queries.opinions_asked(head).get(proposal=proposal)
    responsibilities.give_opinion(opinion, agrees=agrees, words=words, place=head, by=head.user, now=NOON)


def accept(proposal):
    return responsibilities.accept_proposal(proposal, told=FORESTS, by=an_administrator(), now=NOON)


@pytest.mark.req("SC-051")
def test_the_first_list_has_what_the_source_names_with_the_systems_it_opens():
    opened = {str(one): one.systems for one in queries.offered()}
    for name in ("Catering", "School Administration and Support", "Finance"):
        assert "free-school-meals" in opened[name]
    assert {key for name, keys in opened.items() for key in keys if name not in opened} == set()
    others = {name for name, keys in opened.items() if "free-school-meals" in keys}
    assert others == {"Catering", "School Administration and Support", "Finance"}
    assert all(one.name["cy"] and one.words["en"] and one.words["cy"] for one in queries.offered())


@pytest.mark.req("SC-051")
def test_the_authority_adds_changes_moves_and_retires():
    by, sian, elen = an_administrator(), a_supervisor(), a_place("elen@ysgol.example.org")
    added = responsibilities.add_category(FORESTS, by=by, now=NOON)
    assert queries.offered()[-1] == added
    lists.move_entry(added, up=True, by=by, now=NOON)
    assert queries.offered()[-2] == added
    told = Described("Forest", "Coedwig", systems=("emergency-contacts", "no-such-thing"))
    assert responsibilities.change_category(added, told=told, by=by, now=NOON).systems == [
        "emergency-contacts"
    ]
    give(elen, sian, Catering=LEAD)
    assert queries.everything().get(pk=the("Catering").pk).people == 1
    lists.retire_entry(the("Catering"), by=by, now=NOON)
    assert (the("Catering") in queries.offered(), held(elen)) == (False, {})
    lists.bring_back_entry(the("Catering"), by=by, now=NOON)
    assert held(elen) == {"Catering": LEAD}


def test_a_name_is_needed_in_both_languages_and_taken_once():
    by = an_administrator()
    for told, fields in (
        (Described("", "x" * 61), {"en", "cy"}),
        (Described("A", "B", words_en="x" * 501), {"words_en"}),
    ):
        with pytest.raises(Refusals) as caught:
            responsibilities.add_category(told, by=by, now=NOON)
        assert caught.value.problems.keys() == fields
    with pytest.raises(lists.Taken):
        responsibilities.add_category(Described(" catering ", "Arall"), by=by, now=NOON)


@pytest.mark.req("SC-052")
def test_a_new_responsibility_is_added_only_after_other_heads_were_asked_and_agree():
    proposal, council = a_proposal(), an_administrator()
    with pytest.raises(responsibilities.NobodyToAsk):
        responsibilities.ask_heads(proposal, by=council, now=NOON)
    own = a_place("own@ysgol.example.org", kind=HEAD)
    heads = [a_head(number) for number in range(3)]
    with pytest.raises(responsibilities.NoAgreement):
        accept(proposal)

    assert responsibilities.ask_heads(proposal, by=council, now=NOON) == 3
    assert responsibilities.ask_heads(proposal, by=council, now=NOON) == 0, "nobody is asked twice"
    assert not queries.opinions_asked(own).exists(), "other schools are asked, not one's own"
    assert "/schools/alerts/" in letters_to(heads[0].user.email)[0].text

    say(proposal, heads[0], agrees=True)
    say(proposal, heads[1], agrees=False, words="Too narrow.")
    with pytest.raises(responsibilities.NoAgreement):
        accept(proposal)
    say(proposal, heads[2], agrees=True)
    assert accept(proposal) in queries.offered()
    [known] = queries.proposals(school_id=a_school().pk)
    assert (known.asked, known.agree, known.against, str(known.added)) == (3, 2, 1, "Forest School")
    for act in (accept, lambda one: responsibilities.ask_heads(one, by=council, now=NOON)):
        with pytest.raises(responsibilities.Decided):
            act(proposal)


@pytest.mark.req("SC-052")
def test_only_the_head_of_a_school_that_was_asked_answers_and_an_objection_says_why():
    proposal, head, other = a_proposal(), a_head(1), a_head(2)
    responsibilities.ask_heads(proposal, by=an_administrator(), now=NOON)
    teacher = a_place("teacher@ysgol.example.org", head.school)
    opinion = queries.opinions_asked(head).get()
    assert not queries.opinions_asked(teacher).exists()
    for who in (teacher, other):
        with pytest.raises(responsibilities.HeadsOnly):
            responsibilities.give_opinion(opinion, agrees=True, words="", place=who, by=who.user, now=NOON)
    with pytest.raises(Refusals, match="why you object"):
        say(proposal, head, agrees=False, words=" ")
    say(proposal, head, agrees=True)
    say(proposal, head, agrees=False, words="On second thoughts, no.")
    opinion.refresh_from_db()
    assert (opinion.agrees, opinion.by) == (False, head.user)


def test_a_proposal_is_declined_with_a_reason_that_the_school_is_told_of():
    sian = a_supervisor()
    proposal = a_proposal(sian)
    before = len(letters_to(sian.user.email))
    with pytest.raises(Refusals, match="reason"):
        responsibilities.decline_proposal(proposal, answer="", by=an_administrator(), now=NOON)
    responsibilities.decline_proposal(proposal, answer="It is Curriculum.", by=an_administrator(), now=NOON)
    assert len(letters_to(sian.user.email)) == before + 1
    with pytest.raises(responsibilities.Decided):
        responsibilities.decline_proposal(proposal, answer="Again.", by=an_administrator(), now=NOON)


def test_a_proposal_says_what_and_why_and_a_school_has_five_at_most():
    sian = a_supervisor()
    with pytest.raises(Refusals) as caught:
        responsibilities.propose_category(sian, name=" ", why="", by=sian.user, now=NOON)
    assert caught.value.problems.keys() == {"name", "why"}
    for _ in range(5):
        a_proposal(sian)
    with pytest.raises(responsibilities.TooManyProposals):
        a_proposal(sian)
    a_proposal(a_place("far@ysgol.example.org", another_school()))


@pytest.mark.parametrize(
    ("agree", "against", "general"),
    [(0, 0, False), (1, 0, True), (1, 1, False), (2, 1, True), (3, 2, False), (4, 2, True)],
)
def test_general_agreement_is_two_for_each_one_against(agree, against, general):
    assert rules.agreed(agree=agree, object_=against) is general
