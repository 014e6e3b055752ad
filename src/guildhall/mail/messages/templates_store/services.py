"""Making, changing, deleting and bringing back templates."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts import rules
from guildhall.people.accounts.models import User

from ..template_models import MessageTemplate
from . import placeholders, queries

LONGEST = {"name": 100, "subject_en": 200, "body_en": 20_000, "subject_cy": 200, "body_cy": 20_000}
_MANY_LINES = ("body_en", "body_cy")


class Unfit(Refusals):
    """Something in the template is missing, too long or taken; ``problems`` names the fields."""


@dataclass(frozen=True)
class Words:
    """What was typed, with the placeholders as the page calls them."""

    name: str = ""
    subject_en: str = ""
    body_en: str = ""
    subject_cy: str = ""
    body_cy: str = ""

    def kept(self) -> dict[str, str]:
        """The same as it is kept."""
        typed = {"name": one_line(self.name)}
        for field in ("subject_en", "body_en", "subject_cy", "body_cy"):
            typed[field] = placeholders.to_kept(rules.tidy(getattr(self, field)))
        return typed


@transaction.atomic
def make_template(words: Words, *, by: User, now: datetime) -> MessageTemplate:
    """Keep a new template. Raises Unfit."""
    hold_name("templates")
    kept = words.kept()
    demand(kept)
    template = MessageTemplate.objects.create(**kept, changed_at=now, changed_by=by)
    audit.record("messages.template_made", by=by, about=template, now=now)
    return template


@transaction.atomic
def change_template(
    template: MessageTemplate, *, words: Words, seen: int, by: User, now: datetime
) -> MessageTemplate:
    """Keep new words. Raises Unfit, and ChangedMeanwhile when ``seen`` is not its revision any more."""
    hold_name("templates")
    template = hold(template)
    if template.revision != seen or template.removed_at:
        raise ChangedMeanwhile(texts.say("administration.Error_Templates_ChangedMeanwhile"))
    kept = words.kept()
    demand(kept, besides=template)
    for field, value in kept.items():
        setattr(template, field, value)
    template.revision += 1
    template.changed_at, template.changed_by = now, by
    template.save()
    audit.record("messages.template_changed", by=by, about=template, now=now)
    return template


@transaction.atomic
def remove_template(template: MessageTemplate, *, by: User, now: datetime) -> MessageTemplate:
    """Take the template off the list; ``bring_back_template`` undoes it. Once is as good as twice."""
    template = hold(template)
    if template.removed_at is None:
        template.removed_at, template.removed_by = now, by
        template.revision += 1
        template.save()
        audit.record("messages.template_removed", by=by, about=template, now=now)
    return template


@transaction.atomic
def bring_back_template(template: MessageTemplate, *, by: User, now: datetime) -> MessageTemplate:
    """Undo a deletion. Raises Unfit when another template has the name now."""
    hold_name("templates")
    template = hold(template)
    if template.removed_at is not None:
        _demand_free(template.name, template)
        template.removed_at = template.removed_by = None
        template.revision += 1
        template.save()
        audit.record("messages.template_brought_back", by=by, about=template, now=now)
    return template


def demand(kept: dict[str, str], *, besides: MessageTemplate | None = None) -> None:
    """Raise Unfit unless a template may have these words."""
    problems = {field: problem for field, words in kept.items() if (problem := _problem(field, words, kept))}
    if problems:
        raise Unfit(problems)
    _demand_free(kept["name"], besides)


def _problem(field: str, words: str, kept: dict[str, str]) -> str:
    half = {"subject_cy": "body_cy", "body_cy": "subject_cy"}.get(field, "")
    why = ""
    if not words and not (half and not kept[half]):
        why = f"Empty_{field}"
    elif len(words) > LONGEST[field]:
        why = "Long"
    elif "\n" in words and field not in _MANY_LINES:
        why = "OneLine"
    return texts.say(f"administration.Error_Templates_{why}", most=f"{LONGEST[field]:,}") if why else ""


def _demand_free(name: str, besides: MessageTemplate | None) -> None:
    same = queries.templates().filter(name__iexact=name)
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise Unfit({"name": texts.say("administration.Error_Templates_Taken", name=name)})
