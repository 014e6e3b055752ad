"""Weights are learnt from the records, and put to use by a person."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import stamps
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.people.accounts.models import User
from guildhall.records.children.identity import Identity
from guildhall.records.children.models import Child

from ..bulk.engine import demand_splink
from ..bulk.learning import Learnt, learn
from ..bulk.models import Activation, TrainedModel
from ..model import Model, first_model
from ..models import Mention
from ..past import compare_with_decisions
from ..queries import ACTIVE_MODEL
from .batch import everybody

FEWEST_RECORDS = 1_000
FEWEST_LABELS = 200
MOST_MENTIONS = 200_000
ENGINE = "Splink on DuckDB"


class TooFewRecords(Refusal):
    """So few records teach nothing that the weights that come with Guildhall do not know better."""


class AlreadyActive(Refusal):
    """The weights are in use."""


def train_model(*, by: User | None, now: datetime) -> TrainedModel:
    """Learn weights from the records and from the children as people wrote them; nothing uses them yet.

    Takes minutes on many records, and holds no lock meanwhile. Raises EngineMissing, TooFewRecords.
    """
    return keep_learnt(learn_from_records(lambda _at: None), by=by, now=now)


def learn_from_records(tell: Callable[[int], None]) -> Learnt:
    """The same without keeping anything; ``tell`` is called now and then with how far it is, of 100."""
    return learn(_everybody(), records=demand_enough(), start=first_model(), tell=tell)


def demand_enough() -> int:
    """How many records there are to learn from. Raises EngineMissing, TooFewRecords."""
    demand_splink()
    records = Child.objects.filter(removed_at=None).count()
    if records < FEWEST_RECORDS:
        raise TooFewRecords(
            f"There are {records:,} records. Learning needs {FEWEST_RECORDS:,} at least; until then matching "
            "uses the weights that come with Guildhall."
        )
    return records


@transaction.atomic
def activate_model(model: TrainedModel | None, *, by: User | None, now: datetime) -> Activation:
    """Match with ``model`` from now on; None: with the weights that come with Guildhall.

    What was decided stays. Raises AlreadyActive.
    """
    hold_name(ACTIVE_MODEL)
    last = Activation.objects.order_by("-pk").first()
    if (last.model_id if last else None) == (model.pk if model else None):
        raise AlreadyActive("Matching uses these weights already.")
    activation = Activation.objects.create(model=model, at=now, by=by)
    stamps.touch(ACTIVE_MODEL)
    detail = {"weights": str(model.number) if model else "-"}
    audit.record("linkage.activated", by=by, about=activation, now=now, detail=detail)
    return activation


def _everybody() -> Iterator[tuple[str, Identity]]:
    yield from ((f"r{pk}", identity) for pk, identity in everybody())
    written = Mention.objects.exclude(name="").order_by("-pk").values_list("pk", "identity")
    for pk, identity in written[:MOST_MENTIONS]:
        yield f"m{pk}", Identity.from_json(identity)


@transaction.atomic
def keep_learnt(learnt: Learnt, *, by: User | None, now: datetime) -> TrainedModel:
    """A version of the weights, with how it came to be."""
    hold_name(ACTIVE_MODEL)
    last = TrainedModel.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    weights = learnt.model.as_json() | {"version": f"trained-{number}"}
    model = TrainedModel.objects.create(
        number=number,
        weights=weights,
        digest=hashlib.sha256(json.dumps(weights, sort_keys=True).encode()).hexdigest(),
        engine=ENGINE,
        trained_on={"records": learnt.records, "mentions": learnt.rows - learnt.records},
        diagnostics=learnt.diagnostics | {"labels": _checked(Model.from_json(weights))},
        made_at=now,
        made_by=by,
    )
    audit.record("linkage.trained", by=by, about=model, now=now, detail={"weights": str(number)})
    return model


def _checked(model: Model) -> dict[str, int]:
    """How the decisions of officers come out with the new weights and the shipped; empty with too few."""
    compared = compare_with_decisions(first_model(), model)
    if compared.decisions < FEWEST_LABELS:
        return {}
    return {
        "decisions": compared.decisions,
        "shipped": compared.found_by_one,
        "trained": compared.found_by_other,
    }
