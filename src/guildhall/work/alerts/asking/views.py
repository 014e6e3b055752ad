"""What a query may ask: views without names of children, passwords, secret answers or codes (SP-272).

They are made for each query and gone after it, so that the tables stay free to change. Days are counted to
``today``, so that the same query works on both databases.
"""

import re
from datetime import date

VIEWS: dict[str, tuple[str, ...]] = {
    "involvements": ("involvement_id", "opened_on", "days_open", "portal_users", "authenticated_users"),
    "portal_sharing": (
        "involvement_id",
        "portal_user_id",
        "portal_user_type",
        "role_relationship",
        "young_person",
        "parental_responsibility",
        "authenticated",
        "changed_on",
        "days_since_change",
    ),
    "information_requested": (
        "involvement_id",
        "portal_user_id",
        "role",
        "information_due",
        "days_left",
        "notified_date",
        "information_received_date",
    ),
    "submitted_forms": (
        "involvement_id",
        "form_reference",
        "form",
        "status",
        "received_on",
        "days_since_received",
        "decided_on",
    ),
    "shared_forms": ("involvement_id", "portal_user_id", "shared_on", "days_since_shared", "stopped_on"),
    "alert_messages": (
        "alert_definition_id",
        "involvement_id",
        "portal_user_id",
        "sent_on",
        "days_since_sent",
        "read_on",
    ),
}
"""View → its columns, as the page shows them."""

_OF_A_CHILD = "JOIN children_child c ON c.id = i.child_id AND c.removed_at IS NULL"
# DAY, SINCE (days from a moment to today) and LEFT (days from today) become each database's own words.
_SELECTS: dict[str, str] = {
    "involvements": """
        SELECT i.id, DAY(i.opened_at), SINCE(i.opened_at),
            (SELECT COUNT(*) FROM sharing_portaluser p WHERE p.involvement_id = i.id),
            (SELECT COUNT(*) FROM sharing_portaluser p WHERE p.involvement_id = i.id AND p.authenticated)
        FROM sharing_involvement i OF_A_CHILD""",
    "portal_sharing": """
        SELECT i.id, p.user_id, g.user_type, p.relation, p.young_person, p.parental_responsibility,
            p.authenticated, DAY(g.at), SINCE(g.at)
        FROM sharing_portaluser p
        JOIN sharing_change g ON g.portal_user_id = p.id AND g.version = p.version
        JOIN sharing_involvement i ON i.id = p.involvement_id OF_A_CHILD""",
    "information_requested": """
        SELECT i.id, p.user_id, r.role, r.due_on, LEFT(r.due_on), r.notified_on, r.received_on
        FROM advice_requested r
        LEFT JOIN sharing_portaluser p ON p.id = r.portal_user_id
        JOIN sharing_involvement i ON i.id = r.involvement_id OF_A_CHILD
        WHERE r.removed_at IS NULL""",
    "submitted_forms": """
        SELECT i.id, k.reference, k.form_title, k.status, DAY(k.received_at), SINCE(k.received_at),
            DAY(k.decided_at)
        FROM cases_case k
        JOIN linkage_mention m ON m.id = k.mention_id
        JOIN sharing_involvement i ON i.child_id = m.child_id OF_A_CHILD
        WHERE k.team = 'send'""",
    "shared_forms": """
        SELECT i.id, p.user_id, DAY(s.shared_at), SINCE(s.shared_at), DAY(s.stopped_at)
        FROM sharing_sharedform s
        JOIN sharing_portaluser p ON p.id = s.recipient_id
        JOIN sharing_involvement i ON i.id = p.involvement_id OF_A_CHILD""",
    "alert_messages": """
        SELECT u.alert_id, s.involvement_id, s.user_id, DAY(s.ended_at), SINCE(s.ended_at), DAY(x.read_at)
        FROM alerts_sending s
        JOIN alerts_run u ON u.id = s.run_id
        JOIN mail_messages_message x ON x.id = s.message""",
}
_OWN = re.compile(r"\b(DAY|SINCE|LEFT)\(([a-z]\.[a-z_]+)\)")
_SQLITE = {
    "DAY": "DATE({0})",
    "SINCE": "CAST(JULIANDAY({today}) - JULIANDAY(DATE({0})) AS INTEGER)",
    "LEFT": "CAST(JULIANDAY({0}) - JULIANDAY({today}) AS INTEGER)",
    "today": "'{0}'",
}
_POSTGRESQL = {
    "DAY": "CAST({0} AT TIME ZONE 'Europe/London' AS DATE)",
    "SINCE": "({today} - CAST({0} AT TIME ZONE 'Europe/London' AS DATE))",
    "LEFT": "({0} - {today})",
    "today": "DATE '{0}'",
}


def statements(vendor: str, *, today: date) -> list[str]:
    """What makes the views on the database ``vendor``, for this connection alone."""
    return [
        f"CREATE TEMP VIEW {name} ({', '.join(VIEWS[name])}) AS {_said(select, vendor, today)}"
        for name, select in _SELECTS.items()
    ]


def _said(select: str, vendor: str, today: date) -> str:
    words = _SQLITE if vendor == "sqlite" else _POSTGRESQL
    now = words["today"].format(today.isoformat())
    whole = select.replace("OF_A_CHILD", _OF_A_CHILD)
    return _OWN.sub(lambda found: words[found[1]].format(found[2], today=now), whole)
