"""The lock file of routes: every address with its verbs and its door. Run as a module to write it."""

import os
from pathlib import Path

LOCK = Path(__file__).parent / "routes.lock"


def locked_routes() -> str:
    """One line a route: address, name, verbs, door."""
    from guildhall.foundation.access.check import routes

    return "".join(
        f"/{route.path}\t{route.name}\t{' '.join(route.verbs or ['any'])}\t{route.door}\n"
        for route in sorted(routes(), key=lambda route: (route.path, route.name))
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guildhall.config.settings")
    import django

    django.setup()
    LOCK.write_text(locked_routes(), encoding="utf-8")
