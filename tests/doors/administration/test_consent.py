"""GDPR Administration: the library, the schedule, who is told, withdrawals and histories."""

from datetime import timedelta

import pytest
from django.urls import reverse

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.outbox.mailbox import letters
from guildhall.people.accounts.models import ConsentGiven, ConsentStatement
from guildhall.people.consent import queries, services
from guildhall.people.consent.models import NotifiedAddress, Question, Scheduled, Withdrawal

from ...definitions import a_family_child
from ...mailbox import deliver
from ...people.consent.scene import NETWORK, a_question, published
from ...standing import (
    NOON,
    a_parent,
    a_person,
    a_professional,
    an_administrator,
    an_officer,
    another_parent,
    come_in,
)
from ...support.seen import seen_at, seen_on

ROOT = "/council/administration/consent/"
WORDS = {
    "statement_en": "We keep **what** you send.",
    "agreement_en": "I agree to it.",
    "statement_cy": "Rydym yn cadw'r cyfan.",
    "agreement_cy": "Rwy'n cytuno.",
}
ANSWERED = {"language": "en", "network": NETWORK}
pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    return come_in(client, an_administrator())


@pytest.mark.req("SP-311")
@pytest.mark.parametrize(
    "path",
    [
        "",
        "questions/",
        "questions/add/",
        "schedule/",
        "schedule/add/",
        "emails/",
        "withdrawals/",
        "histories/",
    ],
)
def test_only_those_who_manage_consent_come_in_and_with_both_steps(client, path):
    for user in (an_officer(), a_parent(), a_professional()):
        come_in(client, user)
        assert client.get(ROOT + path).status_code in {403, 404}, user
    come_in(client, an_administrator(), verified=False)
    assert client.get(ROOT + path).status_code == 403
    come_in(client, an_administrator())
    assert client.get(ROOT + path).status_code == 200


@pytest.mark.req("SP-310")
def test_the_first_page_leads_to_every_part_and_to_the_cache(manager):
    page = manager.get(ROOT).text
    for name in (
        "Configurable Questions Library",
        "GDPR Consent Statement Schedule",
        "Notification Email Addresses",
        "GDPR Consent Withdrawals",
        "GDPR Consent Histories",
    ):
        assert f">{name}</a>" in page
    assert f'href="{reverse("administration:consent-cache")}"' in page
    assert "Clear Cache" in manager.get(reverse("administration:consent-cache")).text


@pytest.mark.req("SP-060")
@pytest.mark.parametrize("page", ["/council/", "/council/administration/"])
def test_the_home_page_has_a_tile_only_for_those_with_the_permission(client, page):
    tile = f'href="{ROOT}">GDPR Administration</a>'
    come_in(client, an_administrator())
    assert tile in client.get(page).text
    come_in(client, a_person("helen@council.example.org", role="auditor"))
    assert tile not in client.get(page).text


@pytest.mark.req("SP-312")
def test_the_library_offers_a_new_tick_box_question_and_opens_its_editor(manager):
    page = manager.get(ROOT + "questions/").text
    assert '<option value="gdpr" selected>GDPR Consent Statement</option>' in page
    assert "Add new tick box question" in page
    assert "There are no questions yet" in page
    assert "Tick Box Question Editor</h1>" in manager.get(ROOT + "questions/add/", {"kind": "gdpr"}).text


@pytest.mark.req("SP-313", "SP-314")
def test_a_question_is_saved_in_both_languages_and_made_active(manager):
    assert manager.post(ROOT + "questions/add/", WORDS | {"active": "yes"}).url == ROOT + "questions/"
    question = Question.objects.get()
    assert question.statement == {"en": WORDS["statement_en"], "cy": WORDS["statement_cy"]}
    assert question.agreement == {"en": WORDS["agreement_en"], "cy": WORDS["agreement_cy"]}
    assert question.active
    again = manager.get(f"{ROOT}questions/{question.pk}/").text
    assert "I agree to it." in again
    manager.post(f"{ROOT}questions/{question.pk}/", WORDS | {"revision": "1"})
    assert not Question.objects.get().active


@pytest.mark.req("SP-313")
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_question_may_be_in_one_language_only(manager, language):
    typed = {name: words for name, words in WORDS.items() if name.endswith(language)}
    assert manager.post(ROOT + "questions/add/", typed).status_code == 302
    assert [tongue for tongue, words in Question.objects.get().statement.items() if words] == [language]


def test_half_a_language_or_nothing_is_refused_beside_the_field(manager):
    def problems(typed):
        answer = manager.post(ROOT + "questions/add/", typed)
        assert answer.status_code == 422
        return answer.context["problems"]

    assert list(problems({})) == ["statement_en"]
    assert problems({"statement_cy": "x"}) == {"agreement_cy": "Enter the agreement text in Welsh"}
    assert problems({"agreement_en": "x"}) == {"statement_en": "Enter the statement in English"}
    assert list(problems({"statement_en": "x" * 20_001, "agreement_en": "y"})) == ["statement_en"]
    assert not Question.objects.exists()


@pytest.mark.req("SP-314")
@pytest.mark.parametrize(
    ("language", "words"), [("en", "<strong>what</strong>"), ("cy", "cadw&#x27;r cyfan")]
)
def test_a_preview_shows_it_as_the_user_will_see_it_and_keeps_what_was_typed(manager, language, words):
    page = manager.post(ROOT + "questions/add/", WORDS | {"preview": language})
    preview = page.text.split('id="preview-part"')[1].split("</section>")[0]
    assert words in preview.replace("&#39;", "&#x27;").replace("'", "&#x27;")
    assert 'type="checkbox"' in preview and " checked" not in preview
    assert "We keep **what** you send." in page.text
    assert not Question.objects.exists()


def test_a_preview_without_words_in_its_language_shows_what_its_readers_see_instead(manager):
    typed = WORDS | {"statement_cy": "", "agreement_cy": "", "preview": "cy"}
    page = manager.post(ROOT + "questions/add/", typed).text
    preview = page.split('id="preview-part"')[1].split("</section>")[0]
    assert "This statement is only in English" in preview
    assert "We keep <strong>what</strong> you send." in preview


def test_a_list_names_a_statement_without_its_marks_of_formatting(manager):
    manager.post(ROOT + "questions/add/", WORDS | {"statement_en": "We keep:\n\n* **little**"})
    assert "We keep: • little" in manager.get(ROOT + "questions/").text


def test_a_statement_cannot_carry_a_script(manager):
    typed = WORDS | {"statement_en": "<script>alert(1)</script> [x](javascript:alert(1))", "preview": "en"}
    page = manager.post(ROOT + "questions/add/", typed).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_what_two_people_change_at_once_is_not_lost(manager):
    question = a_question()
    path = f"{ROOT}questions/{question.pk}/"
    assert manager.post(path, WORDS | {"revision": "1", "active": "yes"}).status_code == 302
    refused = manager.post(path, WORDS | {"revision": "1", "active": "yes", "statement_en": "Mine"})
    assert refused.status_code == 422
    assert "Mine" in refused.text
    for typed in ("", "x", "9" * 40):
        assert manager.post(path, WORDS | {"revision": typed}).status_code == 422


@pytest.mark.req("SP-316")
def test_one_active_statement_is_chosen_by_radio_button_and_scheduled(manager):
    a_question("Not this one", active=False)
    question = a_question("This one")
    page = manager.get(ROOT + "schedule/add/").text
    assert "This one" in page and "Not this one" not in page
    assert page.count('type="radio"') == 1 and " checked" not in page

    when = {"publish-day": "1", "publish-month": "7", "publish-year": "2099", "publish-time": "09:30"}
    assert manager.post(ROOT + "schedule/add/", when | {"question": question.pk}).url == ROOT + "schedule/"
    scheduled = Scheduled.objects.get()
    assert scheduled.publish_at.isoformat() == "2099-07-01T08:30:00+00:00"
    assert "1 July 2099, 9:30am" in manager.get(ROOT + "schedule/").text


@pytest.mark.req("GH-041")
def test_the_library_and_the_choice_show_a_statement_in_the_readers_language(client):
    come_in(client, an_administrator(language="cy"))
    a_question("Spoken in both")
    for path in ("questions/", "schedule/add/", "schedule/"):
        if path == "schedule/":
            published("Spoken in both")
        page = client.get(ROOT + path).text
        assert "Cymraeg: Spoken in both" in page, path


@pytest.mark.req("SP-317")
def test_without_a_date_a_statement_is_published_at_once(manager):
    question = a_question("At once")
    manager.post(ROOT + "schedule/add/", {"question": question.pk})
    assert queries.current().wording["en"] == "At once"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"publish-day": "31", "publish-month": "2", "publish-year": "2099"}, "publish"),
        ({"publish-day": "x"}, "publish"),
        ({"publish-time": "25:00"}, "publish"),
        ({"publish-day": "1", "publish-month": "1", "publish-year": "99999999"}, "publish"),
        ({"publish-day": "1", "publish-month": "1", "publish-year": "2020"}, "publish"),
        ({"question": "no"}, "question"),
        ({"question": "987654321"}, "question"),
    ],
)
def test_a_moment_or_choice_that_cannot_be_is_refused_and_kept_on_the_page(manager, typed, field):
    question = a_question()
    before = ConsentStatement.objects.count()
    answer = manager.post(ROOT + "schedule/add/", {"question": str(question.pk)} | typed)
    assert answer.status_code == 422
    assert list(answer.context["problems"]) == [field]
    assert not Scheduled.objects.exists()
    assert ConsentStatement.objects.count() == before


@pytest.mark.req("SP-315")
def test_the_schedule_shows_published_statements_with_their_details(manager):
    statement = published("Words of now")
    services.agree(a_parent(), statement_id=statement.pk, now=NOON, **ANSWERED)
    page = manager.get(ROOT + "schedule/").text
    assert page.count("Current") >= 1 and "Earlier" in page
    details = manager.get(f"{ROOT}statements/{statement.pk}/")
    assert "Words of now" in details.text and "Cymraeg: Words of now" in details.text
    assert details.context["answers"] == {"agreed": 1, "withheld": 0, "withdrawn": 0}
    assert str(an_administrator()) in details.text


@pytest.mark.req("SP-315")
def test_what_is_not_yet_published_can_be_deleted_after_a_question(manager):
    waiting = services.schedule(
        a_question(), publish_at=NOON + timedelta(days=36_500), by=an_administrator(), now=NOON
    )
    path = f"{ROOT}schedule/{waiting.pk}/delete/"
    assert "It will not be published" in manager.get(path).text
    assert Scheduled.objects.exists()
    assert manager.post(path).url == ROOT + "schedule/"
    assert not Scheduled.objects.exists()
    assert manager.get(path).status_code == 404


def test_a_published_statement_has_nothing_to_delete(manager):
    done = services.schedule(a_question(), publish_at=None, by=an_administrator(), now=NOON)
    assert manager.post(f"{ROOT}schedule/{done.pk}/delete/").status_code == 404


@pytest.mark.req("SP-318")
def test_addresses_are_separated_by_semicolons_tested_and_saved(manager):
    typed = {"addresses": "one@council.example.org; two@council.example.org;"}
    tested = manager.post(ROOT + "emails/", typed | {"test": "1"})
    assert tested.status_code == 200
    assert not NotifiedAddress.objects.exists(), "a test keeps nothing"
    deliver()
    for address in ("one@council.example.org", "two@council.example.org"):
        assert len(letters(to=address, most=5)) == 1

    assert manager.post(ROOT + "emails/", typed | seen_at(manager, ROOT + "emails/")).url == ROOT
    assert queries.notified() == ["one@council.example.org", "two@council.example.org"]
    assert "one@council.example.org; two@council.example.org" in manager.get(ROOT + "emails/").text
    manager.post(ROOT + "emails/", {"addresses": ""} | seen_at(manager, ROOT + "emails/"))
    assert queries.notified() == []


@pytest.mark.req("SP-318")
def test_addresses_that_somebody_else_changed_meanwhile_are_not_lost(manager):
    services.change_notified(["one@council.example.org"], by=an_administrator(), now=NOON)
    mine = {"addresses": "one@council.example.org; mine@council.example.org"}
    before = seen_at(manager, ROOT + "emails/")
    services.change_notified(
        ["one@council.example.org", "theirs@council.example.org"], by=an_administrator(), now=NOON
    )
    for seen in (before, {}):
        answer = manager.post(ROOT + "emails/", mine | seen)
        assert answer.status_code == 409
        assert ">one@council.example.org; theirs@council.example.org</dd>" in answer.text
        assert "; mine@council.example.org</textarea>" in answer.text, "what was typed is still there"
        assert queries.notified()[-1] == "theirs@council.example.org"
    assert manager.post(ROOT + "emails/", mine | seen_on(answer.text)).url == ROOT
    assert queries.notified()[-1] == "mine@council.example.org"


@pytest.mark.parametrize("typed", ["one", "a@b", "a@example.org, b@example.org", "a@ex ample.org", "x" * 300])
def test_what_is_no_address_is_named_and_nothing_is_kept(manager, typed):
    answer = manager.post(ROOT + "emails/", {"addresses": typed})
    assert answer.status_code == 422
    assert "is not an email address" in answer.context["problems"]["addresses"]
    assert not NotifiedAddress.objects.exists()


def test_a_test_needs_an_address_and_there_is_a_bound(manager):
    assert manager.post(ROOT + "emails/", {"addresses": "", "test": "1"}).status_code == 422
    many = ";".join(f"a{n}@example.org" for n in range(51))
    assert manager.post(ROOT + "emails/", {"addresses": many}).status_code == 422


def some_withdrawals():
    """Dilys withdrew, Marek withheld."""
    withdrawn = services.withdraw(a_parent(surname="Huws"), now=NOON, **ANSWERED)
    marek = another_parent(surname="Nowak")
    services.decline(marek, statement_id=queries.current().pk, now=NOON + timedelta(days=3), **ANSWERED)
    return withdrawn, Withdrawal.objects.get(user=marek)


def names(page):
    return [str(one.user) for one in page.context["page"]]


@pytest.mark.req("SP-319")
def test_withdrawals_list_those_who_withheld_or_withdrew_and_can_be_searched(manager):
    some_withdrawals()
    path = ROOT + "withdrawals/"
    assert names(manager.get(path)) == ["Marek Nowak", "Dilys Huws"]
    assert names(manager.get(path, {"words": "HUWS"})) == ["Dilys Huws"]
    assert names(manager.get(path, {"words": "dilys@example"})) == ["Dilys Huws"]
    assert names(manager.get(path, {"answer": "withheld"})) == ["Marek Nowak"]
    since = {"start-day": "3", "start-month": "6", "start-year": "2026"}
    assert names(manager.get(path, since)) == ["Marek Nowak"]
    until = {"end-day": "1", "end-month": "6", "end-year": "2026"}
    assert names(manager.get(path, until)) == ["Dilys Huws"]
    assert names(manager.get(path, {"sort": "name"})) == ["Dilys Huws", "Marek Nowak"]
    assert names(manager.get(path, {"sort": "-answer"})) == ["Marek Nowak", "Dilys Huws"]
    assert "Nobody is on this list" in manager.get(path, {"words": "nobody"}).text
    never = {"end-day": "1", "end-month": "1", "end-year": "9" * 20}
    for odd in ({"answer": "x", "status": "y", "sort": "z", "page": "-1"}, {"start-day": "40"}, never):
        assert manager.get(path, odd).status_code == 200


@pytest.mark.req("SP-320")
def test_mark_actioned_changes_the_status_and_can_be_undone(manager):
    withdrawn, _ = some_withdrawals()
    path = ROOT + "withdrawals/"
    page = manager.post(f"{path}{withdrawn.pk}/actioned/", follow=True)
    assert "Marked as actioned: Dilys Huws." in page.text
    assert names(page) == ["Marek Nowak", "Dilys Huws"], "it stays on the list, with its new status"
    assert names(manager.get(path, {"status": "actioned"})) == ["Dilys Huws"]
    assert names(manager.get(path, {"status": "todo"})) == ["Marek Nowak"]
    manager.post(f"{path}{withdrawn.pk}/to-do/")
    assert names(manager.get(path, {"status": "todo"})) == ["Marek Nowak", "Dilys Huws"]
    assert manager.get(f"{path}{withdrawn.pk}/actioned/").status_code == 405


@pytest.mark.req("SP-320")
def test_marking_and_its_undo_lead_back_to_the_list_as_it_was_searched(manager):
    withdrawn, _ = some_withdrawals()
    searched = ROOT + "withdrawals/?words=huws&status=todo"
    assert 'name="next" value="' + searched.replace("&", "&amp;") in manager.get(searched).text
    answer = manager.post(f"{ROOT}withdrawals/{withdrawn.pk}/actioned/", {"next": searched})
    assert answer.url == searched
    assert 'name="next" value="' + searched.replace("&", "&amp;") in manager.get(answer.url).text
    answer = manager.post(f"{ROOT}withdrawals/{withdrawn.pk}/to-do/", {"next": "https://example.org/"})
    assert answer.url == ROOT + "withdrawals/"


@pytest.mark.req("SP-320")
def test_the_children_of_the_family_are_shown_and_that_they_were_is_recorded(manager):
    dilys = a_parent()
    child = a_family_child(dilys)
    a_family_child(another_parent(), forename="Somebody")
    withdrawn = services.withdraw(dilys, now=NOON, **ANSWERED)
    page = manager.get(f"{ROOT}withdrawals/{withdrawn.pk}/children/").text
    assert child.forename in page and child.surname in page
    assert "Somebody" not in page
    entry = Entry.objects.get(verb="child.viewed")
    assert entry.detail["shown"] == [str(child.pk)]
    assert manager.get(f"{ROOT}withdrawals/987654321/children/").status_code == 404


@pytest.mark.req("SP-321")
def test_histories_are_searched_and_a_name_opens_the_whole_history_of_one(manager):
    withdrawn, _ = some_withdrawals()
    path = ROOT + "histories/"
    assert names(manager.get(path)) == ["Marek Nowak", "Marek Nowak", "Dilys Huws", "Dilys Huws"]
    assert names(manager.get(path, {"words": "huws", "answer": "agreed"})) == ["Dilys Huws"]
    listed = manager.get(path, {"words": "huws"})
    link = f'href="{path}{withdrawn.user_id}/"'
    assert link in listed.text
    history = manager.get(f"{path}{withdrawn.user_id}/")
    assert "Consent History for User</h1>" in history.text
    assert [given.answer for given, _ in history.context["given"]] == ["withdrawn", "agreed"]
    assert manager.get(f"{path}{an_administrator().pk}/").status_code == 404


@pytest.mark.parametrize("which", ["withdrawals", "histories"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(manager, which, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(12) as asked:
            manager.get(f"{ROOT}{which}/")
        return len(asked.captured_queries)

    some_withdrawals()
    manager.get(f"{ROOT}{which}/")
    short = cost()
    statement = queries.current().pk
    for number in range(12):
        user = a_person(f"p{number}@example.org", role="parent")
        services.decline(user, statement_id=statement, now=NOON, **ANSWERED)
    assert cost() == short
    assert ConsentGiven.objects.filter(answer="withheld").count() == 13


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_consent_administration_can_be_drawn(client, language):
    come_in(client, an_administrator(language=language))
    withdrawn, _ = some_withdrawals()
    question = a_question()
    waiting = services.schedule(
        question, publish_at=NOON + timedelta(days=36_500), by=an_administrator(), now=NOON
    )
    paths = ["", "questions/", f"questions/{question.pk}/", "schedule/", "schedule/add/", "emails/"]
    paths += [f"schedule/{waiting.pk}/delete/", f"statements/{queries.current().pk}/", "withdrawals/"]
    paths += [f"withdrawals/{withdrawn.pk}/children/", "histories/", f"histories/{withdrawn.user_id}/"]
    for path in paths:
        page = client.get(ROOT + path)
        assert page.status_code == 200, path
        assert f'lang="{language}"' in page.text


@pytest.mark.req("SP-058")
def test_every_field_has_a_tooltip(manager):
    a_question()
    for path, fields in {
        "questions/": ["kind"],
        "questions/add/": [*WORDS, "active"],
        "schedule/add/": ["question", "publish", "publish-time"],
        "emails/": ["addresses"],
        "withdrawals/": ["words", "answer", "status", "start", "end"],
        "histories/": ["words", "answer", "start", "end"],
    }.items():
        page = manager.get(ROOT + path).text
        for field in fields:
            assert f'id="{field}-tooltip"' in page, (path, field)
