"""How the Eligibility Checking Service is spoken to: JSON over HTTPS, with a user name and password.

``POST <address>/checks`` with a question (``checks.Question``) answers
``{"outcome": "eligible" | "not-eligible" | "not-found", "valid_from", "valid_to", "grace_to"}``, the days
where a code has them. ``GET <address>/status`` answers ``{"service": "eligibility-checking"}``. 401 and 403
refuse the user. Asking again with the same ``Idempotency-Key`` gives the same answer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from guildhall.foundation.outbox.failures import FarSideDown, RefusedForGood

from .checks import Question

OUTCOMES = frozenset({"eligible", "not-eligible", "not-found"})
NAME = "eligibility-checking"
LARGEST = 20_000


@dataclass(frozen=True)
class Service:
    """Where the service is and who asks. ``seconds``: how long to wait for it."""

    address: str
    user: str
    password: str
    seconds: float


@dataclass(frozen=True)
class Answer:
    """What the service said."""

    outcome: str
    valid_from: date | None = None
    valid_to: date | None = None
    grace_to: date | None = None


def ask(service: Service, question: Question, *, key: str) -> Answer:
    """The answer to ``question``. Raises FarSideDown, or RefusedForGood when asking again will not help."""
    said = _talk(service, "POST", "/checks", json=question.as_json(), headers={"Idempotency-Key": key})
    if said.status_code != 200:
        raise RefusedForGood(f"eligibility: {said.status_code}")
    plain = _json(said)
    if plain.get("outcome") not in OUTCOMES:
        raise RefusedForGood("eligibility: not an answer")
    days = {name: _day(plain.get(name)) for name in ("valid_from", "valid_to", "grace_to")}
    return Answer(plain["outcome"], **days)


def state_of(service: Service) -> str:
    """Whether the service is well, refused us, is silent or is something strange."""
    try:
        said = _talk(service, "GET", "/status")
    except FarSideDown:
        return "silent"
    if said.status_code in {401, 403}:
        return "refused"
    try:
        return "well" if said.status_code == 200 and _json(said).get("service") == NAME else "strange"
    except RefusedForGood:
        return "strange"


def _talk(service: Service, verb: str, path: str, **more: Any) -> httpx.Response:
    auth = httpx.BasicAuth(service.user, service.password) if service.user else None
    try:
        with httpx.Client(timeout=service.seconds, follow_redirects=False, trust_env=False) as client:
            said = client.request(verb, service.address.rstrip("/") + path, auth=auth, **more)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FarSideDown(f"eligibility: {type(error).__name__}") from None
    if said.status_code >= 500 or said.status_code == 429:
        raise FarSideDown(f"eligibility: {said.status_code}")
    return said


def _json(said: httpx.Response) -> dict[str, Any]:
    try:
        plain = said.json() if len(said.content) <= LARGEST else None
    except ValueError:
        plain = None
    if not isinstance(plain, dict):
        raise RefusedForGood("eligibility: not an answer")
    return plain


def _day(words: Any) -> date | None:
    try:
        return date.fromisoformat(words) if isinstance(words, str) else None
    except ValueError:
        return None
