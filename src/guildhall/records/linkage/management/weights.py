"""./guildhall linkage train, models and activate."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal

from .. import queries, services
from ..bulk.models import TrainedModel

Verb = Callable[[dict[str, Any], Any], None]


class NoSuchWeights(Refusal):
    """There are no weights with that number."""


def add_arguments(verbs: Any) -> None:
    """Add the verbs of this module."""
    train = verbs.add_parser("train", description="Learn weights from the records. Nothing uses them yet.")
    train.add_argument("--activate", action="store_true", help="and match with them from now on")
    verbs.add_parser("models", description="List the weights that were learnt, and which are in use.")
    activate = verbs.add_parser("activate", description="Match with other weights from now on.")
    activate.add_argument("number", help="the number of the weights, or 'shipped'")
    activate.add_argument(
        "--yes", action="store_true", help="do it; without this only the comparison is shown"
    )


def train(options: dict[str, Any], out: Any) -> None:
    """Learn, say what became of it, and put it to use if that was asked for."""
    model = services.train_model(by=None, now=timezone.now())
    out.write(
        f"Weights {model.number}: learnt from {model.trained_on['records']:,} records and "
        f"{model.trained_on['mentions']:,} children as people wrote them ({model.engine})."
    )
    for rule in model.diagnostics["rules"]:
        out.write(
            f"  {', '.join(rule['parts'])}: {rule['matched']:,} of {rule['pairs']:,} pairs are one child"
        )
    for field, levels in model.diagnostics["fields"].items():
        for level, told in levels.items():
            out.write(f"  {field:9} {level:13} {told['shipped']:+7.2f} → {told['trained']:+7.2f}")
    _tell_comparison(model, out)
    if options["activate"]:
        services.activate_model(model, by=None, now=timezone.now())
        out.write(f"Matching uses weights {model.number} from now on.")
    else:
        out.write(f"Nothing uses them yet: ./guildhall linkage activate {model.number} --yes")


def models(_options: dict[str, Any], out: Any) -> None:
    """One line for each."""
    last = queries.last_activation()
    used = last.model if last else None
    out.write(f"{'*' if used is None else ' '} shipped  the weights that come with Guildhall")
    for model in queries.trained_models():
        mark = "*" if used == model else " "
        out.write(
            f"{mark} {model.number:<8} {model.made_at:%Y-%m-%d %H:%M}  "
            f"{model.trained_on['records']:,} records, {model.trained_on['mentions']:,} as written  "
            f"{model.digest[:12]}"
        )
    out.write("* in use")


def activate(options: dict[str, Any], out: Any) -> None:
    """Show what would change; with ``--yes`` put the weights to use."""
    model = _model(options["number"])
    _tell_comparison(model, out)
    if options["yes"]:
        services.activate_model(model, by=None, now=timezone.now())
        used = f"weights {model.number}" if model else "the shipped weights"
        out.write(f"Matching uses {used} from now on.")
    else:
        out.write("Nothing has changed. Add --yes to use them.")


VERBS: dict[str, Verb] = {"train": train, "models": models, "activate": activate}


def _model(number: str) -> TrainedModel | None:
    if number == "shipped":
        return None
    found = queries.trained_models().filter(number=number).first() if number.isdecimal() else None
    if found is None:
        raise NoSuchWeights(f"There are no weights {number!r}. ./guildhall linkage models lists them.")
    return found


def _tell_comparison(model: TrainedModel | None, out: Any) -> None:
    last = queries.last_activation()
    compared = queries.compare_models(last.model if last else None, model)
    out.write(f"Of {compared.decisions:,} matches that officers decided, the weights would have said:")
    for name, outcomes in (("in use", compared.one), ("these", compared.other)):
        told = ", ".join(f"{outcome} {count:,}" for outcome, count in outcomes.most_common())
        out.write(f"  {name:7} {told or '-'}")
    out.write(f"  another outcome for {len(compared.changed):,}")
