"""The screens that guides describe, each with the routes that belong to it; some rooms come later."""

from django.urls import NoReverseMatch, reverse

SCREENS: dict[str, tuple[str, ...]] = {
    # The next three are where tasks of the front page lead; the guide to two is that to the calendar.
    "directory": ("directory",),
    "term-dates": ("term-dates",),
    "report-closure": ("report-closure",),
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
    "calendar": (
        *("calendar", "maintain-calendar", "session-times", "training-days", "own-dates"),
        *("closures", "closure", "extend-closure", "end-closure", "withdraw-closure", "report-closure"),
        "term-dates",
    ),
    "meals": (
        *("meals", "meals-amendments", "meals-add", "meals-change", "meals-remove"),
        *("meals-amendment", "forms"),
    ),
    "reviews": (
        *("reviews", "reviews-ended", "review-add", "review-pupil", "review-dates", "review-end"),
        *("review-meeting", "review-check", "review-part", "review-documents", "review-report"),
    ),
    "invoices": (
        *("invoices", "invoices-new", "invoices-file", "invoices-line", "invoices-send"),
        *("invoices-batch", "invoices-withdraw"),
    ),
    "transfers": (
        *("file-transfer", "transfer-new", "transfer", "transfer-send", "transfer-withdraw"),
        *("transfer-lost", "transfer-claim"),
    ),
    "returns": (
        *("data-collections", "returns-guidance", "returns-upload", "returns-return", "returns-found"),
    ),
    "folder": (
        *("folder", "folder-add", "folder-document", "folder-change", "folder-replace", "folder-remove"),
        *("folder-removed", "folder-sections", "folder-section", "folder-access"),
    ),
    "admissions": ("admissions",),
    "finance": ("finance", "finance-statement", "finance-return", "finance-check", "finance-sent"),
    "emergency": ("emergency", "emergency-add", "emergency-change", "emergency-remove"),
    "governors": (
        *("governors", "governors-papers", "governors-meeting", "governors-meeting-add"),
        *("governors-meeting-change", "governors-meeting-remove", "governors-paper", "governors-paper-add"),
        *("governors-paper-replace", "governors-paper-withdraw", "governors-withdrawn", "governors-access"),
        *("governors-training", "governors-course", "governors-cancel", "governors-record", "governors-news"),
    ),
    "downloads": ("downloads", "plans", "plan"),
    "area": ("area",),
    "traded": ("traded", "traded-service", "traded-ask", "traded-enquiries", "traded-enquiry"),
    "notices": (
        *("notices", "notices-own", "notice", "notice-submit", "notice-new", "notice-change"),
        *("notice-withdraw", "notice-report"),
    ),
    "post": ("post", "post-item", "post-forward"),
    "all-post": ("all-post",),
    "actions": ("actions", "action", "action-new", "action-change", "action-cancel"),
}
_SCREEN_OF = {f"schools:{route}": screen for screen, routes in SCREENS.items() for route in routes}


def screen_of(route: str) -> str:
    """The screen that a route belongs to, or ""."""
    return _SCREEN_OF.get(route, "")


def is_built(screen: str) -> bool:
    """Whether this installation has the screen: its first route needs nothing more to be opened."""
    return bool(address_of(screen))


def address_of(screen: str) -> str:
    """Where a screen begins; "" where this installation has it not."""
    return address(f"schools:{SCREENS[screen][0]}") if screen in SCREENS else ""


def address(route: str) -> str:
    """The address of a page; "" where this installation has no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
