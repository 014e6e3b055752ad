import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guildhall.foundation.audit.models import Entry
from guildhall.paperwork.forms import queries, services
from guildhall.paperwork.forms.definition import DefinitionError
from guildhall.paperwork.forms.models import Form, FormVersion

from ...standing import NOON, an_administrator
from .made import a_form, a_group, a_question, words

pytestmark = pytest.mark.django_db


def a_plain_form(**more: Any) -> dict[str, Any]:
    return a_form(a_group("first", a_question("NAME")), **more)


def publish(plain: dict[str, Any]) -> FormVersion:
    return services.publish(plain, by=None, now=NOON)


@pytest.mark.req("GH-019")
def test_each_change_is_published_as_the_next_numbered_version():
    first = publish(a_plain_form())
    second = publish(a_plain_form(title=words("Another title")))

    assert (first.number, second.number) == (1, 2)
    assert first.form == second.form
    assert queries.live_version("test") == second


@pytest.mark.req("SP-131")
def test_a_published_version_keeps_its_definition_when_the_form_changes():
    first = publish(a_plain_form())
    publish(a_plain_form(title=words("Another title")))

    assert queries.definition_of(first.pk).title.en == "Test form"


def test_publishing_what_is_live_gives_that_version_and_no_new_number():
    plain = a_plain_form()
    reordered = dict(reversed(plain.items()))

    assert publish(reordered) == publish(plain)
    assert FormVersion.objects.count() == 1


def test_publishing_again_what_was_live_before_gives_a_new_number():
    publish(a_plain_form())
    publish(a_plain_form(title=words("Another title")))

    assert publish(a_plain_form()).number == 3


@pytest.mark.req("GH-019")
@pytest.mark.parametrize("act", ["update", "delete", "save"])
def test_the_database_refuses_to_change_a_published_version(act: str):
    version = publish(a_plain_form())
    version.form.live_version = None
    version.form.save()
    version.definition = {}

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        {
            "update": lambda: FormVersion.objects.update(number=7),
            "delete": lambda: connection.cursor().execute("DELETE FROM forms_formversion"),
            "save": version.save,
        }[act]()

    assert FormVersion.objects.get().number == 1


@pytest.mark.req("GH-019")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["one", "two", "three", "withdraw", "flawed"]), max_size=8))
def test_no_sequence_of_publishing_and_withdrawing_changes_what_was_published(acts: list[str]):
    with transaction.atomic():
        seen: dict[int, dict[str, Any]] = {}
        for act in acts:
            with suppress(DefinitionError, services.AlreadyWithdrawn):
                if act == "withdraw" and seen:
                    services.withdraw(Form.objects.get(), by=None, now=NOON)
                elif act != "withdraw":
                    publish(a_form() if act == "flawed" else a_plain_form(title=words(act)))
            now = {
                version.number: model_to_dict(version) for version in FormVersion.objects.order_by("number")
            }
            assert {number: now[number] for number in seen} == seen
            assert list(now) == list(range(1, len(now) + 1))
            seen = now
        transaction.set_rollback(True)


def test_a_form_with_flaws_is_not_published():
    with pytest.raises(DefinitionError) as refused:
        publish(a_form())

    assert "the form has no groups" in refused.value.message
    assert not Form.objects.exists()


@pytest.mark.req("SP-123")
def test_two_forms_cannot_have_codes_that_differ_only_in_letter_case():
    publish(a_plain_form(code="test"))
    publish(a_plain_form(code="Test", title=words("Another title")))

    assert Form.objects.get().code == "TEST"
    with pytest.raises(IntegrityError), transaction.atomic():
        Form.objects.create(code="tEST")


@pytest.mark.req("SP-115")
def test_a_withdrawn_form_is_not_offered_but_its_versions_stay():
    version = publish(a_plain_form())
    services.withdraw(version.form, by=None, now=NOON)

    assert queries.offered() == []
    assert queries.live_version("TEST") is None
    assert queries.definition_of(version.pk).code == "TEST"


def test_a_form_cannot_be_withdrawn_twice_and_comes_back_when_published():
    version = publish(a_plain_form())
    services.withdraw(version.form, by=None, now=NOON)

    with pytest.raises(services.AlreadyWithdrawn, match="not offered now"):
        services.withdraw(version.form, by=None, now=NOON)

    assert publish(a_plain_form()).number == 2
    assert queries.live_version("TEST") is not None


@pytest.mark.req("SP-074")
def test_forms_are_offered_by_portal_and_audience():
    publish(a_plain_form(code="P", audience="parent"))
    publish(a_plain_form(code="Y", audience="young-person"))
    publish(a_plain_form(code="T", portal="professional", audience="professional"))

    assert [version.form.code for version in queries.offered(portal="citizen", audiences=["parent"])] == ["P"]
    assert [version.form.code for version in queries.offered(portal="citizen")] == ["P", "Y"]
    assert [version.form.code for version in queries.offered(portal="professional")] == ["T"]


def test_publishing_and_withdrawing_are_audited():
    admin = an_administrator()
    version = services.publish(a_plain_form(), by=admin, now=NOON)
    services.withdraw(version.form, by=admin, now=NOON)

    verbs = Entry.objects.filter(verb__startswith="forms.").order_by("pk").values_list("verb", "by_id")
    assert list(verbs) == [("forms.published", admin.pk), ("forms.withdrawn", admin.pk)]


def test_a_version_is_compiled_once():
    version = publish(a_plain_form())

    assert queries.definition_of(version.pk) is queries.definition_of(version.pk)


def run(command: str, *paths: Path, verbosity: int = 1) -> str:
    out = io.StringIO()
    call_command(command, *map(str, paths), stdout=out, verbosity=verbosity)
    return out.getvalue()


def test_the_library_is_loaded_once_and_then_left_alone():
    first = run("load_forms")
    second = run("load_forms")

    assert "published as version 1" in first
    assert "published" not in second and "unchanged at version 1" in second
    assert run("load_forms", verbosity=0) == ""
    assert FormVersion.objects.count() == first.count("version 1")


def test_a_file_with_flaws_is_reported_with_every_place_and_loads_nothing(tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text("code: X\ntitel: {en: A, cy: B}\nportal: citizen\naudience: professional\n")

    with pytest.raises(CommandError) as refused:
        run("load_forms", path)

    assert "unknown key 'titel'; did you mean 'title'?" in str(refused.value)
    assert "audience 'professional' is not one of" in str(refused.value)
    assert not Form.objects.exists()


def test_checking_files_prints_each_flaw_and_fails(tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text("code: X\ncode: Y\n")

    out = io.StringIO()
    with pytest.raises(CommandError, match="1 problem found"):
        call_command("check_forms", str(path), stdout=out)
    assert "'code' is given twice" in out.getvalue()


def test_the_library_has_no_flaws():
    assert "is good" in run("check_forms")
