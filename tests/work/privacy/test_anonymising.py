"""A copy for training: nobody can be recognised in it, and no field of the data map is forgotten."""

import sqlite3
from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from guildhall.foundation.audit import append_only
from guildhall.foundation.files import services as files
from guildhall.foundation.kit.identifiers import valid_nhs_number, valid_uln, valid_upn
from guildhall.mail.messages import services as messages
from guildhall.work.privacy.services.anonymising import copying
from guildhall.work.privacy.services.anonymising.disguise import PLACEHOLDER, Disguise
from tests.records.some import a_child
from tests.standing import NOON, a_parent
from tests.work.cases.scene import a_case

CANARIES = (
    *("Canarwen", "Canarfab", "canarwen@example.org", "07700123456", "Canarlan", "LL59 5XX", "LL595XX"),
    *("A123456789012", "9434765919", "canarnodyn", "canarffeil"),
)


@pytest.fixture
def target(
    db: None,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A place for the copy that is not in the folder of the data, and may be opened as a database."""
    opening = django_db_blocker._real_ensure_connection
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", opening)
    return tmp_path_factory.mktemp("elsewhere") / "copy"


def people_to_hide() -> None:
    parent = a_parent(
        forename="Canarwen",
        surname="Canarfab",
        mobile="07700123456",
        address={"lines": ["12 Stryd Canarlan"], "town": "Canarlan", "postcode": "LL59 5XX"},
    )
    type(parent).objects.filter(pk=parent.pk).update(email="canarwen@example.org")
    case = a_case(
        child={"forename": "Canarfab", "surname": "Canarwen"},
        answers={
            "NOTE": "Written canarnodyn about it",
            "HOME": {"postcode": "LL59 5XX", "lines": ["Canarlan"]},
        },
    )
    a_child(
        forename="Canarfab", surname="Canarwen-Rees", born_on=date(2015, 5, 20), postcode="LL59 5XX",
        upn="A123456789012", nhs_number="9434765919", uln="1234567899",
    )  # fmt: skip
    messages.send(parent, subject="canarnodyn", body="Dear Canarwen", key="k", now=NOON)
    upload = SimpleUploadedFile("canarffeil.txt", b"canarffeil")
    held = ("submission", str(case.submission_id))
    files.accept_upload(upload, owner=parent, held_by=held, question="Q", now=NOON)


def anonymise(target: Path) -> str:
    said = StringIO()
    call_command("privacy", "anonymise", "--to", str(target), stdout=said)
    return said.getvalue()


def asked(target: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(target / copying.NAME)) as copy:
        return copy.execute(question).fetchall()


@pytest.mark.django_db
def test_nothing_of_anybody_is_in_the_copy_and_the_original_is_as_it_was(target: Path):
    people_to_hide()
    before = list(type(a_parent()).objects.values_list("email", "forename"))

    assert "Nothing real was found" in anonymise(target)

    whole = b"".join(path.read_bytes() for path in target.rglob("*") if path.is_file()).lower()
    assert [canary for canary in CANARIES if canary.lower().encode() in whole] == []
    assert list(type(a_parent()).objects.values_list("email", "forename")) == before
    assert [path.read_bytes() for path in (target / "files").rglob("*") if path.is_file()] == [PLACEHOLDER]


@pytest.mark.django_db
def test_the_copy_fits_together_as_the_original_does(target: Path):
    people_to_hide()

    anonymise(target)

    columns = "forename, surname, upn, nhs_number, uln, surname_key"
    question = f"SELECT {columns} FROM children_child WHERE upn <> ''"
    forename, surname, upn, nhs, uln, key = asked(target, question)[0]
    assert valid_upn(upn)
    assert valid_nhs_number(nhs)
    assert valid_uln(uln)
    assert uln != "1234567899"
    assert key == surname.lower().replace("-", "")
    ((name,),) = asked(target, "SELECT child_name FROM cases_case")
    assert (name.split()[0], name.split()[-1]) == (forename, surname.partition("-")[0])
    assert asked(target, "SELECT count(*) FROM children_alsokey") != [(0,)]
    assert asked(target, "SELECT count(*) FROM audit_entry") == [(0,)]
    assert asked(target, "PRAGMA foreign_key_check") == []


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the copy is compared with an embedded database")
def test_the_copy_refuses_what_the_original_refuses_and_waits_for_no_migration(target: Path):
    append_only.AUDIT.take_down(connection)
    append_only.AUDIT.put_up(connection)
    anonymise(target)

    question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(question)
        ours = set(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM django_migrations")
        migrations = cursor.fetchall()
    assert ours <= set(asked(target, question))
    assert asked(target, "SELECT count(*) FROM django_migrations") == migrations


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.django_db
def test_a_copy_in_which_something_real_is_left_is_thrown_away(target: Path, monkeypatch: pytest.MonkeyPatch):
    people_to_hide()

    def careless(self: Disguise, value: str) -> str:
        self.marks.add(value.lower())
        return value

    monkeypatch.setattr(Disguise, "email_of", careless)

    with pytest.raises(CommandError, match=r"accounts\.User\.email") as refused:
        anonymise(target)

    assert "canarwen" not in str(refused.value)
    assert not target.exists()


@pytest.mark.django_db
def test_a_copy_never_goes_near_the_live_data(own_data_folder: Path, target: Path):
    with pytest.raises(CommandError, match="required"):
        call_command("privacy", "anonymise")
    for near in (own_data_folder, own_data_folder / "copy", own_data_folder.parent):
        with pytest.raises(CommandError, match="live data"):
            anonymise(near)
    target.mkdir()
    with pytest.raises(CommandError, match="does not exist yet"):
        anonymise(target)


def test_every_personal_field_of_the_data_map_has_a_rule():
    assert copying.forgotten() == [], "say in privacy/services/anonymising/rules.yaml what becomes of it"
    assert copying.unknown() == []


@pytest.mark.django_db
def test_without_a_rule_for_a_field_there_is_no_copy(target: Path, monkeypatch: pytest.MonkeyPatch):
    empty, fields = copying.rules()
    fields = fields | {"cases.Case": {"submitter_name": "name", "child_name": "name"}}
    monkeypatch.setattr(copying, "rules", lambda: (empty, fields))

    with pytest.raises(CommandError, match=r"cases\.Case\.child_born_on"):
        anonymise(target)
    assert not target.exists()


WORDS = models.CharField(max_length=12)


def test_the_same_is_disguised_alike_in_one_run_and_otherwise_in_the_next():
    first, second = Disguise(), Disguise()

    assert first.name_of("Siân Rees-Hughes") == first.name_of("Siân Rees-Hughes")
    assert first.name_of("Rees") == first.name_of("Hughes-Rees").rpartition("-")[2]
    assert first.name_of("Rees") != second.name_of("Rees")
    assert first.apply("email", "", WORDS) == ""
    assert len(first.apply("words", "A long story about somebody", WORDS)) <= 12


def test_no_disguise_is_somebody_s_name():
    plain = Disguise()
    once = plain.name_of("rees")
    again = Disguise(taken=frozenset({once}), _key=plain._key)

    assert again.name_of("rees") != once


def test_what_forms_are_made_of_stays_and_everything_else_in_an_answer_goes():
    disguise = Disguise(known=frozenset({"mother"}))
    said = {
        "WHO": "mother",
        "SENT": "2020-05-20",
        "NOTE": "About Mali",
        "rows": [{"_id": "1", "EMAIL": "a@b.example"}],
    }

    hidden = disguise.answers_of(said)

    assert (hidden["WHO"], hidden["SENT"][:8]) == ("mother", "2020-05-")
    assert "Mali" not in hidden["NOTE"]
    assert hidden["rows"][0]["EMAIL"].endswith("@example.invalid")
