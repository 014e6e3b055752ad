"""T18, T19, T21: text that wants to be a script, a template or a mail header stays text, wherever it goes."""

import email
import re
from email.policy import default
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as cases

from ..access.world import LATER, client_of, the_world
from ..definitions import a_full_draft, every_kind
from ..doors.filling.pages import fields_of
from ..mailbox import deliver
from ..standing import a_parent, come_in
from .crawling import everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]

# Each tries to become an element, an attribute, a link, a script, a template or a header. ``zqx`` marks them.
SCRIPTS = [
    "<script>zqx()</script>",
    '"><img src=x onerror=zqx()>',
    "' onfocus=zqx() autofocus x='",
    '"/><svg/onload=zqx()>',
    "</textarea><zqx>",
    "</title><zqx>",
    "<zqx onclick=zqx()>",
    "javascript:zqx()",
    "[a](javascript:zqx())",
    "[a](data:text/html,<script>zqx()</script>)",
    "![a](https://zqx.example/x.png)",
    "<a href='java&#115;cript:zqx()'>a</a>",
    "<iframe srcdoc='<script>zqx()</script>'></iframe>",
    "<style>*{background:url(//zqx.example)}</style>",
    "<!--<img src=--><img src=x onerror=zqx()//>",
    "<math><mtext><table><mglyph><style><img src=x onerror=zqx()>",
    "\u003cscript\u003ezqx()\u003c/script\u003e",
    "＜script＞zqx()＜/script＞",
    "<form action=//zqx.example><input name=password>",
    "<base href=//zqx.example>",
    "<meta http-equiv=refresh content='0;url=//zqx.example'>",
    "<https://zqx.example/<script>>",
]
TEMPLATES = [
    "{{ 700*11 }}",
    "{% debug %}",
    "{0.__class__}",
    "{name.__init__}",
    "%(name)s",
    "%s%n",
    "${7*7}",
    "{name}",
]
EVERYTHING = " ".join(SCRIPTS + TEMPLATES)
OUR_TAGS_WITHOUT = {"zqx", "iframe", "object", "embed", "base", "math", "style"}


class Page(HTMLParser):
    """Collects what on a page could run, load or lead elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.in_script = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.in_script = tag == "script"
        if tag in OUR_TAGS_WITHOUT:
            self.problems.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in said:
            self.problems.append("meta refresh")
        for name, value in attrs:
            value = (value or "").strip()
            if name.startswith("on") or name in {"style", "srcdoc", "autofocus"}:
                self.problems.append(f"{tag} {name}")
            if name in {"src", "action", "formaction"} and not re.match(r"/(?!/)|$|#|\?", value):
                self.problems.append(f"{tag} {name}={value[:60]}")
            if name == "href" and not re.match(r"(/(?!/)|#|\?|mailto:|tel:|https?://)", value):
                self.problems.append(f"{tag} href={value[:60]}")

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        if self.in_script and data.strip():
            self.problems.append(f"inline script {data[:40]}")

    def handle_endtag(self, tag):
        self.in_script = False


def dangers(text: str) -> list[str]:
    return Page(text).problems


@pytest.mark.parametrize("typed", [text for text in SCRIPTS if "<" in text and "http" not in text])
def test_the_search_for_dangers_finds_them(typed):
    """The control: each of them, put raw on a page as content or as a value, is found."""
    pages = (
        f"<p>{typed}</p>",
        f'<input value="{typed}">',
        f"<textarea>{typed}</textarea>",
        f"<i x='{typed}'>",
    )
    assert any(dangers(page) for page in pages)


@pytest.fixture
def world():
    """Everybody wrote something hostile wherever words may be written."""
    typed = {
        "HAS_DIAGNOSIS": "yes",
        "DIAGNOSIS": EVERYTHING,
        "CLINIC": EVERYTHING[:200],
        "CHILD_FORENAME": '<zqx onclick="zqx()">{name}',
        "CHILD_SURNAME": "'\"><svg/onload=zqx()>",
        "parents": {"a1": {"PARENT_NAME": EVERYTHING[:150], "PARENT_TELEPHONE": "01632960987"}},
        "CHILD_ADDRESS": {"lines": [EVERYTHING[:90]], "town": "<zqx>", "postcode": "AB1 2DE"},
        "CONTACT": {"name": "<zqx>", "role": "<zqx>", "telephone": "", "email": ""},
        "SCHOOL": {"urn": "", "name": "<zqx>{name}"},
        "SIGNED": {"name": "<zqx>", "on": "2026-01-01"},
    }
    concern = {"CONCERN": EVERYTHING, "REFERRER_NAME": EVERYTHING[:150]}
    world = the_world(parent_B=typed, parent_C=typed, professional=concern, professional_2=concern)
    hostile = {
        "forename": "<zqx>{name}",
        "surname": '"><svg/onload=zqx()>',
        "job_role": "<zqx>",
        "organisation": "<zqx>",
    }
    User.objects.update(**hostile)
    FamilyChild.objects.update(forename="<zqx>{name}", surname="' onfocus=zqx() '", midname="<zqx>")
    Child.objects.update(forename="<zqx>{name}", surname='"><svg/onload=zqx()>', midname="{{ 700*11 }}")
    Mention.objects.update(name='<zqx>{name}"><svg/onload=zqx()>')
    for number, text in enumerate(["\n\n".join(SCRIPTS), EVERYTHING]):
        messages.send(
            world.people["parent A"],
            subject=EVERYTHING[:150],
            body=text,
            about=About(world.owned["parent A"].submission.reference, "case", 1),
            key=f"hostile {number}",
            now=LATER,
            from_user=world.people["send"],
            from_role="<zqx>",
        )
    case = world.owned["parent A"].case
    cases.receive_answer(
        case, by=world.people["parent A"], body="\n\n".join(SCRIPTS), uploads=[], key="hostile", now=LATER
    )
    return world


@pytest.mark.parametrize(
    "persona", ["parent A", "parent B", "parent C", "professional", "send officer", "safeguarding officer"]
)
def test_what_people_wrote_comes_out_as_what_they_wrote(world, persona):
    pages = marked = 0
    for answer in everywhere(world, persona, ("GET", "POST")):
        if answer.response.get("Content-Type", "").startswith("text/html") and not answer.response.streaming:
            text = answer.response.content.decode()
            assert dangers(text) == [], (answer.name, answer.relation)
            assert "7700" not in re.sub(r"[0-9a-f-]{32,}|value=\"[^\"]*\"", "", text), answer.name
            pages, marked = pages + 1, marked + ("zqx" in text)
    assert pages > 60
    assert marked >= 5


@pytest.mark.parametrize("typed", TEMPLATES)
def test_what_looks_like_a_template_is_shown_as_it_was_typed(typed):
    draft = a_full_draft()
    client = come_in(Client(), draft.owner)
    page = reverse("filling:step", args=[draft.pk, "child"])
    fields = fields_of(client.get(page).text) | {"q-child_forename": typed}
    client.post(page, fields)

    shown = client.get(reverse("filling:summary", args=[draft.pk])).text
    assert typed.replace("'", "&#x27;") in shown
    assert Draft.objects.get().answers["CHILD_FORENAME"] == typed


@pytest.mark.parametrize("typed", SCRIPTS)
def test_every_field_of_every_step_takes_hostile_text_and_gives_it_back_as_text(typed):
    draft = a_full_draft()
    client = come_in(Client(), draft.owner)
    for group in every_kind()["groups"]:
        row = ["a1"] if group.get("repeats") else []
        page = reverse("filling:row" if row else "filling:step", args=[draft.pk, group["key"], *row])
        fields = fields_of(client.get(page, follow=True).text)
        own = {"revision", "base", "place", "row"}
        posted = {name: values if name in own else typed for name, values in fields.items()}
        answer = client.post(page, posted)
        assert answer.status_code in {200, 302, 422}, group["key"]
        assert dangers(client.get(page, follow=True).text) == []
        assert answer.status_code == 302 or dangers(answer.text) == []


SEARCHES = (
    "council:review",
    "council:matching",
    "council:children",
    "inbox:list",
    "filling:saved",
    "filling:submitted",
)


@pytest.mark.parametrize("name", SEARCHES)
def test_hostile_words_in_an_address_stay_words(world, name):
    client = client_of(world, "send officer" if name.startswith("council") else "parent A")
    keys = (
        "q",
        "page",
        "sort",
        "status",
        "form",
        "from",
        "to",
        "reference",
        "name",
        "team",
        "outcome",
        "child",
    )
    for typed in SCRIPTS:
        answer = client.get(reverse(name), dict.fromkeys(keys, typed))
        assert answer.status_code == 200
        assert dangers(answer.text) == []


# T21

HEADERS = [
    "\r\nBcc: zqx@evil.example",
    "\nSubject: zqx",
    "\r\n\r\n<b>zqx</b>",
    "\x0bBcc: zqx",
    "\u2028Bcc: zqx",
    "%0d%0aBcc: zqx",
]
KNOWN = {
    *("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "auto-submitted"),
    *("content-transfer-encoding", "reply-to", "content-language", "precedence", "x-auto-response-suppress"),
}


@pytest.mark.parametrize("typed", HEADERS)
def test_a_name_never_becomes_a_header_of_an_email(typed, own_data_folder):
    parent = a_parent()
    client = come_in(Client(), parent)
    page = client.get("/account/personal-details")
    fields = {name: page.context["form"].initial.get(name) or "" for name in page.context["form"].fields}
    client.post("/account/personal-details", fields | {"forename": f"D{typed}", "surname": f"P{typed}"})
    User.objects.filter(pk=parent.pk).update(forename=f"Dilys{typed}", surname=f"Pritchard{typed}")
    parent.refresh_from_db()
    messages.send(parent, subject=f"Hello{typed}", body=typed, key="k", now=LATER)
    Client().post("/account/forgotten", {"email": parent.email})
    Client().post("/account/forgotten", {"email": f"{parent.email}{typed}"})
    deliver()

    letters = list((own_data_folder / "mail").glob("*.eml"))
    assert letters
    for path in letters:
        letter = email.message_from_bytes(path.read_bytes(), policy=default)
        assert {name.lower() for name in letter} <= KNOWN
        assert letter["To"] == parent.email
        assert "zqx" not in "".join(f"{name}{value}" for name, value in letter.items())


@pytest.mark.parametrize("typed", HEADERS)
def test_what_is_typed_never_becomes_a_header_of_an_answer(typed):
    client = come_in(Client(raise_request_exception=False), a_parent())
    for answer in (
        client.post("/account/language", {"language": f"cy{typed}", "next": f"/home{typed}"}),
        client.get("/account/sign-in", {"next": f"/home{typed}"}),
        client.post(
            "/account/contact-details",
            {"town": typed},
            HTTP_X_PAGE=f"/home{typed}".encode().decode("latin-1"),
        ),
        client.get("/forms/start/EVERY-KIND/", {"child": typed}),
    ):
        assert answer.status_code < 500
        assert not any("zqx" in value and "%0" not in value for value in answer.headers.values())
        assert "Bcc" not in answer.headers
