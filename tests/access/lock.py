"""The lock file of routes, and the same for people to read and sign off. Run as a module to write both.

``routes.lock``: every address with its verbs and its door. ``docs/access-matrix.md``: roles, what each may
do, and which pages that opens.
"""

import os
from collections import defaultdict
from pathlib import Path

LOCK = Path(__file__).parent / "routes.lock"
RENDERED = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.md"
_BEGIN = """# Who may open what

Made from the table of roles and the doors of all pages; do not change it by hand. It says who is let in.
Which rows somebody finds behind a door depends on whose they are: people see what they sent themselves,
officers see the forms of their own teams, and what is not theirs is “Page not found”. That is tested for
every kind of person, page and verb by [the access matrix](../tests/access/matrix.csv).

“Second step”: only in a session that passed the second step of signing in. “Audited”: opening it is kept in
the audit, with who looked.
"""


def locked_routes() -> str:
    """One line a route: address, name, verbs, door."""
    from guildhall.foundation.access.check import routes

    return "".join(
        f"/{route.path}\t{route.name}\t{' '.join(route.verbs or ['any'])}\t{route.door}\n"
        for route in sorted(routes(), key=lambda route: (route.path, route.name))
    )


def rendered() -> str:
    """The roles and the doors as a page for people."""
    return "\n".join([_BEGIN, *_roles(), "", *_doors(), *_open(), ""])


def _roles() -> list[str]:
    from guildhall.foundation.access.permissions import ROLES, Permission

    keys = list(ROLES)
    told = [f"- **{role.key}** ({role.door}): {role.why}" for role in ROLES.values()]
    rows = [
        f"| {permission} | "
        + " | ".join("yes" if permission in ROLES[key].permissions else "" for key in keys)
        + " |"
        for permission in Permission
    ]
    head = [f"| May | {' | '.join(keys)} |", f"|---|{'---|' * len(keys)}"]
    return ["## Roles", "", *told, "", *head, *rows]


def _doors() -> list[str]:
    from guildhall.foundation.access.check import routes
    from guildhall.foundation.access.permissions import ROLES

    pages: dict[str, list[str]] = defaultdict(list)
    for route in sorted(routes(), key=lambda route: route.path):
        if route.door and route.door.permission:
            marks = f"{'yes' if route.door.verified else ''} | {'yes' if route.door.reads_child else ''}"
            pages[str(route.door.permission)].append(f"| `/{route.path}` | {_verbs(route.verbs)} | {marks} |")
    lines: list[str] = []
    for permission, rows in pages.items():
        holders = [role.key for role in ROLES.values() if permission in role.permissions]
        lines += [f"## Pages for those who may {permission}", "", f"Open to: {', '.join(holders)}.", ""]
        lines += ["| Page | Verbs | Second step | Audited |", "|---|---|---|---|", *rows, ""]
    return lines


def _open() -> list[str]:
    from guildhall.foundation.access.check import routes

    rows = [
        f"| `/{route.path}` | {_verbs(route.verbs)} | {route.door.reason} |"
        for route in sorted(routes(), key=lambda route: route.path)
        if route.door and not route.door.permission
    ]
    return ["## Pages for everybody, and why", "", "| Page | Verbs | Why |", "|---|---|---|", *rows]


def _verbs(verbs: tuple[str, ...] | None) -> str:
    return " ".join(verb for verb in verbs or () if verb != "HEAD")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guildhall.config.settings")
    import django

    django.setup()
    LOCK.write_text(locked_routes(), encoding="utf-8")
    RENDERED.write_text(rendered(), encoding="utf-8")
