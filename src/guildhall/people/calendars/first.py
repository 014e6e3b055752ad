"""What a calendar begins with: the bank holidays of some years, and why schools close.

The bank holidays of England and Wales are those of www.gov.uk/bank-holidays (Open Government Licence v3.0);
the authority adds the later ones.
"""

from datetime import date
from typing import Any

_HOLIDAYS: dict[tuple[str, str], tuple[str, ...]] = {
    ("New Year's Day", "Dydd Calan"): ("2024-01-01", "2025-01-01", "2026-01-01", "2027-01-01", "2028-01-03"),
    ("Good Friday", "Dydd Gwener y Groglith"): (
        *("2024-03-29", "2025-04-18", "2026-04-03", "2027-03-26", "2028-04-14"),
    ),
    ("Easter Monday", "Dydd Llun y Pasg"): (
        *("2024-04-01", "2025-04-21", "2026-04-06", "2027-03-29", "2028-04-17"),
    ),
    ("Early May bank holiday", "Gŵyl banc dechrau mis Mai"): (
        *("2024-05-06", "2025-05-05", "2026-05-04", "2027-05-03", "2028-05-01"),
    ),
    ("Spring bank holiday", "Gŵyl banc y gwanwyn"): (
        *("2024-05-27", "2025-05-26", "2026-05-25", "2027-05-31", "2028-05-29"),
    ),
    ("Summer bank holiday", "Gŵyl banc yr haf"): (
        *("2024-08-26", "2025-08-25", "2026-08-31", "2027-08-30", "2028-08-28"),
    ),
    ("Christmas Day", "Dydd Nadolig"): (
        *("2024-12-25", "2025-12-25", "2026-12-25", "2027-12-27", "2028-12-25"),
    ),
    ("Boxing Day", "Gŵyl San Steffan"): (
        *("2024-12-26", "2025-12-26", "2026-12-28", "2027-12-28", "2028-12-26"),
    ),
}
BANK_HOLIDAYS: tuple[dict[str, Any], ...] = tuple(
    {"day": date.fromisoformat(day), "name": {"en": en, "cy": cy}}
    for (en, cy), days in _HOLIDAYS.items()
    for day in days
)

REASONS: tuple[dict[str, str], ...] = (
    {"en": "Snow, ice or flood", "cy": "Eira, rhew neu lifogydd"},
    {"en": "No heating", "cy": "Dim gwres"},
    {"en": "No water", "cy": "Dim dŵr"},
    {"en": "No electricity", "cy": "Dim trydan"},
    {"en": "Too few staff", "cy": "Rhy ychydig o staff"},
    {"en": "Illness", "cy": "Salwch"},
    {"en": "Fire or damage", "cy": "Tân neu ddifrod"},
    {"en": "Police or emergency services", "cy": "Yr heddlu neu’r gwasanaethau brys"},
    {"en": "Other", "cy": "Arall"},
)
