"""Whether something is announced now, and whether this person has read it since signing in."""

import hashlib
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts.queries import say

_READ = "announcement"


def current() -> str:
    """The announcement (Markdown) of today, "" when there is none. Both its days belong to it."""
    start, end = setting("announcements.start"), setting("announcements.end")
    if not (start and end):
        return ""
    if not date.fromisoformat(start) <= timezone.localdate() <= date.fromisoformat(end):
        return ""
    return say("text-blocks.Announcements")


def waits(request: HttpRequest) -> bool:
    """Whether the announcement is yet to be read in this session."""
    words = current()
    return bool(words) and request.session.get(_READ) != _stamp()


def before(page: str) -> str:
    """The address of the announcement, whose Continue leads on to ``page``."""
    return f"{reverse('families:announced')}?{urlencode({'next': page})}"


def note_read(request: HttpRequest) -> None:
    """Remember for this session that the announcement was read."""
    request.session[_READ] = _stamp()


def _stamp() -> str:
    """The same in both languages, another after every change."""
    said = [say("text-blocks.Announcements", language) for language in ("en", "cy")]
    dates = [str(setting(f"announcements.{name}")) for name in ("start", "end")]
    return hashlib.sha256("\0".join(said + dates).encode()).hexdigest()[:16]
