"""What the pages of consent administration read from what was typed and from the address."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from guildhall.doors.council.filters import days
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import ConsentGiven
from guildhall.people.consent.queries import Search

from .privacy_moments import NoSuchMoment, moment_of, typed_moment

LANGUAGES = ("en", "cy")
MOST = 20_000
MOST_ADDRESSES = 50
_ADDRESS = re.compile(r"[^@\s<>\",;]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass
class Typed:
    """What was typed, what it comes to, and what is wrong with it: field id → message."""

    typed: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


def question(post: QueryDict) -> Typed:
    """A tick box question. Each language is complete or left out; one of them is there."""
    names = [f"{part}_{language}" for part in ("statement", "agreement") for language in LANGUAGES]
    read = Typed({name: paragraphs(post.get(name)) for name in names})
    read.typed["active"] = "active" in post
    for name in names:
        if len(read.typed[name]) > MOST:
            read.problems[name] = say("administration.Consent_Error_Long", most=MOST)
    for language in LANGUAGES:
        _complete(read, language)
    if not any(read.typed[name] for name in names):
        read.problems["statement_en"] = say("administration.Consent_Error_Empty")
    return read


def _complete(read: Typed, language: str) -> None:
    statement, agreement = read.typed[f"statement_{language}"], read.typed[f"agreement_{language}"]
    if agreement and not statement:
        read.problems[f"statement_{language}"] = say(f"administration.Consent_Error_Statement_{language}")
    if statement and not agreement:
        read.problems[f"agreement_{language}"] = say(f"administration.Consent_Error_Agreement_{language}")


def in_languages(typed: dict[str, Any], part: str) -> dict[str, str]:
    """``part`` of a question by language, without those that are left out."""
    return {language: words for language in LANGUAGES if (words := typed[f"{part}_{language}"])}


def moment(post: QueryDict, name: str) -> tuple[datetime | None, str]:
    """The moment that was typed (None for none), and what is wrong with it."""
    try:
        return moment_of(typed_moment(post, name)), ""
    except NoSuchMoment:
        return None, say("administration.Consent_Error_Moment")


def addresses(post: QueryDict) -> Typed:
    """Email addresses separated by semicolons."""
    words = paragraphs(post.get("addresses"))[:MOST]
    found = [one for part in re.split(r"[;\n]", words) if (one := part.strip())]
    read = Typed({"addresses": words, "found": found})
    wrong = [one for one in found if len(one) > 254 or not _ADDRESS.fullmatch(one)]
    if wrong:
        read.problems["addresses"] = say("administration.Consent_Error_Address", address=wrong[0][:80])
    elif len(found) > MOST_ADDRESSES:
        read.problems["addresses"] = say("administration.Consent_Error_Addresses", most=MOST_ADDRESSES)
    return read


def search(request: HttpRequest) -> tuple[Typed, Search]:
    """The search criteria in the address."""
    query = request.GET
    read = Typed({"words": one_line(query.get("words"))[:100]})
    dates, start, end = days(query, read.problems)
    answer, status = query.get("answer", ""), query.get("status", "")
    read.typed |= dates | {
        "answer": answer if answer in ConsentGiven.Answer.values else "",
        "status": status if status in {"todo", "actioned", "agreed"} else "",
    }
    since = timezone.make_aware(datetime.combine(start, time())) if start else None
    until = timezone.make_aware(datetime.combine(end, time())) + timedelta(days=1) if end else None
    wanted = Search(
        words=read.typed["words"],
        answer=read.typed["answer"],
        status=read.typed["status"],
        since=since,
        until=until,
    )
    return read, wanted
