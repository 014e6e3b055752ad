"""Who may raise a case type."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold
from guildhall.paperwork.forms.models import Form
from guildhall.people.accounts.models import User
from guildhall.people.responsibilities.models import Responsibility

from ..models import Limit


@transaction.atomic
def limit_type(form: Form, *, to: Collection[int], by: User, now: datetime) -> None:
    """Let only people with one of the responsibilities ``to`` (ids) raise cases of ``form``, at either level.

    Without any, everybody at a school may. Cases that were raised before go on as they are.
    """
    form = hold(form)
    wanted = list(Responsibility.objects.filter(pk__in=to).order_by("pk"))
    Limit.objects.filter(form=form).delete()
    Limit.objects.bulk_create(Limit(form=form, responsibility=one) for one in wanted)
    detail = {"code": form.code, "responsibilities": [one.pk for one in wanted]}
    audit.record("schoolcase.type_limited", by=by, about=form, now=now, detail=detail)
