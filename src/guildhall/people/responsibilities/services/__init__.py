"""Giving responsibilities, asking for them, and keeping the list of them."""

from .categories import Described, add_category, change_category
from .giving import NotTheirs, assign
from .proposals import (
    Decided,
    HeadsOnly,
    NoAgreement,
    NobodyToAsk,
    TooManyProposals,
    accept_proposal,
    ask_heads,
    decline_proposal,
    give_opinion,
    propose_category,
)
from .reading import see_alert
from .requests import (
    END,
    NO,
    AlreadyClosed,
    NothingAsked,
    ask_for_change,
    decide_request,
    remind_of_requests,
    withdraw_request,
)

__all__ = [
    "END",
    "NO",
    "AlreadyClosed",
    "Decided",
    "Described",
    "HeadsOnly",
    "NoAgreement",
    "NobodyToAsk",
    "NotTheirs",
    "NothingAsked",
    "TooManyProposals",
    "accept_proposal",
    "add_category",
    "ask_for_change",
    "ask_heads",
    "assign",
    "change_category",
    "decide_request",
    "decline_proposal",
    "give_opinion",
    "propose_category",
    "remind_of_requests",
    "see_alert",
    "withdraw_request",
]
