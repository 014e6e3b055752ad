"""What every test stands on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, settings: django_settings) -> Iterator[Path]:
    """Files and mail of a test go to a folder of its own."""
    settings.DATA = tmp_path
    settings.FILES_ROOT = tmp_path / "files"
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL = "files"
    yield tmp_path
