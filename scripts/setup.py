"""Makes the project's own environment: Python packages, style sheets, and (for tests) real services.

Needs Python 3.11 and pip, nothing else. Every step is skipped when nothing it depends on has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools"


class CannotSetUp(Exception):
    """Something is missing; the message says what to install or do."""


def say(words: str) -> None:
    print(f"· {words}", flush=True)


def environment(**more: str) -> dict[str, str]:
    """The environment that every part of the project runs in."""
    own = {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "guildhall.config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return os.environ | own | more


def run(*command: str | Path, what: str, **more: str) -> None:
    """Run a step; CannotSetUp with the end of its output when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(**more),
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise CannotSetUp(f"{what} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _fresh(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text() == digest


def set_up_python(packages: str) -> None:
    """Install ``requirements/<packages>.txt`` (runtime or dev) into .venv, by hash."""
    if sys.version_info < (3, 11):
        raise CannotSetUp(
            f"Guildhall needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try python3.11 ./run."
        )
    wanted = ROOT / "requirements" / f"{packages}.txt"
    stamp, dev_stamp = VENV / f"{packages}.stamp", VENV / "dev.stamp"
    digest = _digest(wanted)
    if PYTHON.exists() and (
        _fresh(stamp, digest)
        or (packages == "runtime" and _fresh(dev_stamp, _digest(ROOT / "requirements/dev.txt")))
    ):
        return
    uv = _uv()
    if not PYTHON.exists():
        say("Making the Python environment")
        run(uv, "venv", "--quiet", "--python", sys.executable, VENV, what="Making the Python environment")
    say(f"Installing Python packages ({packages})")
    run(
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        PYTHON,
        "--require-hashes",
        "-r",
        wanted,
        what="Installing Python packages",
    )
    stamp.write_text(digest)


def _uv() -> Path:
    uv = TOOLS / "uv" / "bin" / "uv"
    if not uv.exists():
        say("Fetching the package installer")
        pip = (
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--target",
            TOOLS / "uv",
        )
        run(
            *pip,
            "--require-hashes",
            "-r",
            ROOT / "requirements" / "uv.txt",
            what="Fetching the package installer (is pip installed?)",
        )
    return uv


def set_up_assets() -> None:
    """Build style sheets, scripts and fonts from their packages."""
    run(PYTHON, ROOT / "scripts" / "vendor", what="Building the style sheets")


def set_up_debian(*packages: str) -> list[str]:
    """Install Debian packages that are missing, where that is allowed; return those still missing."""
    programs = {"chromium": "chromium", "clamav-daemon": "clamd", "postgresql": "initdb"}
    missing = [package for package in packages if not find_program(programs[package])]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {', '.join(missing)} for the tests")
        quiet = {
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            "capture_output": True,
            "check": False,
        }
        subprocess.run(["apt-get", "update"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *missing], **quiet)
    return [package for package in missing if not find_program(programs[package])]


def find_program(name: str) -> str | None:
    """The path of a program, also where Debian hides servers."""
    places = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        Path("/usr/sbin"),
        Path("/usr/local/bin"),
    ]
    return shutil.which(name) or next(
        (str(place / name) for place in places if (place / name).exists()), None
    )
