"""./guildhall linkage batch: whole files against each other, against the records, or against themselves."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from guildhall.foundation.kit.refusals import Refusal
from guildhall.records.children.identity import Identity

from .. import queries, services
from ..bulk.staging import Staged, stage, write_csv
from ..files.columns import demand_used, read_mapping
from ..files.reading import People, doubts_in, read_people
from ..thresholds import in_use
from . import progress

BATCH_HELP = """Find the pairs that may be one child: LEFT against RIGHT, against the records (--records),
doubles within LEFT, or doubles within the records (--records alone). No record is touched."""
Rows = Iterable[tuple[str, Identity]]


class NothingToCompare(Refusal):
    """Neither a file nor the records were named, or too much was."""


class CannotWrite(Refusal):
    """The file of pairs cannot be written."""


def add_arguments(verbs: Any) -> None:
    """Add the verb of this module."""
    verb = verbs.add_parser("batch", description=BATCH_HELP)
    verb.add_argument("left", type=Path, nargs="?", help="a CSV file or workbook (.xlsx) of people")
    verb.add_argument("right", type=Path, nargs="?", help="another")
    verb.add_argument("--records", action="store_true", help="compare with the authority's records")
    verb.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="may be repeated")
    verb.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    verb.add_argument("--out", type=Path, help="where the pairs go as CSV (default: printed)")
    verb.add_argument("--stage", action="store_true", help="keep the pairs for people to look at")


def run(options: dict[str, Any], out: Any) -> None:
    """Compare, write the pairs, and keep them if that was asked for."""
    if (options["left"] is None and not options["records"]) or (options["right"] and options["records"]):
        raise NothingToCompare("Name one file or two, or one file with --records, or --records alone.")
    files = _files(options)
    left, right = _sides(files, records=options["records"])
    model = queries.active_model()
    count = sum(len(people.rows) for people, _ in files)
    progress.tell(f"{count:,} rows read; comparing", rows=count)
    pairs = stage(left, right, model=model, engine=options["engine"], at=in_use())
    progress.tell(f"{len(pairs):,} pairs found; writing them", rows=count)
    _write(pairs, options["out"], out)
    for people, path in files:
        _tell_bad(people, path, out)
    if options["stage"]:
        kept = services.stage_batch(
            pairs,
            left=files[0][1].name if files else "records",
            right="records" if files and options["records"] else files[1][1].name if files[1:] else "",
            rows=len(files[0][0].rows) if files else 0,
            bad=files[0][0].bad if files else [],
            engine=options["engine"],
            weights=model.version,
            by=None,
            now=timezone.now(),
        )
        out.write(f"# kept as batch {kept.pk}")


VERBS: dict[str, Callable[[dict[str, Any], Any], None]] = {"batch": run}


def _files(options: dict[str, Any]) -> list[tuple[People, Path]]:
    given = read_mapping(options["map"])
    paths = [path for path in (options["left"], options["right"]) if path]
    files = [(read_people(path, given), path) for path in paths]
    if files:
        demand_used(given, *(people.columns for people, _ in files))
    return files


def _sides(files: list[tuple[People, Path]], *, records: bool) -> tuple[Rows, Rows | None]:
    sides: list[Rows] = [[(row.id, row.who) for row in people.rows] for people, _ in files]
    if records:
        sides.append(services.everybody())
    return sides[0], sides[1] if sides[1:] else None


def _write(pairs: list[Staged], path: Path | None, out: Any) -> None:
    if path is None:
        write_csv(out, pairs)
        return
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            write_csv(file, pairs)
    except OSError as problem:
        raise CannotWrite(f"{path} cannot be written: {problem.strerror}.") from problem
    out.write(f"{len(pairs):,} pairs in {path}")


def _tell_bad(people: People, path: Path, out: Any) -> None:
    for bad in people.bad:
        out.write(f"# {path.name}, line {bad.line} left out: {bad.reason}")
    for line, _, words in doubts_in(people, today=timezone.now().date()):
        out.write(f"# {path.name}, line {line} used, but {words}")
