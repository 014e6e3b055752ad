"""F14, F15: what somebody typed is never lost, neither to another tab nor to the end of a session."""

import json
import random
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.faults.rig import Rig
from tests.standing import PASSPHRASE
from tests.support.visitor import Answer, Visitor

pytestmark = pytest.mark.faults

QUESTIONS = ("STORY", "WISHES")


class Tab:
    """A page of a draft's step that is open: what it shows, and what was typed into it."""

    def __init__(self, visitor: Visitor, draft: str) -> None:
        self.visitor, self.draft = visitor, draft
        self.open()

    @property
    def path(self) -> str:
        return f"/forms/{self.draft}/steps/story/"

    def open(self) -> None:
        page = self.visitor.get(self.path)
        assert page.status == 200, page.status
        self.revision, self.base = page.field("revision"), page.field("base")
        self.typed = {code: shown(page, code) for code in QUESTIONS}

    def fields(self) -> dict[str, str]:
        typed = {f"q-{code.lower()}": value for code, value in self.typed.items()}
        return typed | {"revision": self.revision, "base": self.base, "place": "story"}

    def autosave(self) -> Answer:
        answer = self.visitor.post(f"/forms/{self.draft}/autosave/", self.fields(), X_Page=self.path)
        if answer.status == 200:
            told = json_of(answer)
            self.revision, self.base = str(told["revision"]), str(told["base"])
        return answer

    def next(self) -> Answer:
        return self.visitor.post(self.path, self.fields())


def a_draft_to_change(site: Rig, person: dict[str, Any]) -> dict[str, Any]:
    """The person's draft, which the judge no longer expects as it was prepared."""
    return site.prepared.pop(person["drafts"][0]["key"])


def json_of(answer: Answer) -> dict[str, object]:
    return json.loads(answer.content)


def shown(page: Answer, code: str) -> str:
    """What the page's text area shows for a question."""
    found = re.search(rf'<textarea[^>]*name="q-{code.lower()}"[^>]*>(.*?)</textarea>', page.text, re.S)
    assert found, page.text[:3000]
    return unescape(found[1]).removeprefix("\n").replace("\r\n", "\n")


@pytest.mark.req("GH-027")
def test_an_old_tab_never_overwrites_what_a_newer_one_saved_and_both_are_offered(site: Rig):
    site.healthy()
    person = site.people(1, 1)[0]
    draft = a_draft_to_change(site, person)
    phone, desk = Tab(site.visitor(person), draft["id"]), Tab(site.visitor(person), draft["id"])

    phone.typed["STORY"] = "From the phone"
    assert phone.autosave().status == 200
    desk.typed["STORY"] = "From the desk"
    assert desk.autosave().status == 409
    both = desk.next()

    assert both.status == 409
    assert "From the phone" in both.text
    assert "From the desk" in both.text
    assert shown(phone.visitor.get(phone.path), "STORY") == "From the phone"
    desk.typed = {"STORY": phone.typed["STORY"], "WISHES": "Only typed at the desk"}
    desk.open()
    desk.typed["WISHES"] = "Only typed at the desk"
    assert desk.autosave().status == 200
    phone.typed["STORY"] = "From the phone again"
    assert phone.autosave().status == 200, "what two tabs change in different answers is joined"
    site.saved[draft["id"]] = {"STORY": "From the phone again", "WISHES": "Only typed at the desk"}


@pytest.mark.req("GH-027")
def test_saves_of_two_tabs_in_any_order_keep_the_newest_or_ask(site: Rig):
    site.healthy()
    person = site.people(1, 1)[0]
    draft = a_draft_to_change(site, person)
    tabs = [Tab(site.visitor(person), draft["id"]) for _ in range(2)]
    held = dict(tabs[0].typed)
    seen = [dict(held), dict(held)]  # what each page believes the portal holds
    asked, chance = 0, random.Random(1)

    for turn in range(60):
        number = chance.randrange(2)
        tab, code = tabs[number], chance.choice(QUESTIONS)
        tab.typed = seen[number] | {code: f"Turn {turn} of tab {number}"}
        answer = tab.autosave()
        if seen[number][code] == held[code]:
            assert answer.status == 200, (turn, answer.text)
            held[code] = seen[number][code] = tab.typed[code]
        else:
            assert answer.status == 409, "it would have overwritten what it never showed"
            asked += 1
            tab.open()
            assert tab.typed == held, "nothing that was saved was changed"
            seen[number] = dict(tab.typed)

    assert asked >= 5, "the run counts only if the tabs met"
    site.saved[draft["id"]] = held
    assert site.judge().problems == {}


@pytest.mark.req("GH-057")
def test_what_is_sent_after_the_session_ended_is_there_again_after_signing_in(site: Rig):
    site.healthy()
    person = site.people(1, 1)[0]
    visitor, draft = site.visitor(person), a_draft_to_change(site, person)
    tab = Tab(visitor, draft["id"])
    tab.typed["STORY"] = "\n".join(f"Line {number}: ŵyn a'r ŷd <b>&amp; 'so on'" for number in range(1000))
    assert len(tab.typed["STORY"].encode()) > 30_000
    tab.typed["WISHES"] = "\n  begins with an empty line"
    site.site.sql("DELETE FROM accounts_browsersession")

    held = tab.next()
    assert held.status == 302
    assert held.location.startswith("/account/sign-in")
    page = sign_in(site, visitor, person["email"], held.location)
    path = re.search(r'<form method="post" action="(/forms/[^"]+)"', page.text)
    assert path, page.text
    again = visitor.post(unescape(path[1]), kept_fields(page))

    assert again.status == 302, again.text[:2000]
    now = Tab(visitor, draft["id"])
    assert now.typed["STORY"] == tab.typed["STORY"]
    assert now.typed["WISHES"].strip() == tab.typed["WISHES"].strip()
    site.saved[draft["id"]] = {"STORY": tab.typed["STORY"]}


def sign_in(site: Rig, visitor: Visitor, email: str, path: str) -> Answer:
    """Both steps, and then wherever signing in leads."""
    before = len(site.mail.received)
    after = parse_qs(urlsplit(path).query)["next"][0]
    assert f'name="next" value="{after}"' in visitor.get(path).text
    name = {"name": email, "password": PASSPHRASE, "next": after}
    assert visitor.post("/account/sign-in", name).location == "/account/sign-in/code"
    site.drain()
    letters = [letter for letter in site.mail.received[before:] if letter["To"] == email]
    text = letters[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    code = re.search(r"\b\d{6}\b", text)
    assert code, text
    done = visitor.post("/account/sign-in/code", {"code": code[0]})
    assert done.location == "/account/held", (done.status, done.location)
    return visitor.get(done.location)


def kept_fields(page: Answer) -> list[tuple[str, str]]:
    """The hidden fields of the page, as a browser posts them."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n?(.*?)</textarea>', page.text, re.S)
    return [(unescape(name), unescape(value)) for name, value in found]
