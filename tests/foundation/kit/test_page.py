"""The page around every page."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guildhall.config.counts import COUNTS
from guildhall.config.menus import MENU
from guildhall.foundation.access.holder import NOBODY, Holder
from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.authority import services as authority
from guildhall.foundation.authority import stamps
from guildhall.foundation.texts import services as texts
from guildhall.people.accounts.models import User
from tests.standing import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.kit.urls")]

PARENT = Holder(1, frozenset({"parent"}))
OFFICER = Holder(1, frozenset({"send-officer"}), frozenset({"send"}), verified=True)


def drawn(
    body: str = "",
    *,
    language: str = "en",
    path: str = "/page?a=1",
    holder: Holder = NOBODY,
    resolver_match: Any = None,
    **context: Any,
) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = resolver_match
    request.user = User(pk=holder.user_id) if holder.user_id else AnonymousUser()
    request.holder = holder  # type: ignore[attr-defined]
    template = engines["django"].from_string('{% extends "kit/page.html" %}' + body)
    with translation.override(language):
        return template.render(context, request)


def links(html: str) -> list[str]:
    """The words of all links and buttons, in their order."""
    found = re.findall(r"<(?:a|button)[^>]*>(.*?)</(?:a|button)>", html, re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", one).split())) for one in found]


@pytest.mark.req("SP-057")
def test_the_footer_of_every_page_has_the_authoritys_five_pages() -> None:
    footer = drawn().split("<footer")[1]

    assert links(footer) == [
        "About",
        "Contact Us",
        "Terms and Conditions",
        "Privacy Notice",
        "Cookies Policy",
    ]


@pytest.mark.req("SP-061")
@pytest.mark.parametrize("holder", [NOBODY, PARENT])
def test_every_page_can_be_read_in_the_other_language_before_and_after_sign_in(holder: Holder) -> None:
    html = drawn(holder=holder)

    assert '<html lang="en"' in html
    assert 'form="portal-form" formaction="/account/language"' in html
    assert '<input type="hidden" name="next" value="/page?a=1">' in html
    assert 'name="language" value="cy" lang="cy">Cymraeg</button>' in html
    assert '<span lang="en" aria-current="true">English</span>' in html


@pytest.mark.req("SP-061")
def test_on_a_welsh_page_everything_around_it_is_welsh() -> None:
    html = drawn(language="cy", holder=PARENT)

    assert '<html lang="cy"' in html and 'lang="en">English</button>' in html
    assert {"Neidio i’r prif gynnwys", "Fy Nghyfrif", "Allgofnodi", "Polisi Cwcis"} <= set(links(html))


@pytest.mark.req("SP-061")
def test_on_a_form_the_language_buttons_send_the_form_so_that_nothing_typed_is_lost() -> None:
    html = drawn(language_form="step-form", holder=PARENT)

    assert 'form="step-form" name="switch_language" value="cy" lang="cy"' in html
    assert "/account/language" not in html


@pytest.mark.req("SP-036")
def test_a_signed_in_person_has_my_account_and_sign_out_in_the_header() -> None:
    header = drawn(holder=PARENT).split("<header>")[1].split("</header")[0]

    assert links(header)[-2:] == ["My Account", "Sign Out"]
    assert 'form="portal-form" formaction="/account/sign-out"' in header


def test_somebody_not_signed_in_has_a_way_in_and_no_menu() -> None:
    html = drawn()

    assert '<form method="post" id="portal-form" hidden><input type="hidden" name="csrf' in html
    assert "Sign in" in links(html) and "Sign Out" not in links(html)
    assert "gh-menu" not in html and "data-idle" not in html


def test_the_menu_is_the_doors_own_and_holds_what_the_person_may_open() -> None:
    assert "Review forms" in links(drawn(holder=OFFICER, path="/council/page"))
    auditor = links(drawn(holder=Holder(1, frozenset({"auditor"})), path="/council/page"))
    assert "Review forms" not in auditor and "Home" in auditor
    assert "My Family" in links(drawn(holder=PARENT))


def test_a_person_with_two_roles_goes_to_the_other_door_without_signing_in_again() -> None:
    both = Holder(1, frozenset({"parent", "send-officer"}))

    assert "Council" in links(drawn(holder=both))
    assert "Families" in links(drawn(holder=both, path="/council/page"))
    assert "Council" not in links(drawn(holder=PARENT))


def test_no_menu_has_more_than_six_entries() -> None:
    for role in ROLES.values():
        seen = [entry for entry in MENU[role.door] if entry.permission in {None, *role.permissions}]
        assert len(seen) <= 6, role.key
    assert {role.door for role in ROLES.values()} <= set(MENU)


def test_the_entry_of_this_page_says_so() -> None:
    html = drawn(holder=OFFICER, path="/council/review")

    assert 'href="/council/review" aria-current="page"' in html
    assert html.count('aria-current="page"') == 1


@pytest.mark.req("GH-059")
def test_a_page_has_a_skip_link_its_language_and_a_title_that_says_error_first() -> None:
    body = "{% block title %}Your child{% endblock %}{% block content %}<h1>Your child</h1>{% endblock %}"
    html = drawn(body, problems={"q-name": "Enter the child’s name"})

    assert "<title>Error: Your child – Guildhall – " in html
    assert 'href="#main-content" class="govuk-skip-link"' in html and 'id="main-content"' in html
    assert '<a href="#q-name">Enter the child’s name</a>' in html
    assert "<title>Your child – " in drawn(body)


def test_no_page_holds_a_script_or_a_style_of_its_own() -> None:
    html = drawn(holder=OFFICER)

    assert not re.search(r"<style|style=|\son[a-z]+=|<script(?![^>]*src=)", html)


def test_the_idle_limit_and_its_warning_are_the_authoritys() -> None:
    html = drawn(holder=PARENT)

    assert 'data-idle-minutes="30" data-warning-minutes="5"' in html
    assert 'data-keep-alive="/account/keep-alive"' in html
    assert "Stay signed in" in links(html)


def test_a_demonstration_says_on_every_page_that_it_is_one(settings: Any) -> None:
    settings.DEMONSTRATION = False
    assert "This is a demonstration" not in drawn()
    settings.DEMONSTRATION = True
    assert "This is a demonstration" in drawn()


@pytest.mark.parametrize(("holder", "most"), [(NOBODY, 0), (PARENT, 1), (OFFICER, 3)])
def test_the_page_around_a_page_costs_one_query_for_each_count_and_no_more(holder: Holder, most: int) -> None:
    path = "/council/page" if holder is OFFICER else "/page"
    stamps.begin_request()
    try:
        drawn(holder=holder, path=path)
        with CaptureQueriesContext(connection) as queries:
            drawn(holder=holder, path=path)
    finally:
        stamps.end_request()

    assert len(queries) == most


def test_a_message_that_waits_is_counted_in_the_menu_except_in_the_middle_of_a_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(COUNTS, "messages", lambda _request: 3)
    html = drawn(holder=PARENT)
    assert '<span aria-hidden="true">3</span><span class="govuk-visually-hidden">3 waiting</span>' in html

    step = SimpleNamespace(kwargs={"draft_id": 1}, namespace="filling")
    assert "gh-count" not in drawn(holder=PARENT, resolver_match=step)


def test_what_is_kept_of_the_page_is_drawn_again_when_words_or_settings_change() -> None:
    def in_a_request() -> str:
        stamps.begin_request()
        try:
            return drawn(holder=PARENT)
        finally:
            stamps.end_request()

    assert "Cookies Policy" in in_a_request()
    texts.change_text("shared.Footer_Cookies", language="en", value="Our biscuits", by=None, now=NOON)
    assert "Our biscuits" in in_a_request()
    authority.change_setting("authority.name", value={"en": "Ynys Las Council"}, by=None, now=NOON)
    assert '<p class="gh-footer__authority">Ynys Las Council</p>' in in_a_request()


def test_an_address_that_is_hostile_stays_an_address() -> None:
    html = drawn(path='/page?"><script>alert(1)</script>')

    assert "<script>alert" not in html


@pytest.mark.req("SP-027", "SP-029")
def test_an_area_that_needs_two_step_verification_says_so_and_leads_to_it() -> None:
    request = RequestFactory().get("/page")
    request.user = AnonymousUser()
    html = engines["django"].get_template("access/two_step_needed.html").render({}, request)

    assert "This area requires Two Step Verification to be enabled before you can access it." in html
    assert "Please enable this in My Account before continuing." in html
    assert 'href="/account/two-step"' in html


def test_the_label_of_a_stacked_cell_wraps_where_the_cell_itself_does_not():
    style = Path(finders.find("kit/guildhall.css")).read_text()  # type: ignore[arg-type]
    label = style[style.index(".gh-stack > tbody > tr > td[data-label]::before") :].split("}")[0]
    assert "white-space: normal" in label
