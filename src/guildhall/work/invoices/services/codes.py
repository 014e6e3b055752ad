"""The authority's list of cost codes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.people.accounts.models import User

from ..checking import code_key
from ..codelist import MOST_CODES
from ..models import CostCode
from .deciding import refuse_strangers


class TooManyCodes(Refusal):
    """The list would be longer than it may be."""


@transaction.atomic
def replace_codes(wanted: Mapping[str, str], *, holder: Holder, by: User, now: datetime) -> int:
    """Let the list be just ``wanted`` (code → its name, as codelist.read gives them); how many there are.

    With none, every code is taken. Raises NotHandling, TooManyCodes.
    """
    refuse_strangers(holder)
    if len(wanted) > MOST_CODES:
        raise TooManyCodes(texts.say("schools.Error_Codes_Many", most=f"{MOST_CODES:,}"), field="codes")
    hold_name("invoices:codes")
    CostCode.objects.all().delete()
    rows = {
        code_key(code): CostCode(code=code, key=code_key(code), name=name) for code, name in wanted.items()
    }
    CostCode.objects.bulk_create(rows.values(), batch_size=500)
    audit.record(
        "invoices.codes_replaced", by=by, about=("invoices", "codes"), now=now, detail={"codes": len(rows)}
    )
    return len(rows)
