"""The self-check: unsafe installations are named by number, and a good one gets no finding."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from guildhall.config import selfcheck
from guildhall.foundation.audit import services as audit
from guildhall.foundation.audit import spool
from guildhall.foundation.audit.models import Entry
from guildhall.foundation.files import clamd
from guildhall.foundation.outbox.models import Heartbeat, Task
from guildhall.work.alerts.asking import running as alert_queries

from ..docs.test_docs import guide
from ..standing import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.req("GH-056")]
ASKS_THE_DISKS = selfcheck._with_the_database


@pytest.fixture
def good(settings, monkeypatch, tmp_path):
    """An installation with which nothing is wrong."""
    settings.DEBUG = settings.DEMONSTRATION = settings.WHITENOISE_USE_FINDERS = False
    settings.SITE_URL = "https://portal.example.org"
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.SECRET_KEY = "x" * 50
    settings.CLAMD = "/run/clamd"
    settings.MAIL = "smtp://mail.example.org:587"
    monkeypatch.setattr(clamd, "answers", lambda: True)
    monkeypatch.setattr(selfcheck, "_with_the_database", lambda _folder: False)  # it is on another disk
    tmp_path.chmod(0o700)
    Heartbeat.objects.create(worker="w", started_at=NOON, beat_at=NOON)
    spool.here().prepare()
    if lacking := alert_queries.lacking_account():
        run_on_the_database(lacking)
    return settings


def run_on_the_database(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)


def numbers(now=NOON) -> list[str]:
    return [finding.number for finding in selfcheck.findings(now)]


def test_nothing_is_found_in_a_good_installation(good):
    assert numbers() == []


def test_a_spool_on_the_disk_of_the_database(good, monkeypatch, tmp_path):
    monkeypatch.setattr(selfcheck, "_with_the_database", ASKS_THE_DISKS)
    if connection.vendor == "sqlite":  # that of the tests is in memory
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path))
    assert numbers() == ["W053"]


def test_the_account_of_the_queries_of_alerts_is_asked_for_with_its_statements(good):
    assert not alert_queries.lacking_account()
    if connection.vendor == "sqlite":
        return
    run_on_the_database(f"DROP ROLE {alert_queries.ROLE}")
    lacking = alert_queries.lacking_account()

    assert lacking.startswith("CREATE ROLE guildhall_alerts NOLOGIN; GRANT guildhall_alerts TO ")
    assert numbers() == ["W024"]
    run_on_the_database(lacking)
    assert numbers() == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("DEBUG", True, "E010"),
        ("ALLOWED_HOSTS", ["*"], "E011"),
        ("ALLOWED_HOSTS", [], "E011"),
        ("SITE_URL", "http://portal.example.org", "E012"),
        ("SECRET_KEY", "x" * 49, "E014"),
        ("DEMONSTRATION", True, "E015"),
        ("WHITENOISE_USE_FINDERS", True, "W016"),
        ("CLAMD", "", "W040"),
        ("MAIL", "files", "W042"),
        ("ROOT_URLCONF", "tests.house.silent_urls", "E001"),
    ],
)
def test_each_unsafe_setting_has_its_number(good, name, value, number):
    setattr(good, name, value)

    assert number in numbers()


def test_the_key_that_everybody_knows(good):
    good.SECRET_KEY = good.KNOWN_KEY

    assert numbers() == ["E013"]
    with pytest.raises(selfcheck.KnownSecretKey):
        selfcheck.refuse_known_key()


def test_services_that_do_not_answer(good, monkeypatch):
    monkeypatch.setattr(clamd, "answers", lambda: False)
    Task.objects.create(kind="email", key="1", payload={}, state="stuck", due_at=NOON, put_at=NOON)

    assert numbers(NOON + timedelta(minutes=6)) == ["W041", "W043", "W044", "W045"]


def test_a_data_folder_that_others_can_read(good, own_data_folder):
    if selfcheck.connection.vendor != "sqlite":
        pytest.skip("the data folder holds the database on SQLite only")
    own_data_folder.chmod(0o755)

    assert numbers() == ["E033"]


def test_an_audit_that_was_changed_from_outside_or_that_nobody_checks(good):
    audit.verify(now=NOON)
    assert numbers(NOON) == []
    Heartbeat.objects.update(beat_at=NOON + timedelta(hours=27))
    assert numbers(NOON + timedelta(hours=27)) == ["W051"]
    Entry.objects.create(
        at=NOON, verb="audit.verified", about_kind="audit", about_id="chain", detail={"broken": "entry 7"}
    )
    assert numbers(NOON) == ["E050"]


def test_the_command_ends_with_an_error_on_anything_unsafe(good, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    out = StringIO()
    call_command("guildhall_check", stdout=out)
    assert "0 unsafe" in out.getvalue()

    good.DEBUG, out = True, StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("guildhall_check", "--json", stdout=out)
    assert ended.value.returncode == 1
    said = json.loads(out.getvalue())
    assert (said["unsafe"], said["findings"][0]["number"]) == (1, "E010")


def test_the_operators_guide_explains_every_number():
    import re
    from pathlib import Path

    source = Path(selfcheck.__file__).read_text(encoding="utf-8")
    known = set(re.findall(r'"([EW]\d{3})"', source))
    assert len(known) > 15
    assert {number for number in known if f"`{number}`" not in guide("operators")} == set()
