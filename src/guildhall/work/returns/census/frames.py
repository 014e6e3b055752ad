"""Records as columns: what was read, what follows from it, and what the return as a whole says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from .packs import Pack
from .reading import FIRST, Rows
from .shape import HEAD, PUPIL, TABLES

Frames = dict[str, pl.DataFrame]
_DATES = {
    "pupil": ("dob", "entry", "left"),
    "fsm": ("starts", "ends"),
    "exclusion": ("starts",),
    "aim": ("starts", "planned", "ends"),
}
_NUMBERS = {
    "pupil": ("possible", "possible2", "funded", "hours", "extended", "hours_learning", "hours_other"),
    "need": ("rank",),
    "exclusion": ("sessions",),
    "absence": ("sessions",),
    "absence2": ("sessions",),
}
_ALIKE = {"absence": "reason", "absence2": "reason", "support": "code", "need": "rank"}
_HEAD_NUMBERS = (
    *("part_time_not_in", "private_study", "at_other_school", "work_experience", "fe_college", "meals_taken"),
    *("most_day", "most_boarders", "boys_from", "boys_until", "girls_from", "girls_until"),
    *(f"{kind}_{what}" for kind in ("primary", "secondary", "infant")
      for what in ("lodged", "withdrawn", "heard", "upheld", "rejected")),
)  # fmt: skip
_YEARS = {"E1": -4, "E2": -3, "N1": -2, "N2": -1, "R": 0} | {str(year): year for year in range(1, 15)}
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# What of the return a rule about pupils may speak of.
DAYS = ("census_day", "last_census_day", "august", "term_from", "last_term_from", "furthest")
ABOUT = ("term", "phase", "school_type", "highest", "lowest", "governance", "highest_n", "lowest_n", *DAYS)


def frames_of(rows: Rows, about: Mapping[str, Any], pack: Pack) -> Frames:
    """Every table of ``rows`` as columns; a group's records know what their pupil says, as ``p_…``."""
    pupils = _derived(_frame("pupil", rows, [*FIRST, *PUPIL.columns]), about)
    found: Frames = {}
    for table in TABLES[1:]:
        if not rows.tables[table.name]:
            continue
        frame = _frame(table.name, rows, ["record", *table.columns])
        if key := _ALIKE.get(table.name):
            frame = frame.with_columns(alike=pl.len().over("record", key))
        found[table.name] = frame.with_columns(pl.lit(about[day]).alias(day) for day in DAYS)
    pupils = _with_sums(pupils, found, pack)
    of_pupil = pupils.select("record", pl.exclude("record").name.prefix("p_"))
    joined = {name: frame.join(of_pupil, on="record", how="left") for name, frame in found.items()}
    return {"pupil": pupils, **joined}


def _frame(name: str, rows: Rows, columns: list[str]) -> pl.DataFrame:
    """A table's rows as columns: blanks are null, days and numbers are read as ``…_on`` and ``…_n``."""
    kinds = {"record": pl.UInt32, "line": pl.UInt32, "on_roll": pl.Boolean}
    turned = zip(*rows.tables[name], strict=True) if rows.tables[name] else ([] for _ in columns)
    frame = pl.DataFrame(
        [
            pl.Series(column, list(values), dtype=kinds.get(column, pl.String))
            for column, values in zip(columns, turned, strict=True)
        ]
    )
    words = [column for column in columns if column not in kinds]
    stripped = [pl.col(column).str.strip_chars() for column in words]
    frame = frame.with_columns(
        pl.when(one != "").then(one).alias(column) for one, column in zip(stripped, words, strict=True)
    )
    return frame.with_columns(
        *(
            pl.col(one).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias(f"{one}_on")
            for one in _DATES.get(name, ())
        ),
        *(pl.col(one).cast(pl.Float64, strict=False).alias(f"{one}_n") for one in _NUMBERS.get(name, ())),
    )


def _derived(pupils: pl.DataFrame, about: Mapping[str, Any]) -> pl.DataFrame:
    """Ages, the order of year groups, and whether the marks of identifiers are right."""
    told = pupils.with_columns(pl.lit(about.get(name)).alias(name) for name in ABOUT)
    return told.with_columns(
        age=_age("dob_on", pl.col("census_day")),
        age_in_august=_age("dob_on", pl.col("august")),
        age_on_leaving=_age("dob_on", pl.col("left_on")),
        year_n=pl.col("year").replace_strict(_YEARS, default=None, return_dtype=pl.Int8),
        uln_right=_uln_right(pl.col("uln")),
        **{f"{name}_letter": _letter(pl.col(name)) for name in ("upn", "former_upn")},
    )


def _age(born: str, on: pl.Expr) -> pl.Expr:
    """Whole years of age on a day."""
    day = pl.col(born)
    had = _in_year(on) >= _in_year(day)
    return on.dt.year() - day.dt.year() - pl.when(had).then(0).otherwise(1)


def _in_year(day: pl.Expr) -> pl.Expr:
    """A number that grows from 1 January to 31 December. A month comes in eight bits, too few for this."""
    return day.dt.month().cast(pl.Int16) * 100 + day.dt.day()


def _letter(upn: pl.Expr) -> pl.Expr:
    """The letter that the other twelve characters of a UPN ask for; null where they are no UPN's."""
    digits = sum(
        (upn.str.slice(place - 1, 1).cast(pl.Int32, strict=False) * place for place in range(2, 13)),
        pl.lit(0),
    )
    last = upn.str.slice(12, 1)
    own = pl.coalesce(
        last.cast(pl.Int32, strict=False),
        last.replace_strict(list(_LETTERS), list(range(23)), default=None, return_dtype=pl.Int32),
    )
    rest = (digits + own * 13) % 23
    return rest.replace_strict(list(range(23)), list(_LETTERS), default=None, return_dtype=pl.String)


def _uln_right(uln: pl.Expr) -> pl.Expr:
    """Whether a ULN has ten digits of which the last is the check digit of the others."""
    weighed = sum(
        (uln.str.slice(place, 1).cast(pl.Int32, strict=False) * (10 - place) for place in range(9)), pl.lit(0)
    )
    left = weighed % 11
    return (
        uln.str.contains(r"^[1-9][0-9]{9}$")
        & (left != 0)
        & (uln.str.slice(9, 1).cast(pl.Int32, strict=False) == 10 - left)
    ).fill_null(value=False)


def _with_sums(pupils: pl.DataFrame, groups: Mapping[str, pl.DataFrame], pack: Pack) -> pl.DataFrame:
    """The pupils with what their records of each group come to; 0 without any."""
    for table in TABLES[1:]:
        wanted = {name: one for name, one in pack.sums.items() if one.of == table.name}
        if not wanted:
            continue
        if table.name not in groups:
            pupils = pupils.with_columns(pl.lit(0.0).alias(name) for name in wanted)
            continue
        added = (
            groups[table.name]
            .group_by("record")
            .agg(
                pl.sql_expr(pack.said(one.each)).cast(pl.Float64).sum().alias(name)
                for name, one in wanted.items()
            )
        )
        pupils = pupils.join(added, on="record", how="left", maintain_order="left").with_columns(
            pl.col(name).fill_null(0.0) for name in wanted
        )
    return pupils.with_columns(
        pl.sql_expr(pack.said(test)).alias(name) for name, test in pack.derived.items()
    )


def about_return(head: Mapping[str, str], windows: Mapping[str, date]) -> dict[str, Any]:
    """The return as one record: what the head says, its numbers as ``…_n``, and the collection's days."""
    told: dict[str, Any] = {column: head.get(column) for column in HEAD.values()}
    told |= {name: head.get(name) for name in _HEAD_NUMBERS}
    told |= {f"{name}_n": _number(head.get(name)) for name in _HEAD_NUMBERS}
    told |= {f"{name}_n": _YEARS.get(str(head.get(name))) for name in ("highest", "lowest")}
    told["has_school"] = "school" in head
    told["staff_n"] = _number(head.get("staff"))
    told["reference_on"] = _day(head.get("reference_date"))
    return told | dict(windows)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
