"""What was typed of a posting, and the days and moments in it."""

from datetime import date, datetime, time

from django.http import QueryDict
from django.utils import timezone

from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.mail.post.models import Posting
from guildhall.mail.post.told import Told

PARTS = ("year", "month", "day")


def read_told(posted: QueryDict, problems: dict[str, str]) -> Told:
    """The posting that was typed. Notes in ``problems`` each day that is none."""
    wants_file = posted.get("wants_file") == "yes"
    return Told(
        title_en=one_line(posted.get("title_en")),
        title_cy=one_line(posted.get("title_cy")),
        body_en=paragraphs(posted.get("body_en")),
        body_cy=paragraphs(posted.get("body_cy")),
        action_en=paragraphs(posted.get("action_en")),
        action_cy=paragraphs(posted.get("action_cy")),
        act_by=day_typed(posted, "act_by", problems),
        wants_file=wants_file,
        file_by=day_typed(posted, "file_by", problems) if wants_file else None,
        sensitivity=one_line(posted.get("sensitivity")),
        audience=one_line(posted.get("audience")) or Posting.Audience.ALL,
        phases=tuple(one_line(phase)[:40] for phase in posted.getlist("phases")[:50]),
        schools=_ids(posted, "schools"),
        responsibilities=_ids(posted, "responsibilities"),
    )


def _ids(posted: QueryDict, name: str) -> frozenset[int]:
    return frozenset(number(one) for one in posted.getlist(name)) - {-1}


def day_typed(posted: QueryDict, name: str, problems: dict[str, str]) -> date | None:
    """The day in the three boxes of ``name``; None when they are empty, or hold no day (noted)."""
    parts = [one_line(posted.get(f"{name}-{part}")) for part in PARTS]
    if not any(parts):
        return None
    try:
        return date(*map(number, parts))
    except (ValueError, OverflowError):
        problems[name] = say("schools.Error_Posting_Day")
        return None


def moment_typed(posted: QueryDict, problems: dict[str, str]) -> datetime | None:
    """The planned moment of the boxes ``due`` and ``at``; None, noted, when it is none."""
    day = day_typed(posted, "due", problems)
    try:
        clock = time.fromisoformat(one_line(posted.get("at")))
    except ValueError:
        problems.setdefault("at", say("schools.Error_Posting_Time"))
        return None
    if day is None:
        problems.setdefault("due", say("schools.Error_Posting_Day"))
        return None
    return timezone.make_aware(datetime.combine(day, clock.replace(tzinfo=None)))


def boxes(posted: QueryDict, name: str, known: date | None) -> dict[str, object]:
    """What the three boxes of a day hold: what was typed, else the day that is known."""
    if f"{name}-day" in posted:
        return {part: posted.get(f"{name}-{part}", "") for part in PARTS}
    return {part: getattr(known, part) for part in PARTS} if known else {}
