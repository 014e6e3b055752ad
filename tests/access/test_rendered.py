"""The page that the council signs off says what the program does."""

from guildhall.foundation.access.permissions import ROLES

from .lock import RENDERED, rendered


def test_the_page_for_people_equals_the_roles_and_the_doors():
    assert RENDERED.read_text(encoding="utf-8") == rendered(), (
        "Roles or doors changed. Read the difference; if it is right: .venv/bin/python -m tests.access.lock"
    )


def test_it_names_every_role_and_no_page_without_a_reason():
    page = rendered()
    assert [key for key in ROLES if f"**{key}**" not in page] == []
    assert "|  |\n" not in page.split("## Pages for everybody, and why")[1]
