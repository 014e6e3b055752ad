"""What privacy keeps: ``requests``, ``retention``, ``reading``, ``breaches``."""

from .breaches import Breach
from .reading import OddDay, OddReading, OpeningReason
from .requests import Pack, PackPart, Request, RightsRequest
from .retention import Deletion, Hold, RetentionChange, RetentionClass, Run, RunLine

__all__ = [
    "Breach",
    "Deletion",
    "Hold",
    "OddDay",
    "OddReading",
    "OpeningReason",
    "Pack",
    "PackPart",
    "Request",
    "RetentionChange",
    "RetentionClass",
    "RightsRequest",
    "Run",
    "RunLine",
]
