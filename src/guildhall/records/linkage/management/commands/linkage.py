"""./guildhall linkage: learns weights for matching, compares whole files, and measures how good it is."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal

from ...files.columns import demand_used, read_mapping
from ...files.evaluation import Evaluation, Explained, Figures, evaluate
from ...files.pairing import compare_files
from ...files.reading import BadRow, People, doubts_in, read_people
from ...files.truth import id_column, read_truth
from ...model import Model, first_model
from .. import batch, progress, weights

EVALUATE_HELP = """Compare two files of people (or the rows of one) and hold the links against the truth.
Columns are known by their usual names; name others with --map, for example --map surname=LNAME."""

MOST_TOLD = 20


class Command(BaseCommand):
    help = "Matching of children: train, models, activate, batch, evaluate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        weights.add_arguments(verbs)
        batch.add_arguments(verbs)
        verb = verbs.add_parser("evaluate", description=EVALUATE_HELP)
        verb.add_argument("--left", type=Path, required=True, help="a CSV file or workbook (.xlsx) of people")
        verb.add_argument(
            "--right", type=Path, help="another; without it the left file is searched for doubles"
        )
        verb.add_argument(
            "--truth", type=Path, required=True, help="a CSV file or workbook of two columns of ids"
        )
        verb.add_argument(
            "--map", action="append", default=[], metavar="FIELD=COLUMN", help="may be repeated"
        )
        verb.add_argument("--model", type=Path, help="a file of weights (default: fitted to the files)")
        verb.add_argument(
            "--as-shipped", action="store_true", help="use the weights that come with Guildhall"
        )
        verb.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if told := {**weights.VERBS, **batch.VERBS}.get(options["verb"]):
                told(options, self.stdout)
                return
            evaluation, files = _evaluated(options)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        if options["json"]:
            self.stdout.write(
                json.dumps(evaluation.as_json() | {"files": files}, ensure_ascii=False, indent=1)
            )
        else:
            self._tell(evaluation, files)

    def _tell(self, found: Evaluation, files: dict[str, Any]) -> None:
        for name, told in files.items():
            taken = ", ".join(f"{part}={column}" for part, column in told.get("columns", {}).items())
            self.stdout.write(f"{name}: {told['rows']:,} rows{f' ({taken})' if taken else ''}")
            if "id" not in told.get("columns", {"id": ""}):
                self.stdout.write(
                    "  no column of ids is known; its rows go by their line numbers (--map id=COLUMN)"
                )
            if told.get("month_first"):
                self.stdout.write("  its dates have the month before the day")
            self._lines([f"  line {bad['line']} left out: {bad['reason']}" for bad in told["bad"]])
            doubts = told.get("doubts", ())
            self._lines([f"  line {doubt['line']} used, but {doubt['reason']}" for doubt in doubts])
        self.stdout.write(
            f"True pairs {found.true_pairs:,}; compared {found.compared_pairs:,} pairs, which hold "
            f"{found.pairs_recall:.2%} of the true ones; weights: {found.model}\n"
        )
        self._table("Every pair at or above the probability is a link", found.thresholds)
        if "right" in files:
            self._table("Each row is linked once, best first", found.one_to_one)
        self._table("Linked without a person: a match with no veto and no near rival", [found.machine])
        self.stdout.write("\nBy group of names, at the probability of a match")
        for group, figures in found.groups.items():
            self.stdout.write(f"  {group:12} {_line(figures)}")
        self._explain("Missed", found.missed)
        self._explain("False", found.false)

    def _lines(self, lines: list[str]) -> None:
        """The first of them, and how many more there are."""
        for line in lines[:MOST_TOLD]:
            self.stdout.write(line)
        if more := lines[MOST_TOLD:]:
            self.stdout.write(f"  and {len(more):,} more (--json tells all)")

    def _table(self, heading: str, rows: list[Figures]) -> None:
        self.stdout.write(f"\n{heading}\n  at        links   false  missed  precision  recall   F1")
        for figures in rows:
            self.stdout.write(f"  {figures.threshold:<8} {_line(figures)}")

    def _explain(self, heading: str, pairs: list[Explained]) -> None:
        self.stdout.write(f"\n{heading} links at 0.5: {len(pairs):,}")
        self._lines([_explanation(pair) for pair in pairs])


def _evaluated(options: dict[str, Any]) -> tuple[Evaluation, dict[str, Any]]:
    given = read_mapping(options["map"])
    left = _people(options["left"], options["truth"], given)
    right = _people(options["right"], options["truth"], given) if options["right"] else None
    demand_used(given, left.columns, right.columns if right else {})
    others = right.rows if right else None
    count = len(left.rows) + len(others or ())
    progress.tell(f"{count:,} rows read; reading the truth", rows=count)
    truth = read_truth(options["truth"], left.rows, others)
    fitted = not options["model"] and not options["as_shipped"]
    progress.tell(f"{len(truth.pairs):,} true pairs; comparing", rows=count)
    compared = compare_files(left.rows, others, start=_model(options["model"]), fitted=fitted)
    progress.tell(f"{len(compared.pairs):,} pairs compared; counting", rows=count)
    files = {"left": _told(left)} | ({"right": _told(right)} if right else {})
    files["truth"] = {"rows": len(truth.pairs), "bad": _told_bad(truth.bad)}
    return evaluate(left.rows, others, truth.pairs, compared), files


def _people(path: Path, truth: Path, given: dict[str, str]) -> People:
    """The file at ``path``; where no heading says which column has the ids, that which the truth has."""
    people = read_people(path, given)
    if "id" not in people.columns and (column := id_column(path, truth)):
        return read_people(path, given | {"id": column})
    return people


def _model(path: Path | None) -> Model:
    if path is None:
        return first_model()
    try:
        return Model.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CommandError(f"{path} is not a file of weights: {problem}") from problem


def _told(people: People) -> dict[str, Any]:
    doubts = [
        {"line": line, "reason": words} for line, _, words in doubts_in(people, today=timezone.now().date())
    ]
    return {
        "rows": len(people.rows),
        "columns": people.columns,
        "month_first": people.month_first,
        "bad": _told_bad(people.bad),
        "doubts": doubts,
    }


def _told_bad(rows: list[BadRow]) -> list[dict[str, Any]]:
    return [{"line": row.line, "id": row.id, "reason": row.reason} for row in rows]


def _explanation(pair: Explained) -> str:
    levels = ", ".join(f"{field} {level} {pair.weights[field]:+.1f}" for field, level in pair.levels.items())
    vetoes = f"; never by machine: {', '.join(pair.vetoes)}" if pair.vetoes else ""
    return (
        f"  {pair.left} and {pair.right} ({pair.group}): {pair.probability:.4f}{vetoes}\n"
        f"    {pair.written[0]}\n    {pair.written[1]}\n"
        f"    {levels or 'they share too little to be compared'}"
    )


def _line(figures: Figures) -> str:
    return (
        f"{figures.links:>7,} {figures.false_links:>7,} {figures.missed_links:>7,}  "
        f"{figures.precision:>8.4f}  {figures.recall:>7.4f}  {figures.f1:.4f}"
    )
