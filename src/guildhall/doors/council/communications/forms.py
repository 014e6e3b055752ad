"""What an officer types of a letter or a telephone call."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.records.persons.models import Person
from guildhall.work.communications.models import Communication
from guildhall.work.communications.services import BY_HAND, Details


@dataclass(frozen=True)
class Typed:
    """The fields of the page as they were typed."""

    means: str = ""
    direction: str = "outgoing"
    person: str = ""
    addressee: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    summary: str = ""
    reason: str = ""

    @classmethod
    def posted(cls, request: HttpRequest) -> "Typed":
        data = request.POST
        parts = {part: one_line(data.get(f"happened_on-{part}"))[:10] for part in ("day", "month", "year")}
        lines = {
            name: one_line(data.get(name)) for name in ("means", "direction", "person", "addressee", "time")
        }
        return cls(
            **lines, **parts, summary=paragraphs(data.get("summary")), reason=paragraphs(data.get("reason"))
        )

    @classmethod
    def of(cls, kept: Communication) -> "Typed":
        at = timezone.localtime(kept.happened_at)
        return cls(
            means=kept.means,
            direction="incoming" if kept.incoming else "outgoing",
            person=str(kept.person_id or ""),
            addressee=kept.addressee,
            day=str(at.day),
            month=str(at.month),
            year=str(at.year),
            time=f"{at:%H:%M}",
            summary=kept.summary,
        )

    @classmethod
    def now(cls) -> "Typed":
        at = timezone.localtime()
        return cls(day=str(at.day), month=str(at.month), year=str(at.year))

    def details(self, persons: dict[int, Person]) -> Details:
        """What it says; a person is one of ``persons``."""
        return Details(
            means=self.means,
            addressee=self.addressee,
            summary=self.summary,
            happened_at=self._happened_at(),
            incoming=self.direction == "incoming",
            person=persons.get(number(self.person)),
        )

    def _happened_at(self) -> datetime | None:
        """When it was; None for what is no time. A day without a time is its noon, but never ahead of now."""
        try:
            on = date(number(self.year, digits=4), number(self.month), number(self.day))
            at = time.fromisoformat(self.time.replace(".", ":").zfill(5)) if self.time else None
        except (ValueError, OverflowError):
            return None
        if on.year < 1900 or (at and at.tzinfo):
            return None
        known = timezone.make_aware(datetime.combine(on, at or time(12)))
        return known if at else min(known, timezone.now()) if on <= timezone.localdate() else known


def options() -> dict[str, Any]:
    """What can be chosen on the page."""
    return {
        "means_options": [(means, say(f"send.Communication_Means_{means}")) for means in BY_HAND],
        "directions": [
            ("outgoing", say("send.Communication_Outgoing")),
            ("incoming", say("send.Communication_Incoming")),
        ],
    }
