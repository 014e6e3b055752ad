"""Where a form goes: from the destination its version names to the team that receives it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Destination:
    """``team``: key of the organisations' team. ``reference``: key of the setting with the pattern of
    references. ``department``: text that names the receiver on the receipt. ``shares``: the sender also
    agrees to the fixed declaration about sharing (SP-085). ``declaration``: text where
    the form has none.
    """

    team: str
    reference: str
    department: str
    declaration: str
    shares: bool


DESTINATIONS: dict[str, Destination] = {
    "send": Destination("send", "references.send", "send.Department_Send", "send.Declaration_First", True),
    "safeguarding": Destination(
        "safeguarding",
        "references.safeguarding",
        "send.Department_Safeguarding",
        "send.Declaration_Referral",
        False,
    ),
    "early-help": Destination(
        "early-help", "references.early-help", "send.Department_EarlyHelp", "send.Declaration_Referral", False
    ),
}


def destination_of(key: str) -> Destination:
    """The destination called ``key``. KeyError for one that is not in the table."""
    return DESTINATIONS[key]
