"""Every setting of the authority with its default. A value in the database overrides it."""

from typing import Any

DEFAULTS: dict[str, Any] = {
    # Names and look
    "authority.name": {"en": "Guildhall demonstration council", "cy": "Cyngor arddangos Guildhall"},
    "portal.name": {"en": "Guildhall", "cy": "Guildhall"},
    "brand.colour": "#1d5b79",
    "authority.contact_email": "children@example.org",
    "authority.telephone_day": "01632 960 100",
    "authority.telephone_night": "01632 960 999",
    # Accounts (spec/README.md)
    "password.minimum_length": 12,
    "password.maximum_length": 128,
    "password.failures_before_lock": 10,
    "password.lock_minutes": 15,
    "links.activation_hours": 72,
    "links.reset_hours": 24,
    "registration_code.minutes": 30,
    "registration_code.tries": 5,
    "sign_in_code.minutes": 5,
    "sign_in_code.tries": 4,
    "sign_in_code.lock_minutes": 4,
    "session.idle_minutes": 30,
    "session.warning_minutes": 5,
    "session.absolute_hours": 12,
    "secret_question.on": False,
    "staff.emailed_codes": False,
    "two_step.at_registration": "email",
    "addresses.finder": "none",
    # Home
    "tiles.send": True,
    "tiles.messages": True,
    "tiles.family": True,
    # Drafts and files
    "drafts.days": 30,
    "drafts.most": 50,
    "files.megabytes_each": 20,
    "files.most_each_submission": 20,
    "files.accept_unscanned": False,
    "files.recheck_hours": 48,
    "files.submit_while_pending": True,
    # Cases and mail
    "references.send": "SND-{yymm}-{hex8}",
    "references.safeguarding": "EDU-SAFEG-{letters3}{digits4}",
    "references.early-help": "EDU-EARLY-{letters3}{digits4}",
    "mail.sender": "do-not-reply@example.org",
    "mail.notify": True,
    "messages.per_page": 20,
    "matching.automatic": True,
    "matching.queue_user": None,
    "cases.per_page": 25,
    "cases.alert_teams": ["safeguarding"],
    "cases.return_reasons": [
        {"en": "Insufficient Detail", "cy": "Dim Digon o Fanylion"},
        {"en": "Missing document", "cy": "Dogfen ar goll"},
        {"en": "Consent not recorded", "cy": "Heb gofnodi cydsyniad"},
        {"en": "Details do not agree with each other", "cy": "Nid yw'r manylion yn cytuno â'i gilydd"},
        {"en": "Other", "cy": "Arall"},
    ],
}
