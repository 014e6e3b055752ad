"""The record of a child, as officers see it."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guildhall.doors.council.children_pages import dates_panel
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.chronology import services as chronology
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Decision
from guildhall.work.cases import services as cases
from tests.records.some import a_child, a_mention
from tests.standing import (
    NOON,
    a_parent,
    a_safeguarding_officer,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)
from tests.work.cases.scene import LATER, LETTER, a_case, a_form, a_submission, an_open_case

pytestmark = pytest.mark.django_db
PAGES = ("child", "child-chronology", "child-forms", "child-looked", "child-change")


def _words(client: Client, name: str, *args: int, query: str = "") -> str:
    page = client.get(reverse(f"council:{name}", args=args) + query)
    assert page.status_code == 200, page
    return page.content.decode()


def _approved(destination: str = "send", **changes) -> Entry:
    """A form that was sent, matched and approved."""
    case = an_open_case(destination, matched="added", **changes)
    by = an_officer() if destination == "send" else a_safeguarding_officer()
    cases.approve(case, LETTER, by=by, now=LATER)
    return Entry.objects.get(source_id=str(case.submission_id))


def _change(client: Client, child: Child, **changes: str):
    data = {
        "forename": "Angharad",
        "surname": "Pugh",
        "born_on-day": "4",
        "born_on-month": "3",
        "born_on-year": "2015",
        "gender": "female",
        "address": "12 Mill Lane\nGuildford",
        "postcode": "GU1 4AB",
    }
    return client.post(reverse("council:child-change", args=[child.pk]), data | changes)


def test_a_child_is_searched_for_and_found(officer: Client):
    child = a_child()
    assert "Everything you open here is recorded" in _words(officer, "children")
    page = _words(officer, "children", query="?q=pugh+angharad")
    for words in (child.name, "4 March 2015", child.reference, "12 Mill Lane, Guildford, GU1 4AB"):
        assert words in page
    assert reverse("council:child", args=[child.pk]) in page
    assert "No child found" in _words(officer, "children", query="?q=zzz")
    look = Audited.objects.filter(verb="child.viewed", detail__surface="search").order_by("pk")[1]
    assert look.detail["shown"] == [child.pk]


@pytest.mark.parametrize("typed", ["%00", "%25%25", "'", "a" * 3000, "٣/٣/٣", "<script>"])
def test_any_search_gives_a_page(officer: Client, typed: str):
    assert "<script>" not in _words(officer, "children", query=f"?q={typed}")


def test_the_record_shows_the_identity_that_prevents_mistakes(officer: Client):
    child, twin = a_child(), a_child(forename="Alys")
    page = _words(officer, "child", child.pk)
    for words in (child.name, "Born 4 March 2015", child.reference, f"Sibling alert: {twin.name}"):
        assert words in page


@pytest.mark.req("SP-207")
def test_the_queue_is_named_in_welsh_to_who_reads_welsh(client: Client):
    come_in(client, an_officer(language="cy"))
    child = linkage.add_child_for(a_mention(), by=an_officer(), now=NOON).child
    assert "gan Ciw plant" in _words(client, "child", child.pk)
    assert "Incoming children queue" not in _words(client, "children", query="?q=pugh")


@pytest.mark.req("SP-207")
def test_last_updated_names_the_queue_a_record_came_from(officer: Client):
    child = linkage.add_child_for(a_mention(), by=an_officer(), now=NOON).child
    page = _words(officer, "child", child.pk)
    assert "Last Updated" in page
    assert "1 June 2026, 1pm by Incoming children queue" in page or "Incoming children queue" in page


def test_the_history_says_who_what_when_before_and_after(officer: Client):
    child = a_child()
    children.change_child(child, changes={"surname": "Morgan"}, by=a_safeguarding_officer(), now=LATER)
    page = _words(officer, "child", child.pk)
    assert '<del class="gh-was">Pugh</del>' in page
    assert '<ins class="gh-now">Morgan</ins>' in page
    assert str(a_safeguarding_officer()) in page
    assert "The record was opened" in page


def test_a_decision_is_in_the_history_of_the_record(officer: Client):
    child = a_child(surname="Morgan")
    mention = a_mention()
    linkage.match_mention(mention, child=child, choices={"surname": "ours"}, by=an_officer(), now=LATER)
    assert "Angharad Pugh was matched with Angharad Morgan" in _words(officer, "child", child.pk)


@pytest.mark.req("SP-066")
def test_an_officer_records_a_longer_name_than_a_family_can(officer: Client):
    child = a_child()
    long = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
    assert _change(officer, child, surname=long, forename="Angharad-Gwenllian-Myfanwy").status_code == 302
    assert f"Angharad-Gwenllian-Myfanwy {long}" in _words(officer, "child", child.pk)


def test_an_officer_corrects_the_record(officer: Client):
    child = a_child()
    answer = _change(
        officer,
        child,
        **{"born_on-day": "14", "gender": "other", "nhs_number": "943 476 5919", "postcode": "kt11aa"},
        uln="123 456 7899",
        address="3 High Street",
    )
    assert answer.url == reverse("council:child", args=[child.pk])
    child.refresh_from_db()
    assert (child.born_on, child.gender, child.nhs_number) == (date(2015, 3, 14), "other", "9434765919")
    assert (child.postcode, child.postcode_key) == ("KT1 1AA", "KT11AA")
    assert child.uln == "1234567899"
    assert "1234567899" in _words(officer, "child", child.pk)
    assert child.address["lines"] == ["3 High Street"]
    assert child.updated_by == an_officer()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"forename": "", "surname": ""}, "surname", "Enter the child’s first name or surname"),
        ({"surname": "x" * 101}, "surname", "Use 100 characters or fewer"),
        ({"born_on-month": "13"}, "born_on", "Enter a real date of birth"),
        ({"born_on-year": ""}, "born_on", "Enter a real date of birth"),
        ({"born_on-year": "2999"}, "born_on", "must be today or in the past"),
        ({"gender": "cat"}, "gender", "Choose a gender from the list"),
        ({"upn": "A12"}, "upn", "Enter a unique pupil number"),
        ({"nhs_number": "1234567890"}, "nhs_number", "Enter an NHS number"),
        ({"uln": "1234567890"}, "uln", "Enter a unique learner number"),
        ({"postcode": "nowhere"}, "postcode", "Enter a full UK postcode"),
        ({"address": "a\n" * 9}, "address", "Use at most 6 lines"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(officer: Client, changes, field, words):
    child = a_child()
    answer = _change(officer, child, midname="Gwenllian", **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'href="#{field}"' in page
    assert 'value="Gwenllian"' in page
    child.refresh_from_db()
    assert child.midname == ""


def test_a_restricted_address_is_shown_and_changed_by_safeguarding_only(officer: Client):
    child = a_child()
    children.change_child(child, changes={"restricted": True}, by=a_safeguarding_officer(), now=NOON)
    everything = "".join(_words(officer, name, child.pk) for name in PAGES)
    everything += _words(officer, "children", query="?q=pugh")
    assert "Mill Lane" not in everything and "GU1 4AB" not in everything
    _change(officer, child, address="1 Nowhere", postcode="KT1 1AA", midname="Mair")
    child.refresh_from_db()
    assert (child.midname, child.postcode, child.restricted) == ("Mair", "GU1 4AB", True)
    come_in(officer, a_safeguarding_officer())
    assert "12 Mill Lane" in _words(officer, "child", child.pk)


@pytest.mark.req("SP-216", "SP-217")
def test_an_approved_form_is_on_the_chronology_with_its_date_as_a_link(officer: Client):
    entry = _approved()
    child = entry.mention.child
    page = _words(officer, "child-chronology", child.pk)
    assert "Assessment Form" in page
    assert reverse("council:entry", args=[entry.pk]) in page
    assert "1 June 2026" in page


@pytest.mark.req("SP-216")
def test_a_form_not_yet_approved_is_not_on_the_chronology(officer: Client):
    case = an_open_case(matched="added")
    page = _words(officer, "child-chronology", case.mention.child_id)
    assert "Nothing is on the chronology yet." in page
    entry = Entry.objects.get(source_id=str(case.submission_id))
    assert officer.get(reverse("council:entry", args=[entry.pk])).status_code == 404


@pytest.mark.req("SP-217")
def test_the_same_form_from_both_parents_makes_two_events(officer: Client):
    first = _approved()
    second = _approved(sender=another_parent())
    added = Decision.objects.filter(mention=second.mention).latest("pk")
    mention = linkage.undo_decision(added, by=an_officer(), now=LATER)
    linkage.match_mention(mention, child=first.mention.child, choices={}, by=an_officer(), now=LATER)
    page = _words(officer, "child-chronology", first.mention.child_id)
    assert reverse("council:entry", args=[first.pk]) in page
    assert reverse("council:entry", args=[second.pk]) in page


@pytest.mark.req("SP-217")
def test_a_safeguarding_form_is_read_by_the_safeguarding_team_only(officer: Client):
    entry = _approved("safeguarding")
    child = entry.mention.child
    assert "Safeguarding Concern" not in _words(officer, "child-chronology", child.pk)
    assert officer.get(reverse("council:entry", args=[entry.pk])).status_code == 404
    come_in(officer, a_safeguarding_officer())
    assert "Safeguarding Concern" in _words(officer, "child-chronology", child.pk)
    assert "Why do you write?" in _words(officer, "entry", entry.pk)


@pytest.mark.req("SP-219")
def test_the_dates_of_a_form_sent_again_say_when_it_first_came(officer: Client):
    entry = _approved()
    first = Submission.objects.get()
    again = a_submission(reference=first.reference, follows=first, sent_at=NOON + timedelta(days=9))

    shown = dict(dates_panel(entry, again).pairs)

    assert shown["Submitted"] == dict(dates_panel(entry, first).pairs)["Submitted"]
    assert shown["Changed and sent again"][0].startswith(f"{NOON.day + 9} ")
    assert "Changed and sent again" not in dict(dates_panel(entry, first).pairs)


@pytest.mark.req("SP-219")
def test_the_dates_of_a_form_stand_in_the_order_in_which_they_came(officer: Client):
    entry = _approved()
    first = Submission.objects.get()
    again = a_submission(reference=first.reference, follows=first, sent_at=NOON + timedelta(days=9))

    shown = [name for name, _said in dates_panel(entry, first).pairs]
    assert shown.index("Submitted") < shown.index("Matched") < shown.index("Decided")
    assert [name for name, _said in dates_panel(entry, again).pairs][-1] == "Changed and sent again"


@pytest.mark.req("SP-218", "SP-219")
def test_an_event_shows_the_form_read_only_in_numbered_panels(officer: Client):
    entry = _approved()
    page = _words(officer, "entry", entry.pk)
    panels = ["000</span> Summary of dates", "001</span> Subject Details", "002</span> The child"]
    places = [page.index(panel) for panel in panels]
    assert places == sorted(places)
    dates, subject, step = page[places[0] : places[1]], page[places[1] : places[2]], page[places[2] :]
    for words in ("Submitted", "Opened", "Decided", "Matched", "1 June 2026"):
        assert words in dates
    for words in ("Angharad", "Pugh", "4 March 2015", "GU1 4AB"):
        assert words in subject
    for words in ("Why do you write?", "She needs help"):
        assert words in step
    assert "003</span>" not in page
    main = page[page.index("<main") : page.index("</main")]
    assert "<input" not in main and "<form" not in main


def test_the_forms_of_the_officers_teams_are_listed(officer: Client):
    case = a_case(matched="added")
    child = case.mention.child
    page = _words(officer, "child-forms", child.pk)
    assert case.reference in page
    come_in(officer, a_safeguarding_officer())
    assert case.reference not in _words(officer, "child-forms", child.pk)


@pytest.mark.req("GH-046")
def test_every_look_at_a_child_is_recorded_and_shown(officer: Client):
    child = a_child()
    for name in PAGES:
        before = Audited.objects.filter(verb="child.viewed", child_id=child.pk).count()
        _words(officer, name, child.pk)
        assert Audited.objects.filter(verb="child.viewed", child_id=child.pk).count() == before + 1
    assert str(an_officer()) in _words(officer, "child-looked", child.pk)


@pytest.mark.parametrize("stranger", [a_parent, an_administrator])
def test_nobody_else_comes_in(client: Client, stranger):
    entry = _approved()
    child = entry.mention.child
    come_in(client, stranger())
    addresses = [reverse(f"council:{name}", args=[child.pk]) for name in PAGES]
    for address in (reverse("council:children"), reverse("council:entry", args=[entry.pk]), *addresses):
        assert client.get(address).status_code == 403
    come_in(client, an_officer(), verified=False)
    for address in addresses:
        assert client.get(address).status_code == 403


def test_a_record_taken_away_is_not_there(officer: Client):
    child = a_child()
    children.remove_child(child, by=an_officer(), now=NOON)
    for name in PAGES:
        assert officer.get(reverse(f"council:{name}", args=[child.pk])).status_code == 404


def test_the_pages_speak_welsh(officer: Client):
    entry = _approved()
    user = an_officer()
    user.language = "cy"
    user.save()
    assert "Cronoleg" in _words(officer, "child", entry.mention.child_id)
    page = _words(officer, "entry", entry.pk)
    assert "Crynodeb o ddyddiadau" in page
    assert "Ffurflen Asesu" in page and "Y plentyn" in page


def _queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_chronology_costs_the_same_for_10_and_200_events(officer: Client):
    entry = _approved()
    address = reverse("council:child-chronology", args=[entry.mention.child_id]) + "?size=100"

    def _more(numbers: range) -> None:
        for number in numbers:
            chronology.write_entry(
                entry.mention,
                kind="note",
                source_id=str(number),
                title={"en": "A visit", "cy": "Ymweliad"},
                happened_at=NOON - timedelta(minutes=number),
                shown_from=NOON,
            )

    _more(range(10))
    few = _queries_of(officer, address)
    _more(range(10, 200))
    assert _queries_of(officer, address) == few


def test_the_search_costs_the_same_for_10_and_50_children(officer: Client):
    address = reverse("council:children") + "?q=angharad+pugh&size=50"

    def _letters(number: int) -> str:
        return f"{chr(97 + number // 26)}{chr(97 + number % 26)}"

    for number in range(10):
        a_child(midname=_letters(number))
    few = _queries_of(officer, address)
    for number in range(10, 60):
        a_child(midname=_letters(number))
    assert _queries_of(officer, address) <= few


@pytest.mark.req("SP-150")
def test_answers_marked_for_the_chronology_stand_under_their_entry_and_no_others(officer: Client):
    entry = _approved(version=_marked(), answers={"NAME": "Pugh", "WHY": "She **needs** help " + "x" * 300})
    page = _words(officer, "child-chronology", entry.mention.child_id)

    assert ">Why do you write?</span> She needs help xxx" in page and "x" * 200 not in page
    assert ">Surname</span> Pugh" not in page


@pytest.mark.req("SP-150", "SP-217")
def test_answers_of_forms_not_approved_or_not_readable_stay_off_the_chronology(officer: Client):
    answers = {"NAME": "Pugh", "WHY": "Only for some"}
    case = an_open_case(matched="added", version=_marked(), answers=answers)
    assert "Only for some" not in _words(officer, "child-chronology", case.mention.child_id)
    hidden = _approved("safeguarding", version=_marked("safeguarding"), answers=answers)
    assert "Only for some" not in _words(officer, "child-chronology", hidden.mention.child_id)
    come_in(officer, a_safeguarding_officer())
    assert "Only for some" in _words(officer, "child-chronology", hidden.mention.child_id)


def _marked(destination: str = "send") -> FormVersion:
    """The short form with WHY, a memo, on the chronology."""
    groups = deepcopy(a_form(destination).definition["groups"])
    groups[0]["questions"][1] |= {"kind": "memo", "chronology": True}
    return a_form(destination, groups=groups)
