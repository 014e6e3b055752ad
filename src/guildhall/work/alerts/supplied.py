"""The alerts that are supplied, not active. The authority looks at them, changes them, and activates them."""

from datetime import UTC, datetime
from typing import Any

TOLD = "SEND – Informing a Portal User they are authenticated"
REMINDED = "SEND – Reminder to submit information"

ALERTS: tuple[dict[str, Any], ...] = (
    {
        "key": "5b0a1f52-6c0c-4a0e-9c57-1f6d2a3b4c01",
        "kind": "trigger",
        "reason": "A portal user is authenticated",
        "description": "Tells a portal user when they are authenticated on an involvement.",
        "based_on": "portal_sharing",
        "fields": ["authenticated"],
        "template": TOLD,
        "recipient": "concerned",
    },
    {
        "key": "5b0a1f52-6c0c-4a0e-9c57-1f6d2a3b4c02",
        "kind": "scheduled",
        "reason": "Information is late",
        "description": "Once a week, reminds each professional whose information is late.",
        "query": (
            "SELECT involvement_id, portal_user_id, information_due\n"
            "FROM information_requested\n"
            "WHERE information_received_date IS NULL AND days_left < 0"
        ),
        "include_result": True,
        "every": 1,
        "unit": "weeks",
        "template": REMINDED,
        "recipient": "professionals",
    },
)
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def supply(apps: Any, _schema: Any) -> None:
    """Keep each of them, for a migration."""
    templates = apps.get_model("mail_messages", "MessageTemplate")
    for one in ALERTS:
        values = {name: value for name, value in one.items() if name not in ("key", "template", "recipient")}
        template = templates.objects.filter(name=one["template"], removed_at=None).first()
        stamps = {"predefined": True, "template": template, "made_at": FIRST_DAY, "changed_at": FIRST_DAY}
        alert, made = apps.get_model("alerts", "Alert").objects.get_or_create(
            key=one["key"], defaults=values | stamps
        )
        if made:
            apps.get_model("alerts", "Recipient").objects.create(alert=alert, kind=one["recipient"])


def take_back(apps: Any, _schema: Any) -> None:
    """Only those that nobody has touched."""
    keys = [one["key"] for one in ALERTS]
    apps.get_model("alerts", "Alert").objects.filter(key__in=keys, revision=1).delete()
