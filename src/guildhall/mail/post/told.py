"""What an officer writes of a posting, and what of it is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts
from guildhall.people.organisations.queries import open_establishments
from guildhall.people.responsibilities.models import Responsibility
from guildhall.people.responsibilities.rules import Sensitivity

from .models import Posting

LONGEST = {"title": 150, "body": 50_000, "action": 500}
AUDIENCES = frozenset(Posting.Audience.values)
# What may be corrected once schools have it; whom it goes to, and at which level, stays.
WORDS = (
    "title_en",
    "title_cy",
    "body_en",
    "body_cy",
    "action_en",
    "action_cy",
    "act_by",
    "wants_file",
    "file_by",
)


@dataclass(frozen=True)
class Told:
    """A posting as it was typed. A draft needs only a title; ``gaps`` says what is missing to publish it."""

    title_en: str
    title_cy: str = ""
    body_en: str = ""
    body_cy: str = ""
    action_en: str = ""
    action_cy: str = ""
    act_by: date | None = None
    wants_file: bool = False
    file_by: date | None = None
    sensitivity: str = ""
    audience: str = Posting.Audience.ALL
    phases: tuple[str, ...] = ()
    schools: frozenset[int] = frozenset()
    responsibilities: frozenset[int] = frozenset()

    @classmethod
    def of(cls, posting: Posting) -> "Told":
        """What a posting says now."""
        values = {one.name: getattr(posting, one.name) for one in fields(cls)}
        values["phases"] = tuple(posting.phases)
        for many in ("schools", "responsibilities"):
            values[many] = frozenset(getattr(posting, many).values_list("pk", flat=True))
        return cls(**values)

    @property
    def columns(self) -> dict[str, Any]:
        """What of it a posting has in columns of its own."""
        names = [
            one.name for one in fields(self) if one.name not in {"phases", "schools", "responsibilities"}
        ]
        return {name: getattr(self, name) for name in names} | {"phases": list(self.phases)}

    def demand_keepable(self) -> None:
        """Raise Refusals for what cannot be kept even as a draft, by field."""
        problems = dict(self._too_long())
        if not self.title_en:
            problems["title_en"] = texts.say("schools.Error_Post_Title")
        if self.sensitivity not in {"", *Sensitivity.values}:
            problems["sensitivity"] = texts.say("schools.Error_Post_Sensitivity")
        if self.audience not in AUDIENCES:
            problems["audience"] = texts.say("schools.Error_Post_Audience")
        if problems:
            raise Refusals(problems)

    def _too_long(self) -> Iterator[tuple[str, str]]:
        for key, most in LONGEST.items():
            for language in ("en", "cy"):
                if len(getattr(self, f"{key}_{language}")) > most:
                    yield f"{key}_{language}", texts.say("schools.Error_Post_Long", most=f"{most:,}")

    def gaps(self, *, today: date) -> dict[str, str]:
        """What must be put right before schools can have it, by field."""
        problems = self.gaps_in_words(today=today)
        if not self.sensitivity:
            problems["sensitivity"] = texts.say("schools.Error_Post_Sensitivity")
        offered = Responsibility.objects.filter(pk__in=self.responsibilities, retired_at=None)
        if not self.responsibilities or offered.count() != len(self.responsibilities):
            problems["responsibilities"] = texts.say("schools.Error_Post_Responsibilities")
        if self.audience == Posting.Audience.PHASES and not self.phases:
            problems["phases"] = texts.say("schools.Error_Post_Phases")
        if self.audience == Posting.Audience.SELECTED and not self._has_schools():
            problems["schools"] = texts.say("schools.Error_Post_Schools")
        return problems

    def gaps_in_words(self, *, today: date) -> dict[str, str]:
        """What of its words and days must be put right."""
        problems = {}
        if not self.title_en:
            problems["title_en"] = texts.say("schools.Error_Post_Title")
        if not self.body_en:
            problems["body_en"] = texts.say("schools.Error_Post_Body")
        if bool(self.title_cy) != bool(self.body_cy):
            problems["body_cy" if self.title_cy else "title_cy"] = texts.say("schools.Error_Post_Welsh")
        if self.act_by and not self.action_en:
            problems["action_en"] = texts.say("schools.Error_Post_Action")
        for name, day in (("act_by", self.act_by), ("file_by", self.file_by if self.wants_file else None)):
            if day and day < today:
                problems[name] = texts.say("schools.Error_Post_Past")
        return problems

    def _has_schools(self) -> bool:
        return open_establishments().filter(pk__in=self.schools).exists()
