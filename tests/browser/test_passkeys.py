"""Passkeys in a real browser, with the browser's own virtual authenticator."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from scripts.portal import Portal
from scripts.postgres import free_port

from guildhall.foundation.outbox.mailbox import letters

from .. import migrated

pytestmark = pytest.mark.browser
EMAIL, PASSPHRASE = "dilys@example.org", "river otter candle meadow"
MAKE = f"""
from django.utils import timezone
from guildhall.people.membership import services as membership
membership.make_member({EMAIL!r}, details={{"forename": "Dilys", "surname": "Pritchard"}},
    password={PASSPHRASE!r}, by=None, now=timezone.now())
"""


# Browsers know passkeys only where the portal has a name, so this one is called localhost.
@pytest.fixture
def named_portal(tmp_path: Path, chromium: Browser) -> Iterator[Portal]:
    port = free_port()
    made = Portal(tmp_path / "data", port=port, SITE_URL=f"http://localhost:{port}")
    migrated.copy_into(made)
    made.command("prepare")
    made.command("shell", "-c", MAKE)
    made.start(threads=2)
    made.url = f"http://localhost:{port}"
    yield made
    made.stop()


@pytest.fixture
def page(chromium: Browser, named_portal: Portal) -> Iterator[Page]:
    """A window whose computer has a fingerprint reader and keeps passkeys."""
    context = chromium.new_context()
    context.set_default_timeout(15_000)
    window = context.new_page()
    window.complaints = []  # type: ignore[attr-defined]
    window.on("console", lambda said: said.type == "error" and window.complaints.append(said.text))
    tools = context.new_cdp_session(window)
    tools.send("WebAuthn.enable")
    window.authenticator = (
        tools,
        tools.send(  # type: ignore[attr-defined]
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        ),
    )
    yield window
    context.close()


def stored(page: Page) -> list[object]:
    """The passkeys that the device keeps."""
    tools, made = page.authenticator  # type: ignore[attr-defined]
    kept: list[object] = tools.send("WebAuthn.getCredentials", made)["credentials"]
    return kept


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words).or_(
            page.locator("a.govuk-button", has_text=words)
        ).first.click()


def password(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/account/sign-in")
    page.fill("#name", EMAIL)
    page.fill("#password", PASSPHRASE)
    press(page, "Login")


def test_a_passkey_is_made_and_then_signs_in_with_and_without_the_password(page, named_portal, settings):
    settings.MAIL_FOLDER = named_portal.data / "mail"
    password(page, named_portal)
    for _ in range(100):
        if found := [letter for letter in letters(to=EMAIL) if "code" in letter.subject]:
            break
        page.wait_for_timeout(100)
    page.fill("#code", re.search(r"\b\d{6}\b", found[0].text)[0])
    press(page, "Verify")

    page.goto(f"{named_portal.url}/account/ways-to-sign-in")
    press(page, "Add a passkey")
    stopped = page.get_by_text("The passkey was not used")
    expect(stopped).to_be_hidden()
    press(page, "Make a passkey")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter a name")
    assert stored(page) == [], "a device must not keep a passkey that the portal did not take"
    page.complaints.clear()  # the page that says so answers 422, which Chromium logs
    page.fill("#way_name", "My computer")
    press(page, "Make a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{named_portal.url}/account/ways-to-sign-in")
    expect(page.get_by_text("My computer").first).to_be_visible()

    press(page, "Add a passkey")
    page.fill("#way_name", "My computer again")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("This device has a passkey for your account already")).to_be_visible()
    expect(stopped).to_be_hidden()

    press(page, "Sign Out")
    page.goto(f"{named_portal.url}/account/sign-in")
    page.get_by_role("link", name="Sign in with a passkey").click()
    press(page, "Use my passkey")
    assert page.url.endswith("/home")

    press(page, "Sign Out")
    password(page, named_portal)
    assert page.url.endswith("/account/sign-in/passkey")
    press(page, "Use my passkey")
    assert page.url.endswith("/home")
    assert page.complaints == []
