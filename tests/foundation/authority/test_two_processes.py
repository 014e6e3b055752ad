"""A setting that one process changes counts in another at its next request."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STEP = "import sys; sys.path[:0] = {path!r}; import django; django.setup()\n"
READER = """
from guildhall.foundation.authority import stamps
from guildhall.foundation.authority.queries import setting
for line in sys.stdin:
    stamps.begin_request()
    print(setting("messages.per_page"), flush=True)
    stamps.end_request()
"""
WRITER = """
from django.utils import timezone
from guildhall.foundation.authority import services
services.change_setting("messages.per_page", value=77, by=None, now=timezone.now())
"""
READY = """
from django.core.management import call_command
call_command("migrate", "authority", verbosity=0)
call_command("migrate", "audit", verbosity=0)
"""


@pytest.mark.heavy
@pytest.mark.req("SP-294")
def test_another_process_that_keeps_the_settings_sees_the_change_at_its_next_request(tmp_path: Path):
    around = os.environ | {
        "GUILDHALL_DATA": str(tmp_path),
        "GUILDHALL_DATABASE": f"sqlite:///{tmp_path / 'two.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "guildhall.config.settings",
    }

    def program(body: str) -> list[str]:
        return [sys.executable, "-c", STEP.format(path=sys.path) + body]

    subprocess.run(program(READY), env=around, check=True)
    with subprocess.Popen(
        program(READER), env=around, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdin and reader.stdout

        def ask() -> str:
            print("?", file=reader.stdin, flush=True)
            return reader.stdout.readline().strip()

        assert [ask(), ask()] == ["20", "20"]
        subprocess.run(program(WRITER), env=around, check=True)
        assert ask() == "77"
        reader.stdin.close()
