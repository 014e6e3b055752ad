"""The alerts that are supplied, not active. The authority looks at them, changes them, and activates them."""

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
