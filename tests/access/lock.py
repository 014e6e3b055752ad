"""The lock file of routes: every address with the door that guards it. Run as a module to write it."""

import os
from pathlib import Path

LOCK = Path(__file__).parent / "routes.lock"


def locked_routes() -> str:
    """One line a route: address, name, door."""
    from guildhall.foundation.access.check import routes

    return "".join(f"/{path}\t{name}\t{door}\n" for path, name, door in sorted(routes()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guildhall.config.settings")
    import django

    django.setup()
    LOCK.write_text(locked_routes(), encoding="utf-8")
