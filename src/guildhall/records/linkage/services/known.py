"""A child as somebody wrote them who knew which record they meant."""

from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child

from ..finding import name_words
from ..identity import Identity
from ..merges import kept_for
from ..models import Decision, Mention
from .settling import settle


@transaction.atomic
def report_known(
    identity: Identity, *, child: Child, said_by: User, source_kind: str, source_id: str, now: datetime
) -> Mention:
    """Keep what an officer wrote about ``child``; nothing is compared and the record stays as it is.

    The same source reports once: a second time gives the first mention. A record that gave way meanwhile to
    another is that other one.
    """
    if known := Mention.objects.filter(source_kind=source_kind, source_id=source_id).first():
        return known
    child = Child.objects.get(pk=kept_for(child.pk))
    mention = Mention.objects.create(
        identity=identity.as_json(),
        name=identity.name[:320],
        name_words=name_words(identity),
        born_on=identity.born_on,
        said_by=said_by,
        source_kind=source_kind,
        source_id=source_id,
        outcome=Mention.Outcome.MATCH,
        reported_at=now,
    )
    detail = {"outcome": str(mention.outcome)}
    audit.record("linkage.reported", by=said_by, about=mention, child=child.pk, now=now, detail=detail)
    settle(mention, Decision.Verb.MATCHED, Mention.State.LINKED, child=child, by=said_by, now=now)
    return mention
