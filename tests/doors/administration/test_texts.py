"""Edit Site Texts and the automatic emails, as administrators meet them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from guildhall.foundation.texts import services
from guildhall.foundation.texts.models import Change, Override
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.services import proofs

from ...mailbox import last_letter
from ...standing import NOON, a_parent, a_professional, an_administrator, an_officer, come_in
from ...support.seen import seen_at, seen_on

pytestmark = pytest.mark.django_db
TEXTS = "/council/administration/texts/"
EMAILS = "/council/administration/emails/"
SUBJECT = "account.EmailSubject_Registration"
PAGE = f"{TEXTS}account/EmailSubject_Registration/en/"
AREAS_OF_SERVICES = {
    "citizen-thirty-hours-entitlement": "thirty-hours",
    "free-school-meals": "free-school-meals",
    "admissions": "school-places",
    "transport": "transport",
    "courses": "courses",
    "two-year-old-funding": "two-year-olds",
}


@pytest.fixture
def admin():
    return come_in(Client(), an_administrator())


def hidden(text, name):
    return re.search(rf'name="{re.escape(name)}" value="([^"]*)"', text)[1]


def save(client, page=PAGE, **fields):
    seen = hidden(client.get(page).text, "seen")
    return client.post(page, {"seen": seen, "do": "save"} | fields)


@pytest.mark.req("SP-283", "SP-284")
def test_the_areas_are_offered_by_their_names(admin):
    page = admin.get(TEXTS).text
    for name in (
        *("Account", "Administration", "Admissions", "Citizen Thirty Hours Entitlement", "Free School Meals"),
        *("Home", "Home Tiles", "Local Authority", "Messaging", "SEND", "Shared", "Courses", "Transport"),
        *("Two Year Old Funding", "Text Blocks"),
    ):
        assert f">{name}</option>" in page


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-282", "SP-283")
@pytest.mark.parametrize(("area", "service"), AREAS_OF_SERVICES.items())
def test_the_area_of_a_service_holds_what_its_page_says(admin, area, service):
    assert "Guidance" in admin.get(TEXTS, {"area": area}).text
    save(admin, f"{TEXTS}{area}/Guidance/en/", value="Bring the blue letter")
    parent = come_in(Client(), a_parent())
    assert "Bring the blue letter" in parent.get(f"/services/{service}/").text


@pytest.mark.req("SP-282", "SP-288")
def test_texts_for_schools_are_found_and_changed_like_all_others(admin):
    page = admin.get(TEXTS, {"q": say("schools.Changes_Heading", "en"), "area": "schools"}).text
    assert f"{TEXTS}schools/Changes_Heading/en/" in page
    save(admin, f"{TEXTS}schools/Changes_Heading/en/", value="Who did what at schools")
    assert "Who did what at schools" in admin.get("/council/administration/schools/changes/").text


@pytest.mark.req("SP-286")
def test_an_area_lists_its_values_and_save_returns_to_the_list(admin):
    listed = admin.get(TEXTS, {"area": "account", "q": "EmailSubject_Registration"}).text
    assert "Please verify your email address" in listed
    href = re.search(r'href="([^"]*EmailSubject_Registration/en/[^"]*)"', listed)[1].replace("&amp;", "&")
    page = admin.get(href).text
    assert (
        "Resource Type" in page
        and "Resource Culture" in page
        and "<code>EmailSubject_Registration</code>" in page
    )
    assert not re.search(r'name="(key|culture|area)"', page)
    answer = admin.post(href, {"seen": hidden(page, "seen"), "back": "", "value": "Ours", "do": "save"})
    assert answer.status_code == 302
    assert answer.url.startswith(TEXTS)
    assert "Ours" in admin.get(answer.url).text


@pytest.mark.req("SP-285")
def test_welsh_is_one_press_away_and_english_is_the_beginning(admin):
    english = admin.get(TEXTS, {"area": "account", "q": "EmailSubject_Registration"}).text
    assert "Please verify" in english and "Dilyswch" not in english
    href = re.search(r'href="(\?[^"]*culture=cy-GB)"[^>]*>Welsh \(United Kingdom\)<', english)[1]
    assert "Dilyswch eich cyfeiriad e-bost" in admin.get(TEXTS + href.replace("&amp;", "&")).text
    save(admin, PAGE.replace("/en/", "/cy-GB/"), value="Ein geiriau ni")
    assert say(SUBJECT, "cy") == "Ein geiriau ni"
    assert say(SUBJECT, "en") == "Please verify your email address"


@pytest.mark.req("SP-287")
def test_what_was_searched_for_is_highlighted_and_names_filter_the_list(admin):
    page = admin.get(TEXTS, {"area": "account", "q": "verify YOUR"}).text
    assert "<mark>verify your</mark>" in page
    subjects = admin.get(TEXTS, {"area": "account", "q": "emailsubject"}).text
    rows = re.findall(r'<code class="gh-reference">(.*?)</code>', subjects)
    assert rows and all("EmailSubject" in row.replace("<mark>", "").replace("</mark>", "") for row in rows)
    blocks = admin.get(TEXTS, {"area": "text-blocks", "q": "email_reg"}).text
    assert "Registration" in blocks and "Page_About" not in blocks


@pytest.mark.req("SP-288")
def test_a_hit_in_the_other_language_shows_with_its_area(admin):
    page = admin.get(TEXTS, {"q": "Dilyswch eich cyfeiriad e-bost"}).text
    assert "<mark>Dilyswch eich cyfeiriad e-bost</mark>" in page
    assert '<td class="govuk-table__cell" data-label="Area">Account</td>' in page


def test_a_straight_apostrophe_finds_and_marks_the_curly_one_of_welsh(admin):
    page = admin.get(TEXTS, {"q": "mae'r datganiad hwn yn saesneg", "culture": "cy-GB"}).text
    assert "<mark>Mae’r datganiad hwn yn Saesneg</mark>" in page


def test_a_search_for_markup_stays_words(admin):
    page = admin.get(TEXTS, {"q": "<script>x</script>"}).text
    assert "<script>x" not in page


@pytest.mark.req("SP-058")
def test_a_changed_tooltip_is_what_the_next_person_reads_on_the_field(admin):
    before = Client().get("/account/sign-in").text
    name = re.search(r'gh-tooltip__text" id="[^"]*">([^<]+)<', before)[1]
    listed = admin.get(TEXTS, {"q": name.replace("&#x27;", "'"), "only": "tooltips"}).text
    page = re.search(r'href="(/council/administration/texts/[^"?]*_Tooltip/en/)', listed)[1]
    assert (
        "As help with a field"
        in admin.post(page, {"value": "Our own help", "do": "preview", "seen": "0"}).text
    )
    save(admin, page, value="Our own help with this field")
    assert "Our own help with this field" in Client().get("/account/sign-in").text


@pytest.mark.req("SP-054", "SP-092")
def test_texts_of_the_tiles_and_of_the_send_pages_are_edited_in_their_areas(admin):
    parent = come_in(Client(), a_parent())
    tile = re.search(
        r"/texts/home-tiles/([A-Za-z_]*Words|[A-Za-z_]+)/en/", admin.get(TEXTS, {"area": "home-tiles"}).text
    )[0]
    save(admin, f"/council/administration{tile}", value="Tile of our own")
    save(admin, f"{TEXTS}send/Summary_Heading/en/", value="Summary of our own")
    assert say("send.Summary_Heading", "en") == "Summary of our own"
    assert Override.objects.filter(area="home-tiles", value="Tile of our own").exists()
    assert parent.get("/home").status_code == 200


def test_an_unknown_placeholder_is_refused_beside_the_field_and_nothing_typed_is_lost(admin):
    answer = save(admin, f"{TEXTS}text-blocks/Email_Registration/en/", value="Dear {surname} {code} {link}")
    assert answer.status_code == 422
    assert "{surname}" in answer.text and "{authority}, {code}, " in answer.text
    assert "Dear {surname} {code} {link}</textarea>" in answer.text


def test_leaving_a_link_out_asks_first(admin):
    page = f"{TEXTS}text-blocks/Email_Registration/en/"
    answer = save(admin, page, value="Your code: {code}")
    assert answer.status_code == 422 and "Save without it" in answer.text
    assert save(admin, page, value="Your code: {code}", do="save-anyway").status_code == 302


def test_an_empty_value_is_refused_and_restore_brings_the_original_back(admin):
    assert save(admin, value=" ").status_code == 422
    save(admin, value="Ours")
    assert "Changed by us" in admin.get(PAGE).text
    admin.post(f"{PAGE}restore/", seen_at(admin, PAGE))
    assert say(SUBJECT, "en") == "Please verify your email address"
    assert not Override.objects.exists()


def test_who_saves_second_sees_both_wordings(admin):
    seen = hidden(admin.get(PAGE).text, "seen")
    services.change_text(SUBJECT, language="en", value="Theirs", by=None, now=NOON)
    answer = admin.post(PAGE, {"seen": seen, "value": "Mine", "do": "save"})
    assert answer.status_code == 409
    assert "Mine</textarea>" in answer.text and "Theirs" in answer.text
    assert say(SUBJECT, "en") == "Theirs"
    assert (
        admin.post(PAGE, {"seen": hidden(answer.text, "seen"), "value": "Mine", "do": "save"}).status_code
        == 302
    )


@pytest.mark.parametrize("path", ["{page}restore/", "{texts}changes/{change}/restore/"])
def test_nothing_is_restored_over_words_that_somebody_else_saved_meanwhile(admin, path):
    save(admin, value="Ours")
    shown = seen_at(admin, PAGE)
    restore = path.format(page=PAGE, texts=TEXTS, change=Change.objects.latest("pk").pk)
    services.change_text(SUBJECT, language="en", value="Theirs", by=None, now=NOON)
    for seen in (shown, {}):
        assert "nothing was restored" in admin.post(restore, seen, follow=True).text
    assert say(SUBJECT, "en") == "Theirs"


def test_history_shows_who_changed_what_and_goes_back(admin):
    save(admin, value="One")
    save(admin, value="Two")
    page = admin.get(PAGE).text
    assert "One" in page and str(an_administrator()) in page
    restore = f"{TEXTS}changes/{Change.objects.latest('pk').pk}/restore/"
    welsh = admin.get(PAGE.replace("/en/", "/cy-GB/")).text
    [form] = [each for each in welsh.split("<form ") if restore in each]
    admin.post(restore, seen_on(form))
    assert say(SUBJECT, "en") == "One", "the page of the other language has the history of both"


@pytest.mark.req("GH-041")
def test_changed_english_warns_that_its_welsh_is_behind_and_the_translator_sees_it(admin):
    answer = save(admin, value="Other words")
    assert "Welsh of it is missing or out of date" in admin.get(answer.url).text
    both = f"{TEXTS}side-by-side/?only=stale"
    page = admin.get(both).text
    assert "Welsh missing: 0. Welsh out of date: 1." in page and "Other words" in page
    fields = {"name": SUBJECT, f"seen-{SUBJECT}": "0", f"was-{SUBJECT}": say(SUBJECT, "cy")}
    admin.post(both, fields | {f"cy-{SUBJECT}": "Geiriau eraill"})
    assert say(SUBJECT, "cy") == "Geiriau eraill"
    assert "The Welsh is complete and up to date." in admin.get(both).text


def test_side_by_side_never_overwrites_what_another_translator_saved(admin):
    both = f"{TEXTS}side-by-side/?q=EmailSubject_Registration"
    was = say(SUBJECT, "cy")
    services.change_text(SUBJECT, language="cy", value="Eu geiriau nhw", by=None, now=NOON)
    answer = admin.post(
        both,
        {"name": SUBJECT, f"seen-{SUBJECT}": "0", f"was-{SUBJECT}": was, f"cy-{SUBJECT}": "Fy ngeiriau i"},
    )
    assert answer.status_code == 422
    assert "Fy ngeiriau i" in answer.text and "Eu geiriau nhw" in answer.text
    assert say(SUBJECT, "cy") == "Eu geiriau nhw"


def test_a_markdown_block_is_previewed_as_it_will_be_and_carries_no_script(admin):
    page = f"{TEXTS}text-blocks/Page_Terms/en/"
    typed = "## Terms\n\n<script>zqx()</script> [a](javascript:zqx()) **bold** {portal}"
    text = admin.post(page, {"value": typed, "do": "preview", "seen": "0"}).text
    assert "<strong>bold</strong>" in text and "<script>zqx" not in text and 'href="javascript' not in text
    assert not Override.objects.exists()


def test_words_that_became_anothers_placeholder_are_not_restored(admin):
    area = "/council/administration/texts/administration"
    admin.post(f"{area}/Placeholder_Title/en/", {"value": "{Salutation}", "do": "save", "seen": "0"})
    admin.post(f"{area}/Placeholder_Forename/en/", {"value": "{Title}", "do": "save", "seen": "0"})
    assert say("administration.Placeholder_Forename", "en") == "{Title}"
    admin.post(f"{area}/Placeholder_Title/en/restore/", seen_at(admin, f"{area}/Placeholder_Title/en/"))
    assert say("administration.Placeholder_Title", "en") == "{Salutation}"


def test_leaving_words_unsaved_is_asked_about_also_after_a_preview(admin):
    """What unsaved.js asks is tried in a browser by tests/browser/test_unsaved.py."""
    page = "/council/administration/texts/text-blocks/Announcements/en/"
    assert "data-unsaved-heading" in admin.get(page).text
    assert "data-unsaved-typed" not in admin.get(page).text
    assert "data-unsaved-typed" in admin.post(page, {"value": "Snow", "do": "preview"}).text


def test_a_workbook_is_looked_at_before_it_counts(admin):
    book = Workbook()
    for line in [
        ("a", "b", "c", "d", "e"),
        ("home", "Front_Heading", "", "Helo", ""),
        ("home", "Front_Heading", "{x}", "", ""),
    ]:
        book.active.append(line)
    kept = io.BytesIO()
    book.save(kept)
    page = admin.post(f"{TEXTS}spreadsheet/", {"file": SimpleUploadedFile("a.xlsx", kept.getvalue())}).text
    assert "Helo" in page and "Left out." in page and not Override.objects.exists()
    assert (
        come_in(Client(), an_administrator()).post(f"{TEXTS}spreadsheet/", {"proposed": "forged"}).status_code
        == 422
    )
    assert admin.post(f"{TEXTS}spreadsheet/", {"proposed": hidden(page, "proposed")}).status_code == 302
    assert say("home.Front_Heading", "cy") == "Helo"


def test_the_list_asks_the_database_the_same_few_things_however_long_it_is(
    admin, django_assert_max_num_queries
):
    admin.get(TEXTS)
    with django_assert_max_num_queries(8):
        admin.get(TEXTS, {"size": "100"})


@pytest.mark.parametrize(
    "path", [TEXTS, PAGE, f"{TEXTS}side-by-side/", f"{TEXTS}spreadsheet/", f"{TEXTS}send/export/", EMAILS]
)
def test_only_verified_administrators_of_texts_come_in(path):
    assert come_in(Client(), an_officer()).get(path).status_code == 403
    assert come_in(Client(), a_parent()).get(path).status_code == 403
    assert come_in(Client(), an_administrator(), verified=False).get(path).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/Nothing/en/",
        "account/Nothing/en/",
        "account/EmailSubject_Registration/fr/",
        "nowhere/export/",
    ],
)
def test_what_is_not_there_is_not_found(admin, path):
    assert admin.get(TEXTS + path).status_code == 404


def test_way_back_leads_only_to_the_administration(admin):
    answer = save(admin, value="Ours", back="https://evil.example/council/administration/")
    assert answer.url.startswith(TEXTS)


# The automatic emails


@pytest.mark.req("SP-292", "SP-293")
def test_every_event_has_a_subject_in_account_and_a_content_in_text_blocks_with_words_supplied():
    for event in (
        "EmailAddress_Changed",
        "Password_Changed",
        "Password_Forget",
        "Registration",
        "SecretQuestion_Changed",
    ):
        for side in ("", "_Professional"):
            assert say(f"account.EmailSubject_{event}{side}", "en")
            assert say(f"text-blocks.Email_{event}{side}", "cy")


@pytest.mark.req("SP-290")
@pytest.mark.parametrize(
    ("person", "own", "other"), [(a_parent, "", "_Professional"), (a_professional, "_Professional", "")]
)
def test_each_side_gets_its_own_words(admin, person, own, other):
    reader = person(job_role="Teacher") if own else person()
    for side, words in ((own, "MINE"), (other, "THEIRS")):
        page = f"{EMAILS}Password_Changed{side}/"
        text = admin.get(page).text
        fields = dict(re.findall(r'name="(seen-[^"]+)" value="([^"]*)"', text))
        for field in ("subject-en", "subject-cy", "body-en", "body-cy"):
            fields[field] = f"{words} {{sign_in_link}}" if field.startswith("body") else words
        assert admin.post(page, fields | {"do": "save"}).status_code == 302
    proofs.tell(reader, "Password_Changed", key="a", now=NOON)
    letter = last_letter(reader.email)
    assert letter.subject == "MINE"
    assert "MINE" in letter.text and "THEIRS" not in letter.text


def test_the_whole_email_is_previewed_in_both_languages_and_sent_to_oneself(admin):
    page = f"{EMAILS}Registration/"
    text = admin.get(page).text
    assert "1234 5678" in text and "Dilyswch eich cyfeiriad e-bost" in text
    assert admin.post(f"{page}test/").status_code == 302
    letter = last_letter(an_administrator().email)
    assert "1234 5678" in letter.text
    assert admin.get(f"{EMAILS}Nothing/").status_code == 404


def test_an_email_keeps_nothing_when_one_of_its_texts_cannot_be_kept(admin):
    page = f"{EMAILS}Password_Changed/"
    typed = {
        "subject-en": "x",
        "subject-cy": "",
        "body-en": "{nonsense}",
        "body-cy": "x {sign_in_link}",
        "do": "save",
    }
    answer = admin.post(page, typed)
    assert answer.status_code == 422 and "{nonsense}" in answer.text
    assert not Override.objects.exists()
