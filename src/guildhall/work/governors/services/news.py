"""The authority's news for governors."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.people.accounts.models import User

from ..models import NewsItem


@dataclass(frozen=True)
class ToldNews:
    """What an officer writes, in both languages; it shows from ``dated_on``."""

    title: dict[str, str]
    words: dict[str, str]
    dated_on: date


@transaction.atomic
def add_news(told: ToldNews, *, by: User, now: datetime) -> NewsItem:
    """Publish news."""
    made = NewsItem.objects.create(added_by=by, added_at=now, **asdict(told))
    audit.record("governors.news_added", by=by, about=made, now=now)
    return made


@transaction.atomic
def change_news(item: NewsItem, told: ToldNews, *, by: User, now: datetime) -> NewsItem:
    """Write it otherwise."""
    item = hold(item)
    item.title, item.words, item.dated_on = told.title, told.words, told.dated_on
    item.save(update_fields=["title", "words", "dated_on"])
    audit.record("governors.news_changed", by=by, about=item, now=now)
    return item


@transaction.atomic
def remove_news(item: NewsItem, *, by: User, now: datetime) -> None:
    """Let governors read it no more."""
    if NewsItem.objects.filter(pk=item.pk, removed_at=None).update(removed_at=now, removed_by=by):
        audit.record("governors.news_removed", by=by, about=item, now=now)


@transaction.atomic
def put_back_news(item: NewsItem, *, by: User, now: datetime) -> None:
    """Publish removed news again."""
    rows = NewsItem.objects.filter(pk=item.pk, removed_at__isnull=False)
    if rows.update(removed_at=None, removed_by=None):
        audit.record("governors.news_put_back", by=by, about=item, now=now)
