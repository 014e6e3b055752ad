"""Where actions come from, and who may see that. What post says stays with those whom the item reaches.

An action from post is shown with its words only to whoever may see the item now, by the rule of mail.post
itself; everybody else at the school learns that there is one, whose it is, its day and its status.
"""

from django.db.models import Q, QuerySet

from guildhall.mail.post.models import Mark, Posting, Redirect, Target
from guildhall.mail.post.reach import groups_of, of_school, reach_of, reaching
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.organisations.models import Establishment

WITHDRAWN = Posting.State.WITHDRAWN


def readable_by(place: SchoolPlace) -> Q:
    """Which actions the person of ``place`` may read: those whose post item they may see, and all others.

    As in mail.post: what reaches them, for a supervisor all post of the school, and of what was withdrawn
    what they had read.
    """
    reached = Q(posting__in=reach_of(place).postings().values("pk"))
    if place.is_supervisor:
        reached |= Q(posting__in=of_school(place).postings().values("pk"))
    read = Mark.objects.filter(place=place, posting__state=WITHDRAWN)
    return Q(posting=None) | reached | Q(posting__in=read.values("posting"))


def people_of(school: Establishment, *, posting: Posting | None = None) -> QuerySet[SchoolPlace]:
    """Who can own an action of a school, by name; of one from ``posting``, only who may see it."""
    rows = SchoolPlace.objects.filter(
        school=school, membership__ended_at=None, membership__locked_at=None, user__state=User.State.ACTIVE
    )
    if posting is not None:
        rows = rows.filter(_reached(school, posting))
    rows = rows.select_related("user", "school", "membership")
    return rows.order_by("surname", "forename", "pk")


def _reached(school: Establishment, posting: Posting) -> Q:
    if posting.state == WITHDRAWN:
        return Q(pk__in=Mark.objects.filter(posting=posting).values("place"))
    if posting.state != Posting.State.PUBLISHED:
        return Q(pk=None)
    by_area = reaching(responsibility__post_targets__posting=posting, place__school=school)
    found = Q(pk__in=by_area.values("place"))
    found |= Q(pk__in=Redirect.objects.filter(posting=posting).values("place"))
    if Target.objects.filter(posting=posting, group__in=groups_of(school)).exists():
        found |= Q(seat__isnull=False)
    return found
