"""Publishing forms. A published version is never changed: a change is the next version."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.locks import hold
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts

from ..definition import parse
from ..models import Form, FormVersion
from ..queries import STAMP


class AlreadyWithdrawn(Refusal):
    """The form is not offered, so it cannot be withdrawn."""


@transaction.atomic
def publish(plain: Any, *, by: Any, now: datetime) -> FormVersion:
    """Offer the definition read as ``plain``, as the next version of the form with its code.

    The definition that is live already gives that version again, without a new number. Drafts and
    submissions stay on theirs. Raises DefinitionError.
    """
    definition = parse(plain)
    form, _ = Form.objects.get_or_create(code=definition.code)
    form = hold(form)
    digest = digest_of(plain)
    live = form.live_version
    if live and live.digest == digest and form.withdrawn_at is None:
        return live
    version = FormVersion.objects.create(
        form=form,
        number=(form.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        definition=plain,
        digest=digest,
        portal=definition.portal,
        audience=definition.audience,
        destination=definition.destination,
        published_at=now,
        published_by=by,
    )
    form.live_version, form.withdrawn_at = version, None
    form.save(update_fields=["live_version", "withdrawn_at"])
    stamps.touch(STAMP)
    detail = {"code": form.code, "number": version.number, "digest": digest}
    audit.record("forms.published", by=by, about=version, now=now, detail=detail)
    return version


@transaction.atomic
def withdraw(form: Form, *, by: Any, now: datetime) -> Form:
    """Stop offering ``form``. Drafts that were started can still be finished. Raises AlreadyWithdrawn."""
    form = hold(form)
    if form.withdrawn_at or not form.live_version_id:
        raise AlreadyWithdrawn(texts.say("shared.Error_Form_Withdrawn"))
    form.withdrawn_at = now
    form.save(update_fields=["withdrawn_at"])
    stamps.touch(STAMP)
    audit.record("forms.withdrawn", by=by, about=form, now=now, detail={"code": form.code})
    return form


def digest_of(plain: Any) -> str:
    """The SHA-256 of a definition's canonical form, hex: the same for the same content in any key order."""
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
