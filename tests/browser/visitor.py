"""Somebody in front of a real browser: finds things by the words on them, in their own language."""

import re
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect
from scripts.portal import Portal

from guildhall.foundation.texts.catalogue import catalogue

CAST = Path(__file__).parents[2] / "src/guildhall/demonstration/cast.yaml"
PASSPHRASE = yaml.safe_load(CAST.read_text(encoding="utf-8"))["passphrase"]
CODE = re.compile(r"\b(\d{4} \d{4}|\d{6})\b")


class Visitor:
    """One person at one browser window."""

    def __init__(self, page: Page, portal: Portal, language: str = "en", *, scripts: bool = True) -> None:
        self.page, self.portal, self.language, self.scripts = page, portal, language, scripts

    def words(self, name: str, **values: Any) -> str:
        """What the catalogue says under ``name`` in the visitor's language, as text on the page."""
        words = catalogue()[name][self.language]
        for key, value in values.items():
            words = words.replace(f"{{{key}}}", str(value))
        return words

    def go(self, path: str) -> None:
        self.page.goto(self.portal.url + path)

    def press(self, name: str, **values: Any) -> None:
        """Press the first button (or link that looks like one) with these words."""
        words = self.words(name, **values)
        button = self.page.get_by_role("button", name=words).or_(
            self.page.locator("a.govuk-button", has_text=words)
        )
        self.open(button.filter(visible=True).first)

    def follow(self, words: str) -> None:
        self.open(self.page.get_by_role("link", name=words).first)

    def open(self, found: Locator | str) -> None:
        """Click a link or a button, and wait for the page it leads to."""
        found = self.page.locator(found).first if isinstance(found, str) else found
        with self.page.expect_navigation():
            found.click()

    def fill(self, answers: dict[str, str]) -> None:
        for field, answer in answers.items():
            self.page.locator(f"[id='{field}']").fill(answer)

    def choose(self, name: str, value: str) -> None:
        """Tick the radio or checkbox ``name`` with ``value``, by its label as a person does."""
        chosen = self.page.locator(f"input[name='{name}'][value='{value}']")
        self.page.locator(f"label[for='{chosen.get_attribute('id')}']").click()

    def switch_language(self) -> None:
        """Use the switch in the header; from now on the visitor reads the other language."""
        self.open(".gh-language button")
        self.language = "cy" if self.language == "en" else "en"
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    @property
    def heading(self) -> Locator:
        return self.page.locator("h1")

    def mail(self, to: str) -> str:
        """The newest letter to ``to``, opened in another tab of the demonstration's mailbox."""
        tab = self.page.context.new_page()
        try:
            for _ in range(100):
                tab.goto(f"{self.portal.url}/demonstration/mailbox/?to={to}")
                letters = tab.locator("tbody a")
                if letters.count():
                    letters.first.click()
                    return tab.locator(".gh-letter").inner_text()
                tab.wait_for_timeout(100)
            raise AssertionError(f"no letter to {to}")
        finally:
            tab.close()

    def code_from_mail(self, to: str, before: str = "") -> str:
        """The newest code that was sent to ``to``, waiting until it is not ``before``."""
        for _ in range(100):
            found = CODE.search(self.mail(to))
            if found and found[1] != before:
                return found[1]
            self.page.wait_for_timeout(100)
        raise AssertionError(f"no code for {to}")

    def sign_in(self, name: str, *, staff: bool = False, password: str = PASSPHRASE) -> None:
        """Sign in on the page that is open, or on the door's own page, with the code of the mail."""
        if "/account/sign-in" not in self.page.url:
            self.go("/account/sign-in" + ("?door=council" if staff else ""))
        address = f"{name}@council.example.org" if staff else name
        before = self._last_code(address)
        self.fill({"name": name, "password": password})
        self.open("form:has([name=password]) button[type=submit]")  # each door has its own word for it
        if "/account/sign-in/code" in self.page.url:
            self.fill({"code": self.code_from_mail(address, before)})
            self.press("account.Code_Button")
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.open(".gh-language button")  # the account remembers another language

    def _last_code(self, address: str) -> str:
        tab = self.page.context.new_page()
        tab.goto(f"{self.portal.url}/demonstration/mailbox/?to={address}")
        any_letter = tab.locator("tbody a").count()
        tab.close()
        found = CODE.search(self.mail(address)) if any_letter else None
        return found[1] if found else ""
