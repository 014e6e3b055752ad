"""Setting up alerts, and firing them."""

from .firing import claim_due, fire_changed, forget_old, run_scheduled, send_one
from .keeping import (
    AlertIncomplete,
    Definition,
    activate_alert,
    bring_back_alert,
    change_alert,
    deactivate_alert,
    make_alert,
    remove_alert,
)
from .recipients import Choice, NobodyChosen, add_recipients, remove_recipient
from .trying import try_query

__all__ = [
    "AlertIncomplete",
    "Choice",
    "Definition",
    "NobodyChosen",
    "activate_alert",
    "add_recipients",
    "bring_back_alert",
    "change_alert",
    "claim_due",
    "deactivate_alert",
    "fire_changed",
    "forget_old",
    "make_alert",
    "remove_alert",
    "remove_recipient",
    "run_scheduled",
    "send_one",
    "try_query",
]
