"""Which records may be a child at all: found by indexes in one statement, then weighed roughly by their keys.

The statement is written by hand because Django cannot limit each part of a union on SQLite, and asking
part by part costs more than all the comparing after it.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from django.db import connection
from rapidfuzz.distance import JaroWinkler

from guildhall.records.children.folding import sound, words
from guildhall.records.children.identity import IDENTIFIERS
from guildhall.records.children.keys import with_initial
from guildhall.records.children.models import AlsoKey, Child

from .levels import NEAR, days_level, letters_level, postcodes_level
from .model import Model, first_model
from .names import (
    INSTEAD_OF_SURNAME,
    PARTICLES,
    WEAK,
    forename_said,
    forms_of,
    may_be_no_forename,
    surname_said,
)
from .outcomes import LEAST_WEIGHT
from .seen import Seen, form_of_surname

# No block may bring more records than this, so that a common name costs no more than a rare one.
MOST_IN_A_BLOCK = 200
MOST_BY_INITIAL = 50
MOST_FORMS = 20
OTHER_YEARS = 10
MOST_COMPARED = 12
# What a row does not show (the house, what a child is called) hardly ever adds more bits than this.
MOST_UNSEEN = 6.0

_CHILD, _ALSO = Child._meta.db_table, AlsoKey._meta.db_table


class Near(NamedTuple):
    """A record by its row. ``renamed``, ``moved`` (0 or 1): found by another name or address than its own."""

    pk: int
    forename: str
    surname: str
    born_on: date | None
    postcode: str
    upn: str
    nhs_number: str
    uln: str
    gender: str
    midname: str
    renamed: int
    moved: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the statement: what a record must share, and how many of such are worth a look.

    ``also``: the kind of AlsoKey that is one of ``values``; empty where the record's own columns are asked.
    """

    where: str
    values: tuple[str, ...]
    also: str = ""
    most: int = MOST_IN_A_BLOCK

    @property
    def tables(self) -> str:
        return f"{_ALSO} AS k CROSS JOIN {_CHILD} AS c" if self.also else f"{_CHILD} AS c"

    @property
    def renamed(self) -> int:
        return int(self.also == "initial")

    @property
    def moved(self) -> int:
        return int(self.also == "postcode")


def records_near(who: Seen, model: Model | None = None) -> list[int]:
    """Primary keys of the records that may be ``who``, the likeliest first; at most MOST_COMPARED."""
    weigh = weigher_for(who, model or first_model())
    weighed = [(*weigh(each), each) for each in rows_near(who)]
    possible = sorted(
        (-likely, each.pk)
        for most, likely, each in weighed
        if most >= LEAST_WEIGHT and (likely >= LEAST_WEIGHT - MOST_UNSEEN or each.renamed)
    )
    return [pk for _, pk in possible[:MOST_COMPARED]]


def rows_near(who: Seen) -> list[Near]:
    """Every record that shares something telling with ``who``, in one statement."""
    statement, values = statement_for(who)
    if not statement:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_near(row) for row in cursor.fetchall()]


def statement_for(who: Seen) -> tuple[str, list[str]]:
    """The statement that finds them, and its values; an empty one when ``who`` says too little."""
    blocks = list(_blocks(who))
    return _statement(blocks) if blocks else ("", [])


def weigher_for(who: Seen, model: Model) -> Callable[[Near], tuple[float, float]]:
    """What weighs one record after the other against ``who``.

    It gives the most that a whole comparison with a record could come to, and what it likely comes to, in
    bits. Likely: with what its row shows alone. Which of the two a record is found by matters where many
    share a former name: they all could be the child, and hardly one is likely to be.

    Hundreds of rows share a name, a day or a postcode, so that each of these is compared once.
    """
    fields = model.fields
    names_of = _names_weigher(who, model)
    born_of = cache(partial(_born, who, bits=fields["born_on"]))
    place_of = cache(partial(_postcode, who, bits=fields["postcode"]))
    gender_of = cache(partial(_gender, who, bits=fields["gender"]))
    midname_of = cache(partial(_midname, who, bits=fields["midname"]))
    numbers = [(field, number) for field in IDENTIFIERS if (number := getattr(who, field))]
    exact_place, old_place = fields["postcode"]["exact"], fields["postcode"]["old"]

    def weigh(record: Near) -> tuple[float, float]:
        names, most_names = names_of(record.forename, record.surname, record.renamed)
        place = likely_place = most_place = place_of(record.postcode)
        if record.moved:
            likely_place, most_place = max(place, old_place), exact_place
        shown = model.prior + born_of(record.born_on) + gender_of(record.gender)
        for field, number in numbers:
            if getattr(record, field) == number:
                shown += fields[field]["exact"]
        midname, most_midname = midname_of(record.midname)
        most = shown + most_names + most_place + most_midname + _address(who, most_place, fields["address"])
        return most, shown + names + likely_place + midname

    return weigh


def _names_weigher(who: Seen, model: Model) -> Callable[[str, str, int], tuple[float, float]]:
    """What weighs a forename and a surname together (and whether they were found by a former one)."""
    forename_bits, surname_bits = model.fields["forename"], model.fields["surname"]
    forename_of = cache(partial(_forename, who, bits=forename_bits))
    surname_of = cache(partial(_surname, who, bits=surname_bits))
    may_be_surname, may_be_forename = cache(partial(_is_turned_surname, who)), cache(partial(_is_turned, who))
    alone = (who.forename or who.surname) if not (who.forename and who.surname) else ""
    exact, known = forename_bits["exact"] + surname_bits["exact"], surname_bits["known"]
    swapped = forename_bits["swapped"] + surname_bits["swapped"]
    rare_forename, rare_surname = _for_rareness(who, "forename", model), _for_rareness(who, "surname", model)

    def weigh(forename: str, surname: str, renamed: int) -> tuple[float, float]:
        one, other = forename_of(forename), surname_of(surname)
        if alone:
            if alone in (forename + surname, surname + forename):
                return swapped, swapped
            if not who.surname and alone == surname != forename:
                one, other = 0.0, surname_bits["swapped"]
            elif not who.forename and _is_form(alone, forename):
                other = 0.0
        elif may_be_surname(surname) and may_be_forename(forename):
            return swapped, swapped
        rare = rare_forename * (forename == who.forename) + rare_surname * (surname == who.surname)
        if renamed:
            return one + max(other, known), exact + rare
        most = max(one, forename_bits["midname"]) if one == forename_bits["different"] else one
        return one + other, min(exact, most + other) + rare

    return weigh


def _for_rareness(who: Seen, part: str, model: Model) -> float:
    """What agreement on this very name adds where it is rare."""
    return max(model.names.get(part, {}).get(getattr(who, part), 0.0), 0.0)


def _address(who: Seen, place: float, bits: Mapping[str, float]) -> float:
    """Of an address the keys show nothing; one with quite another postcode is hardly the same."""
    if who.line is None:
        return 0.0
    return bits["exact"] if place >= 0 else bits["near"]


def _forename(who: Seen, forename: str, bits: Mapping[str, float]) -> float:
    if not who.forename:
        return bits["swapped"] if _is_form(who.surname, forename) else 0.0
    if not forename:
        return 0.0
    if forename in who.forenames:
        return bits["exact"]
    if forename in who.forms or _holds(who.forename, forename):
        return max(bits["nickname"], bits["part"])
    if forename in who.midnames:
        return bits["midname"]
    return 0.0 if may_be_no_forename(forename) else bits[letters_level(who.forename, forename)]


def _surname(who: Seen, surname: str, bits: Mapping[str, float]) -> float:
    if not who.surname:
        return 0.0
    if surname in who.surnames:
        return bits["exact"]
    if _holds(who.surname, surname) or any(part in surname for part in who.parts):
        return bits["part"]
    if form_of_surname(surname) in {who.ending, who.bare_surname}:
        return bits["similar"]
    if who.instead or surname in INSTEAD_OF_SURNAME:
        return bits["near"]
    return bits[letters_level(who.surname, surname)] if surname_said(surname) else 0.0


def _is_form(one: str, other: str) -> bool:
    return bool(one) and (one == other or other in forms_of(one))


def _is_turned_surname(who: Seen, surname: str) -> bool:
    """May the surname of a record be the forename of ``who``?"""
    return surname in who.forms or _are_near(who.forename, surname) or who.forename == surname[:1]


def _is_turned(who: Seen, forename: str) -> bool:
    """May the forename of a record be the surname of ``who``?"""
    return _is_form(who.surname, forename) or _are_near(who.surname, forename)


def _are_near(one: str, other: str) -> bool:
    return JaroWinkler.similarity(one, other) > NEAR


def _holds(one: str, other: str) -> bool:
    return one in other or other in one


def _born(who: Seen, born_on: date | None, bits: Mapping[str, float]) -> float:
    if who.born_on is None or born_on is None:
        return 0.0
    return bits[days_level(who.born_on, born_on, who.digits, born_on.isoformat().replace("-", ""))]


def _gender(who: Seen, gender: str, bits: Mapping[str, float]) -> float:
    if not who.gender or gender not in {"female", "male"}:
        return 0.0
    return bits["exact"] if who.gender == gender else bits["different"]


def _midname(who: Seen, midname: str, bits: Mapping[str, float]) -> tuple[float, float]:
    """Likely, as it is written, and at most: to fold every record's would cost more than it tells."""
    if not who.midname or not midname:
        return 0.0, 0.0
    same = who.who.midname.casefold() == midname.casefold()
    return bits["exact" if same else "different"], bits["exact"]


def _postcode(who: Seen, postcode: str, bits: Mapping[str, float]) -> float:
    if not who.postcode or not postcode:
        return 0.0
    if postcode in who.postcodes:
        return bits["exact"]
    return bits[postcodes_level(who.postcode, postcode)]


def _blocks(who: Seen) -> Iterator[_Block]:
    """What a record must share to be looked at, the most telling first; each part can use an index."""
    # SQLite uses an index of a part of the rows only where it is told that part in the index's own words.
    for field in IDENTIFIERS:
        if number := getattr(who, field):
            yield _Block(f"{field} = %s AND NOT ({field} = '')", (number,))
    yield from _birthdays(who)
    yield from _names(who)
    yield from _sounds(who)
    for postcode in sorted(who.postcodes):
        if len(postcode) >= 5:
            yield _Block("postcode_key = %s", (postcode,))
            yield _also("postcode", (postcode,))


def _birthdays(who: Seen) -> Iterator[_Block]:
    """Born on the day, or on that with day and month turned, and an initial in common."""
    # A name that stands alone as a surname may be a forename, and that a short one.
    others = frozenset() if who.forename else forms_of(who.surname)
    initials = sorted({name[0] for name in who.forenames | who.surnames | others})
    for day in who.days:
        for initial in initials:
            for column in ("surname_key", "forename_key"):
                begins, values = _begins(column, initial)
                yield _Block(f"born_on = %s AND {begins}", (day, *values))
        if not initials:
            yield _Block("born_on = %s", (day,))


def _names(who: Seen) -> Iterator[_Block]:
    surnames = _spellings(
        who.surnames, *(surname_said(each) for each in (who.who.surname, who.who.former_surname))
    )
    forenames = _forenames(who)
    if surnames and forenames:
        turned = tuple(dict.fromkeys((*surnames, *sorted(forms_of(who.surname))[:MOST_FORMS])))
        yield _Block(
            f"surname_key IN {_many(surnames)} AND forename_key IN {_many(forenames)}",
            (*surnames, *forenames),
        )
        yield _Block(
            f"surname_key IN {_many(forenames)} AND forename_key IN {_many(turned)}",
            (*forenames, *turned),
        )
        begins, values = _begins("forename_key", who.forename[:1])
        yield _Block(
            f"surname_key IN {_many(surnames)} AND {begins}", (*surnames, *values), most=MOST_BY_INITIAL
        )
        initials = dict.fromkeys(forename[0] for forename in forenames)
        for some in ([who.forename[:1]], [one for one in initials if one != who.forename[:1]]):
            keys = tuple(with_initial(surname, one) for surname in surnames for one in some)
            if keys:
                yield _also("initial", keys)
    elif surnames:
        yield _Block(f"surname_key IN {_many(surnames)}", surnames)


def _sounds(who: Seen) -> Iterator[_Block]:
    """Names that sound like both of the child's, or like one of them and born in the same month.

    Or on the same birthday of another year, where the forename sounds alike; what else must speak for such
    a pair is left to the weighing.
    """
    surname, forename = sound(who.surname), sound(who.forename)
    if surname and forename:
        both = "surname_sound = %s AND forename_sound = %s"
        yield _Block(both, (surname, forename))
        yield _Block(both, (forename, surname))
    if who.born_on:
        days = monthrange(who.born_on.year, who.born_on.month)[1]
        month = tuple(who.born_on.replace(day=day).isoformat() for day in (1, days))
        for column, heard in (("surname_sound", surname), ("forename_sound", forename)):
            if heard:
                yield _Block(f"{column} = %s AND born_on BETWEEN %s AND %s", (heard, *month))
        if forename and (birthdays := _birthdays_in_other_years(who.born_on)):
            yield _Block(f"forename_sound = %s AND born_on IN {_many(birthdays)}", (forename, *birthdays))


def _birthdays_in_other_years(born_on: date) -> tuple[str, ...]:
    """The same day and month in each other year that one wrong digit, or a slip of a few years, makes."""
    day, some = f"{born_on:%m-%d}", range(born_on.year - OTHER_YEARS, born_on.year + OTHER_YEARS + 1)
    years = (year for year in some if year != born_on.year and (day != "02-29" or isleap(year)))
    return tuple(f"{year:04}-{day}" for year in years if date.min.year <= year <= date.max.year)


def _also(kind: str, values: tuple[str, ...]) -> _Block:
    return _Block(f"c.id = k.child_id AND kind = '{kind}' AND value IN {_many(values)}", values, also=kind)


def _forenames(who: Seen) -> tuple[str, ...]:
    known = _spellings(who.forenames, " ".join(who.forename_words), forename_said(who.who.known_as))
    forms = (form for name in known for form in sorted(forms_of(name))[:MOST_FORMS])
    return tuple(dict.fromkeys((*known, *forms)))


def _spellings(keys: frozenset[str], *written: str) -> tuple[str, ...]:
    """Each name as one word, and the telling words of those ``written``."""
    parts = {part for name in written for part in words(name) if len(part) > 2} - WEAK - PARTICLES
    return tuple(sorted(keys | parts))


def _begins(column: str, initial: str) -> tuple[str, tuple[str, ...]]:
    """``column`` begins with a letter, as a range that the order of any collation keeps."""
    if not "a" <= initial < "z":
        return f"{column} >= %s", (initial,)
    return f"{column} >= %s AND {column} < %s", (initial, chr(ord(initial) + 1))


def _many(values: Sequence[str]) -> str:
    return f"({', '.join(['%s'] * len(values))})"


def _statement(blocks: Sequence[_Block]) -> tuple[str, list[str]]:
    """The statement and its values. All that is put into its text is written in this file."""
    parts = [_PART.format(block=block, place=place) for place, block in enumerate(blocks)]
    return _WHOLE.format(parts=" UNION ALL ".join(parts), child=_CHILD), [
        value for block in blocks for value in block.values
    ]


# A cross join keeps SQLite from beginning at the children.
_PART = (
    "SELECT * FROM (SELECT c.id AS pk, {block.renamed} AS renamed, {block.moved} AS moved "
    "FROM {block.tables} WHERE {block.where} LIMIT {block.most}) AS b{place}"
)
_WHOLE = (
    "SELECT c.id, c.forename_key, c.surname_key, c.born_on, c.postcode_key, c.upn, c.nhs_number, c.uln, "
    "c.gender, c.midname, f.renamed, f.moved "
    "FROM (SELECT pk, MAX(renamed) AS renamed, MAX(moved) AS moved FROM ({parts}) AS every GROUP BY pk) AS f "
    "JOIN {child} AS c ON c.id = f.pk WHERE c.removed_at IS NULL"
)


def _near(row: Sequence[Any]) -> Near:
    """A row of the statement; SQLite gives dates as text."""
    values = [*row]
    if isinstance(values[3], str):
        values[3] = date.fromisoformat(values[3])
    return Near(*values)
