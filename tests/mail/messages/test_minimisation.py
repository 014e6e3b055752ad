"""Emails say nothing of a child: no name, no school, no title of a form. The rest is in the account."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from guildhall.foundation.outbox.worker import drain
from guildhall.foundation.texts.catalogue import catalogue
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from tests.access.world import LATER, the_world

# What an email may be filled with. Nobody adds a name, a school or a title here.
MAY_BE_FILLED_IN = frozenset(
    {
        "portal",
        "authority",
        "link",
        "sign_in_link",
        "portal_link",
        "code",
        "minutes",
        "hours",
        "days",
        "left",
        "due",
    }
    | {"reference", "date", "day", "time", "department", "settings_link"}
)
EMAILS = sorted(
    name
    for name in catalogue()
    if re.match(r"(text-blocks\.Email_|[a-z-]+\.EmailSubject_|messaging\.Notice)", name)
)


@pytest.mark.req("GH-049", "SP-107")
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", EMAILS)
def test_no_email_has_a_place_for_a_child_a_school_or_a_form(name: str, language: str):
    placed = set(re.findall(r"\{([a-z_]+)\}", catalogue()[name][language]))

    assert placed <= MAY_BE_FILLED_IN


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.req("GH-049")
def test_what_was_sent_for_real_names_no_child_and_no_form(own_data_folder: Path):
    the_world(
        professional={"CHILD_SURNAME": "Zzcanary", "CONCERN": "Zzbruises"},
        professional_2={"CHILD_SURNAME": "Zzcanary", "CONCERN": "Zzbruises"},
    )
    drain(lambda: LATER)

    letters = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (own_data_folder / "mail").glob("*.eml")
    ]
    assert len(letters) > 5
    titles = {
        words
        for version in FormVersion.objects.all()
        for words in (
            forms.definition_of(version.pk).title.in_("en"),
            forms.definition_of(version.pk).title.in_("cy"),
        )
    }
    for letter in letters:
        said = str(letter["Subject"]) + "".join(
            part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"
        )
        assert "Zzcanary" not in said and "Zzbruises" not in said
        assert "Mali" not in said
        assert [title for title in titles if title in said] == []
