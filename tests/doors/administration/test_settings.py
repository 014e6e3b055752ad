"""Portal Configuration: settings are checked, kept with who changed them, and count at once."""

import io
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from guildhall.foundation.audit.models import Entry
from guildhall.foundation.authority import queries, services
from guildhall.foundation.authority.declared import DECLARED, ELSEWHERE, PAGES, SECRETS, Page
from guildhall.foundation.authority.defaults import DEFAULTS
from guildhall.foundation.authority.models import Secret, SettingChange
from guildhall.foundation.texts.queries import say

from ...standing import NOON, an_administrator, an_officer, come_in
from ...support.seen import seen_at, seen_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def owen(client: Client) -> Client:
    return come_in(client, an_administrator())


def posted(page: Page, **changes: Any) -> dict[str, Any]:
    """What a browser would send of ``page`` as it stands, with some fields typed anew."""
    found: dict[str, Any] = {"revision": str(queries.revision_of(page.keys))}
    for each in page.settings:
        kept = None if each.key == "eligibility.password" else queries.kept_value(each.key)
        for part, value in each.kind.show(kept).items():
            found[f"{each.field}-{part}" if part else each.field] = value
    return found | changes


def save(client: Client, key: str, **changes: Any) -> Any:
    return client.post(reverse("administration:setting", args=[key]), posted(PAGES[key], **changes))


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-294")
@pytest.mark.parametrize("key", PAGES)
def test_every_page_of_settings_opens_and_saves_with_a_tooltip_at_each_field(owen, key):
    shown = owen.get(reverse("administration:setting", args=[key])).text
    for each in PAGES[key].settings:
        assert say(f"administration.Set_{each.word}_Tooltip") in shown.replace("&#x27;", "'").replace(
            "&#39;", "'"
        )
    assert ">Save<" in shown.replace("\n", "").replace("  ", "")

    assert save(owen, key).status_code == 302
    assert not SettingChange.objects.exists()


@pytest.mark.req("SP-294")
def test_the_first_page_leads_to_the_six_pages_of_settings(owen):
    shown = owen.get(reverse("administration:settings")).text
    for name in ("Password", "ECS", "Application", "Message", "Application Type", "Scheduled Task"):
        assert f"{name} Settings" in shown


def test_every_setting_has_a_page_or_a_reason():
    assert set(DEFAULTS) == (set(DECLARED) | set(ELSEWHERE)) - SECRETS


def test_saving_says_what_changed_and_the_history_says_who(owen):
    done = owen.post(
        reverse("administration:setting", args=["password"]),
        posted(PAGES["password"], password_minimum_length="14"),
        follow=True,
    )
    assert "You changed: Minimum length of a password." in done.text
    change = SettingChange.objects.get()
    assert (change.key, change.before, change.after) == ("password.minimum_length", 12, 14)
    assert change.changed_by == an_administrator()

    shown = owen.get(reverse("administration:setting-history", args=["password"])).text
    assert "12 characters" in shown and "14 characters" in shown and str(an_administrator()) in shown


def test_an_earlier_value_is_restored_from_the_history(owen):
    save(owen, "message", messages_per_page="50")
    change = SettingChange.objects.get()
    seen = seen_at(owen, reverse("administration:setting-history", args=["message"]))
    owen.post(reverse("administration:setting-restore", args=[change.pk]), seen)
    assert queries.kept_value("messages.per_page") == 20
    assert SettingChange.objects.count() == 2


def test_an_earlier_value_does_not_come_back_over_what_somebody_else_set_meanwhile(owen):
    save(owen, "message", messages_per_page="50")
    change = SettingChange.objects.get()
    shown = owen.get(reverse("administration:setting-history", args=["message"])).text
    save(owen, "message", messages_per_page="40")
    restore = reverse("administration:setting-restore", args=[change.pk])
    for seen in (seen_on(shown), {}):
        assert "nothing was restored" in owen.post(restore, seen, follow=True).text
    assert queries.kept_value("messages.per_page") == 40


def test_a_value_that_does_not_go_with_the_others_any_more_is_not_restored(owen):
    save(owen, "sessions", session_idle_minutes="60")
    idle = SettingChange.objects.get()
    save(owen, "sessions", session_warning_minutes="45")
    seen = seen_at(owen, reverse("administration:setting-history", args=["sessions"]))
    told = owen.post(reverse("administration:setting-restore", args=[idle.pk]), seen, follow=True).text
    assert "does not go with the other settings" in told
    assert queries.kept_value("session.idle_minutes") == 60


@pytest.mark.parametrize(
    ("key", "changes", "message"),
    [
        ("password", {"password_minimum_length": "4"}, "enter a whole number from 8 to 64"),
        ("password", {"password_minimum_length": "many"}, "enter a whole number from 8 to 64"),
        ("password", {"password_kinds": ["upper", "runes"]}, "choose one of the answers"),
        ("sessions", {"session_warning_minutes": "45"}, "choose less time than until signing out"),
        ("message", {"mail_sender": "nobody"}, "enter an email address"),
        ("message", {"mail_notify": "maybe"}, "choose one of the answers"),
        ("application", {"authority_name-cy": ""}, "enter it in English and in Welsh"),
        ("application", {"references_send": "SND"}, "keep a part that is made anew"),
        ("application", {"references_send": "{secret}"}, "use letters, numbers, hyphens"),
        ("ecs", {"eligibility_address": "javascript:alert(1)"}, "begins with https://"),
        ("ecs", {"eligibility_on": "on"}, "Address of the service: enter something here"),
        ("scheduled-task", {"removal_on": "on"}, "enter a real day"),
        (
            "scheduled-task",
            {
                "removal_on": "on",
                "removal_next-day": "1",
                "removal_next-month": "2",
                "removal_next-year": "2020",
            },
            "choose a time that is still to come",
        ),
        ("odd-readings", {"odd_from_hour": "20", "odd_to_hour": "7"}, "after the one when they begin"),
        ("scheduled-task", {"removal_next-day": "31", "removal_next-month": "2"}, "enter a real day"),
        ("cases", {"cases_return_reasons": "Only English"}, "as English | Welsh"),
        ("look", {"brand_colour": "red"}, "enter a colour such as"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(owen, key, changes, message):
    answer = save(owen, key, **changes)
    assert answer.status_code == 422
    assert message in answer.text
    assert not SettingChange.objects.exists()
    for value in changes.values():
        if isinstance(value, str) and value and key not in {"ecs", "scheduled-task"} and value != "maybe":
            assert value.replace("<", "&lt;") in answer.text


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.parametrize("junk", ["\x00", "９９", "1e3", "-5", " ", "9" * 400, "<script>"])
def test_whatever_is_typed_into_a_settings_page_there_is_an_answer(owen, junk):
    for key, page in PAGES.items():
        everything = dict.fromkeys(posted(page), junk)
        assert owen.post(reverse("administration:setting", args=[key]), everything).status_code in {
            302,
            422,
            409,
        }


def test_of_two_administrators_the_second_sees_what_the_first_changed_before_saving(owen):
    mine = posted(PAGES["drafts"], drafts_days="60")
    services.change_setting("drafts.days", value=45, by=None, now=NOON)

    answer = owen.post(reverse("administration:setting", args=["drafts"]), mine)
    assert answer.status_code == 409
    assert "30 diwrnod" not in answer.text
    assert "30 days became 45 days" in answer.text
    assert 'value="60"' in answer.text
    assert queries.kept_value("drafts.days") == 45

    assert save(owen, "drafts", drafts_days="60").status_code == 302
    assert queries.kept_value("drafts.days") == 60


@pytest.mark.parametrize("route", ["settings", "cache", "footer", "tiles", "announcements"])
def test_officers_have_no_settings(client, route):
    come_in(client, an_officer())
    assert client.get(reverse(f"administration:{route}")).status_code == 403


def test_settings_need_the_second_step(client):
    come_in(client, an_administrator(), verified=False)
    assert client.get(reverse("administration:settings")).status_code == 403


@pytest.mark.req("SP-306")
def test_the_password_of_the_service_is_sealed_and_never_shown_back(owen):
    done = save(owen, "ecs", eligibility_password="correct horse battery")
    assert done.status_code == 302
    assert "correct horse" not in Secret.objects.get().sealed
    assert queries.secret("eligibility.password") == "correct horse battery"

    for name in ("setting", "setting-history"):
        assert "correct horse" not in owen.get(reverse(f"administration:{name}", args=["ecs"])).text
    kept = [*SettingChange.objects.values_list("before", "after"), *Entry.objects.values_list("detail")]
    assert "correct horse" not in str(kept)
    assert Entry.objects.filter(verb="authority.setting_changed", about_id="eligibility.password").exists()

    save(owen, "ecs", eligibility_user="carreg")
    assert queries.secret("eligibility.password") == "correct horse battery"
    save(owen, "ecs", **{"eligibility_password-forget": "yes"})
    assert queries.secret("eligibility.password") == ""


def test_a_secret_survives_a_new_secret_key_and_not_a_lost_one(owen, settings):
    save(owen, "ecs", eligibility_password="correct horse battery")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    assert queries.secret("eligibility.password") == "correct horse battery"
    settings.SECRET_KEY_FALLBACKS = []
    owen = come_in(Client(), an_administrator())
    shown = owen.post(reverse("administration:ecs-test"), follow=True).text
    assert "can no longer be read" in shown


def picture(size: tuple[int, int] = (80, 40), kind: str = "PNG") -> io.BytesIO:
    found = io.BytesIO()
    Image.new("RGB", size, "#1d5b79").save(found, kind)
    found.seek(0)
    found.name = f"logo.{kind.lower()}"
    return found


def test_the_logo_is_on_every_page_and_can_be_removed(owen):
    owen.post(reverse("administration:logo"), {"logo": picture()})
    digest, *_ = queries.picture("logo")
    address = reverse("logo", args=[digest])
    front = Client()
    assert address in front.get("/").text
    answer = front.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")

    owen.post(reverse("administration:logo"), {"remove": "yes"})
    assert address not in front.get("/").text
    assert front.get(address).status_code == 404


@pytest.mark.parametrize(
    "upload", [io.BytesIO(b"<svg onload=alert(1)>"), picture((2400, 10)), picture(kind="GIF")]
)
def test_what_is_no_fitting_picture_is_refused(owen, upload):
    upload.name = "logo.png"
    answer = owen.post(reverse("administration:logo"), {"logo": upload}, follow=True)
    assert "Choose a" in answer.text
    assert queries.picture("logo") is None


def test_the_page_says_whether_words_can_be_read_in_the_colour(owen):
    save(owen, "look", brand_colour="#ffdd00")
    shown = owen.get(reverse("administration:setting", args=["look"])).text
    assert "contrast of 1.3 to 1" in shown
    assert "uses a darker shade" in shown


@pytest.mark.req("SP-303")
def test_the_scheduled_task_page_holds_the_next_run_and_its_repeat(owen):
    day = {"removal_next-day": "1", "removal_next-month": "12", "removal_next-year": "2099"}
    save(owen, "scheduled-task", removal_on="on", removal_days="400", removal_every_days="7", **day)
    at = datetime.fromisoformat(queries.kept_value("removal.next"))
    assert (at.day, at.month, at.hour) == (1, 12, 2)
    assert queries.kept_value("removal.days") == 400


@pytest.mark.req("SP-296")
@pytest.mark.req("SP-298")
@pytest.mark.req("SP-300")
def test_the_pages_hold_what_the_catalogue_lists():
    held = {key: set(PAGES[key].keys) for key in PAGES}
    assert held["password"] >= {
        *("password.minimum_length", "password.kinds", "password.failures_before_lock"),
        *("password.lock_minutes", "links.reset_hours", "links.activation_hours"),
    }
    assert held["application"] >= {
        *("authority.name", "authority.contact_email", "cases.notice_address", "addresses.finder"),
        "references.send",
    }
    assert held["message"] >= {"mail.sender_name", "mail.sender", "mail.notify", "messages.per_page"}
    # As the catalogue has them; ten wrong passwords as the table of its README has it.
    begins = {
        "password.minimum_length": 12,
        "password.kinds": [],
        "password.failures_before_lock": 10,
        "password.lock_minutes": 15,
        "links.reset_hours": 24,
        "links.activation_hours": 72,
        "references.send": "SND-{yymm}-{hex8}",
        "mail.notify": True,
        "messages.per_page": 20,
    }
    assert {key: DEFAULTS[key] for key in begins} == begins
