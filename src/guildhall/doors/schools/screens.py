"""The screens that guides describe, each with the routes that belong to it; some rooms come later."""

from django.urls import NoReverseMatch, reverse

SCREENS: dict[str, tuple[str, ...]] = {
    "users": ("users", "add", "edit", "act"),
    "import": ("upload", "import", "decide-import"),
    "accounts": ("account-management", "user-details"),
    "account-help": ("account-help", "ask-for-account"),
    "duties": ("duties", "end-duty"),
    "secure": ("secure", "secure-service", "choose-services"),
    "cases": ("cases", "new-case", "case-start", "case", "case-abandon", "many"),
    "responsibilities": (
        *("responsibilities", "responsibilities-of", "responsibility-request", "overview"),
        *("areas", "new-category", "consultation"),
    ),
    "alerts": ("alerts",),
    "folder": ("folder", "folder-access"),
    "post": ("post",),
}
_SCREEN_OF = {f"schools:{route}": screen for screen, routes in SCREENS.items() for route in routes}


def screen_of(route: str) -> str:
    """The screen that a route belongs to, or ""."""
    return _SCREEN_OF.get(route, "")


def is_built(screen: str) -> bool:
    """Whether this installation has the screen: its first route needs nothing more to be opened."""
    return screen in SCREENS and bool(address(f"schools:{SCREENS[screen][0]}"))


def address(route: str) -> str:
    """The address of a page; "" where this installation has no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
