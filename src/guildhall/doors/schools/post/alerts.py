"""The alerts about post: one's own that is left unread, and what a supervisor should know of the school's."""

from datetime import datetime
from typing import cast

from django.urls import reverse

from guildhall.foundation.texts.queries import say
from guildhall.mail.post import queries as post

from ..alerting import Alert, Asking


def own_unread(asking: Asking) -> list[Alert]:
    """What this person has left unread for more than seven days."""
    return [
        Alert(say("schools.Alert_PostUnread", title=one.posting.title), _item(one.posting.pk), one.reached_at)
        for one in post.old_unread(asking.place, now=asking.now)
    ]


def staff_unread(asking: Asking) -> list[Alert]:
    """For supervisors: who else has left post unread for more than seven days."""
    behind = post.staff_with_old_unread(asking.holder, asking.place.school_id, now=asking.now)
    return [
        Alert(
            say("schools.Alert_PostOfStaff", name=str(one.place), count=one.count),
            f"{reverse('schools:all-post')}?user={one.place.pk}&view=old",
            one.oldest,
        )
        for one in behind
    ]


def without_lead(asking: Asking) -> list[Alert]:
    """For supervisors: post that no Lead Contact of the school gets."""
    found = post.without_lead(asking.holder, asking.place.school_id, now=asking.now)
    return [
        Alert(
            say("schools.Alert_PostWithoutLead", title=one.posting.title),
            _item(one.posting.pk),
            cast(datetime, one.posting.published_at),
            more=", ".join(area.called for area in one.responsibilities),
        )
        for one in found
    ]


def _item(pk: int) -> str:
    return reverse("schools:post-item", args=[pk])
