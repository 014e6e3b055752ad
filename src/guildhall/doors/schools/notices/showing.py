"""A notice as pages show it, at the schools' door and at the council's."""

from datetime import date
from typing import Any

from guildhall.foundation.files import queries as files
from guildhall.foundation.kit import speech
from guildhall.foundation.texts.queries import say
from guildhall.work.notices import wording
from guildhall.work.notices.models import Notice


def row_of(notice: Notice, today: date) -> dict[str, Any]:
    """A notice with its kind and state in words, and the picture if it can be shown."""
    state = wording.standing(notice, today)
    picture = notice.picture
    return {
        "notice": notice,
        "kind": wording.kind_name(notice.kind),
        "state": state,
        "state_words": wording.state_name(state),
        "colour": wording.COLOURS[state],
        "ends": speech.day(notice.ends_on),
        "pictured": bool(picture and files.may_be_served(picture)),
        "checking": files.state_words(picture) if picture and not files.may_be_served(picture) else "",
    }


def facts_of(notice: Notice) -> list[dict[str, str]]:
    """What a notice says besides its words, as rows of a summary."""
    held = speech.day(notice.held_on) if notice.held_on else ""
    told = [
        ("Price", notice.price),
        ("HeldOn", ", ".join(filter(None, (held, notice.held_time)))),
        ("Venue", notice.venue),
        ("School", notice.school.name),
        ("Contact", notice.contact),
        ("Ends", speech.day(notice.ends_on)),
    ]
    return [{"key": say(f"schools.Notice_{name}"), "value": value} for name, value in told if value]
