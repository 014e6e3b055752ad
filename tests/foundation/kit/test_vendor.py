"""Style sheets, scripts and fonts are built from their packages, without what is reserved for gov.uk."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.PACKAGE.parent.parent
VENDOR = settings.PACKAGE / "foundation/kit/static/kit/vendor"


@pytest.fixture(autouse=True)
def built() -> None:
    if not (VENDOR / "stamp").exists():
        pytest.skip("COULD NOT TEST THE STYLE SHEETS: run scripts/vendor first")


def test_neither_typeface_nor_crown_nor_anything_to_fetch_is_in_the_style_sheet() -> None:
    sheet = (VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8")

    assert ".govuk-error-summary" in sheet and "system-ui" in sheet
    for reserved in ("GDS Transport", "@font-face", "crown", "url(", "sourceMappingURL"):
        assert reserved not in sheet
    assert "sourceMappingURL" not in (VENDOR / "govuk-frontend.min.js").read_text(encoding="utf-8")


def test_licences_and_fonts_come_along() -> None:
    licences = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    fonts = settings.PACKAGE / "foundation/documents/fonts"

    assert "govuk-frontend" in licences and "SIL OPEN FONT LICENSE" in licences.upper()
    assert {path.name for path in fonts.glob("*.ttf")} == {
        "NotoSans_400Regular.ttf",
        "NotoSans_400Regular_Italic.ttf",
        "NotoSans_700Bold.ttf",
    }


def test_building_again_changes_nothing_and_takes_no_time() -> None:
    before = {path: path.stat().st_mtime_ns for path in Path(VENDOR).iterdir()}
    began = time.monotonic()
    done = subprocess.run([sys.executable, str(ROOT / "scripts/vendor")], capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in Path(VENDOR).iterdir()} == before
    assert time.monotonic() - began < 5
