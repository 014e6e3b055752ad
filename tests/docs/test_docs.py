"""What the documents say is there, is there; and what must be said in them, is said."""

import re
from pathlib import Path

import pytest

from guildhall.foundation.access.permissions import ROLES
from guildhall.foundation.authority.defaults import DEFAULTS
from guildhall.paperwork.forms import definition
from guildhall.paperwork.forms.conditions import OPERATORS
from guildhall.paperwork.forms.kinds.table import KINDS

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "guides"
SETTINGS = (ROOT / "src/guildhall/config/settings.py").read_text(encoding="utf-8")
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def guide(name: str) -> str:
    return (GUIDES / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_between_documents_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_operators_guide_names_every_variable_of_the_environment():
    variables = set(re.findall(r'_(?:flag|value)\(\s*"([A-Z_]+)"', SETTINGS))
    assert variables
    assert {name for name in variables if f"`{name}`" not in guide("operators")} == set()


def test_the_administrators_guide_names_every_role_of_the_council_and_only_settings_that_exist():
    said = guide("administrators")
    council = {role.key for role in ROLES.values() if role.door == "council"}
    assert {role for role in council if f"`{role}`" not in said} == set()
    areas = "|".join(sorted({key.partition(".")[0] for key in DEFAULTS}))
    named = set(re.findall(rf"`((?:{areas})\.[a-z_-]+)`", said))
    assert named
    assert named - set(DEFAULTS) == set()


def test_the_form_file_guide_names_every_kind_key_and_comparison():
    said = guide("form-file-format")
    keys = {*definition.FORM_KEYS, *definition.GROUP_KEYS, *definition.QUESTION_KEYS}
    lacking = {
        word for word in (*KINDS, *keys, *OPERATORS) if not re.search(rf"`[^`]*\b{word}\b[^`]*`", said)
    }
    assert lacking == set()


def test_every_decision_is_in_the_list_of_decisions():
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    decisions = [path.name for path in folder.glob("0*.md")]
    assert decisions
    assert [name for name in decisions if f"({name})" not in listed] == []
