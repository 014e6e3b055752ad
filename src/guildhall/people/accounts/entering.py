"""Coming in and going out: what a browser session holds of a person who signed in.

Not Django's ``login``: that one also changes the secret of the forms' tokens, and a page that was open in
another tab when somebody signed in again could no longer be sent.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from guildhall.foundation.authority.queries import setting

from .models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
WRITE_SEEN_EVERY = timedelta(minutes=1)


def enter(
    request: HttpRequest, user: User, *, verified: bool, now: datetime, device: int = 0, **also: Any
) -> None:
    """Make the session one of ``user``, under a new key; nothing of an earlier person stays in it.

    ``device``: where they are; ``also``: what else the session is to hold.
    """
    if not device and request.session.get(SESSION_KEY) == str(user.pk):
        device = request.session.get("device", 0)
        also = {"by_email": request.session.get("by_email", False)} | also
    request.session.flush()
    moment = int(now.timestamp())
    request.session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "verified": verified,
            "epoch": user.session_epoch,
            "began": moment,
            "seen": moment,
            "device": device,
            **also,
        }
    )
    request.user = user


def held_until(session: Any, user: User, now: datetime) -> datetime | None:
    """Until when this session, that email alone opened after a recovery, is kept from records; else None."""
    if not session.get("by_email") or user.held_until is None or user.held_until <= now:
        return None
    return user.held_until


def why_ended(session: Any, user: User, now: datetime) -> str | None:
    """Why the session counts no longer: "idle", "absolute" or "revoked"; None while it counts."""
    moment = now.timestamp()
    if session.get("epoch", 0) != user.session_epoch:
        return "revoked"
    if (
        moment - session.get("began", moment)
        >= timedelta(hours=setting("session.absolute_hours")).total_seconds()
    ):
        return "absolute"
    # ``seen`` may be a minute old, and nobody is to be put out early.
    idle = timedelta(minutes=setting("session.idle_minutes")) + WRITE_SEEN_EVERY
    if moment - session.get("seen", moment) >= idle.total_seconds():
        return "idle"
    return None


def note_seen(session: Any, now: datetime) -> None:
    """Keep the moment of this request, at most once a minute."""
    moment = int(now.timestamp())
    if "began" not in session:
        session["began"] = moment
    if moment - session.get("seen", 0) >= WRITE_SEEN_EVERY.total_seconds():
        session["seen"] = moment


def leave(request: HttpRequest, *, why: str = "") -> None:
    """End the session; ``why`` ("idle" …) is told on the sign-in page."""
    request.session.flush()
    if why:
        request.session["ended"] = why
    request.user = AnonymousUser()
