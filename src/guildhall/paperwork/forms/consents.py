"""Which questions are answered anew each time: signatures, consents and declarations (GH-021)."""

import re

from .kinds.table import KINDS
from .shape import Words

SIGNED = frozenset({"signature"})
_CONSENT = re.compile(r"\bconsent", re.I)
_AGREEMENT = re.compile(r"\A(?:may|can) we\b|\b(?:agree|permission|declar(?:e|ation)|I confirm\b)", re.I)


def given_anew(kind: str, code: str, text: Words) -> bool:
    """Whether no earlier answer may stand for a new one: the question asks for a signature or a consent.

    What asks for consent says so in its code or its words; other words of agreement count where the answer
    is chosen, because they are told of in an answer that is written.
    """
    if kind in SIGNED or "CONSENT" in code or _CONSENT.search(text.en):
        return True
    return kind in KINDS and KINDS[kind].nature in ("option", "options") and bool(_AGREEMENT.search(text.en))
