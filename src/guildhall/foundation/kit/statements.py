"""Statements whose text is worked out once, for the few that nearly every request runs.

A queryset works out its SQL anew each time, which costs several times what the database needs to answer
it. Whatever is not on the way of every page or every save stays a queryset. The names in these texts are
those of our own models; values are always parameters.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Row = TypeVar("Row", bound=models.Model)
Fields = tuple["models.Field[Any, Any]", ...]


class Columns(Generic[Row]):
    """The columns of ``model`` under ``alias`` in a statement, and the object that their values make.

    ``only``: attribute names of the fields to read; another one is read when somebody asks for it.
    """

    def __init__(self, model: type[Row], *, alias: str, only: Sequence[str] = ()) -> None:
        fields = [field for field in _fields(model) if not only or field.attname in only]
        self._model = model
        self._names = [field.attname for field in fields]
        self._conversions = [
            (place, convert, column)
            for place, column in enumerate(field.get_col(alias) for field in fields)
            for convert in (
                *_here().ops.get_db_converters(column),
                *column.output_field.get_db_converters(_here()),
            )
        ]
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)

    def row(self, values: Sequence[Any]) -> Row:
        """The object whose columns have these values, as the database gave them."""
        held, connection = list(values), _here()
        for place, convert, column in self._conversions:
            held[place] = convert(held[place], column, connection)
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, held)


def _here() -> BaseDatabaseWrapper:
    """The connection of this thread. Django's own ``connection`` looks for it anew at every use."""
    return connections[DEFAULT_DB_ALIAS]


def first(
    model: type[Row], *, only: Sequence[str] = (), for_update: bool = False, **where: Any
) -> Row | None:
    """The row whose fields have exactly these values, if there is one.

    ``for_update``: locked until the transaction ends, where the database has several writers.
    """
    columns, sql = _selecting(model, tuple(only), tuple(where))
    connection = _here()
    if for_update and connection.features.has_select_for_update:
        sql += " FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(model, where))
        found = cursor.fetchone()
    return columns.row(found) if found else None


def count(model: type[models.Model], **where: Any) -> int:
    """How many rows have exactly these values. None means a field without one, a tuple any one of several."""
    if () in where.values():
        return 0
    among = {name: value if isinstance(value, tuple) else (value,) for name, value in where.items()}
    sql = _counting(
        model, tuple((name, 0 if values == (None,) else len(values)) for name, values in among.items())
    )
    prepared = [
        _field(model, name).get_db_prep_save(value, _here())
        for name, values in among.items()
        for value in values
        if value is not None
    ]
    with _here().cursor() as cursor:
        cursor.execute(sql, prepared)
        return int(cursor.fetchone()[0])


def insert(row: models.Model) -> None:
    """Insert a new object, which learns its key where the database makes that."""
    sql, fields = _inserting(type(row), row.pk is None, 1)
    with _here().cursor() as cursor:
        cursor.execute(sql, _values_of(row, fields))
        if row.pk is None:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_unless_there(row: models.Model, unique: tuple[str, ...]) -> None:
    """Insert a new object, unless a row has the same values in the fields ``unique``."""
    sql, fields = _inserting(type(row), True, 1)
    into, keys = sql.partition(" RETURNING")[0], _names(type(row), unique)
    with _here().cursor() as cursor:
        cursor.execute(f"{into} ON CONFLICT ({keys}) DO NOTHING", _values_of(row, fields))


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new objects of one kind, whose keys the database makes and nobody asks for."""
    if rows:
        sql, fields = _inserting(type(rows[0]), True, len(rows))
        with _here().cursor() as cursor:
            cursor.execute(sql, [value for row in rows for value in _values_of(row, fields)])


def hold(model: type[Row], unique: tuple[str, ...], *keys: tuple[Any, ...]) -> list[Row]:
    """The rows whose fields ``unique`` have the values of ``keys``, made where there were none, and locked.

    ``keys`` are all different; the rows are in their order. They are locked in the order of their keys, so
    that two who hold several never wait for each other.
    """
    made = [model(**dict(zip(unique, key, strict=True))) for key in sorted(keys)]
    columns, sql, fields = _holding(model, unique, len(made))
    with _here().cursor() as cursor:
        cursor.execute(sql, [value for row in made for value in _values_of(row, fields)])
        rows = [columns.row(values) for values in cursor.fetchall()]
    found = {tuple(getattr(row, name) for name in unique): row for row in rows}
    return [found[key] for key in keys]


def keep(rows: Sequence[models.Model], unique: tuple[str, ...]) -> None:
    """Give rows what these objects of one kind hold, whose ``unique`` fields say which row each is."""
    sql, fields = _keeping(type(rows[0]), unique, len(rows))
    with _here().cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in _values_of(row, fields)])


def replace(
    old: models.Model,
    *,
    by: models.Model,
    part: type[models.Model],
    whole: str,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """Delete ``old``, insert ``by``, and of its ``part`` a row for each of ``rows``.

    ``whole`` is the field of a part that points at ``by``; ``names`` are its other fields, all texts, in the
    order of a row. One statement where the database can write several tables with one, because to a
    database that is elsewhere the way is what takes long.
    """
    connection = _here()
    if connection.vendor != "postgresql":
        insert(by)
        if rows:
            values = [value for row in rows for value in (by.pk, *row)]
            with connection.cursor() as cursor:
                cursor.execute(_inserting_parts(part, (whole, *names), len(rows)), values)
        delete(type(old), id=old.pk)
        return
    sql, fields = _replacing(type(old), type(by), part, (whole, *names))
    columns = [[row[place] for row in rows] for place in range(len(names))]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_values_of(by, fields), old.pk, *columns])
        by.pk = cursor.fetchone()[0]
    by._state.adding, by._state.db = False, DEFAULT_DB_ALIAS


def update(model: type[models.Model], values: Mapping[str, Any], **where: Any) -> int:
    """Give the rows whose fields have exactly the values in ``where`` new ``values``; how many there were.

    None means a field that has no value.
    """
    known = {name: value for name, value in where.items() if value is not None}
    sql = _updating(model, tuple(values), tuple(known), tuple(name for name in where if name not in known))
    with _here().cursor() as cursor:
        cursor.execute(sql, [*_values(model, values), *_values(model, known)])
        return int(cursor.rowcount)


def delete(model: type[models.Model], **where: Any) -> int:
    """Delete the rows whose fields have exactly these values, and only those; how many there were."""
    sql = f'DELETE FROM "{model._meta.db_table}" WHERE {_equals(model, tuple(where), " AND ")}'  # noqa: S608
    with _here().cursor() as cursor:
        cursor.execute(sql, _values(model, where))
        return int(cursor.rowcount)


def _fields(model: type[models.Model]) -> Fields:
    return tuple(model._meta.concrete_fields)


@cache
def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(field for field in _fields(model) if field.attname == name)


def _values(model: type[models.Model], values: Mapping[str, Any]) -> list[Any]:
    connection = _here()
    return [_field(model, name).get_db_prep_save(value, connection) for name, value in values.items()]


def _values_of(row: models.Model, fields: Fields) -> list[Any]:
    connection = _here()
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


def _equals(model: type[models.Model], names: tuple[str, ...], between: str) -> str:
    return between.join(f'"{_field(model, name).column}" = %s' for name in names)


@cache
def _selecting(model: type[Row], only: tuple[str, ...], where: tuple[str, ...]) -> tuple[Columns[Row], str]:
    table = model._meta.db_table
    columns = Columns(model, alias=f'"{table}"', only=only)
    return columns, f'SELECT {columns.sql} FROM "{table}" WHERE {_equals(model, where, " AND ")}'  # noqa: S608


@cache
def _counting(model: type[models.Model], where: tuple[tuple[str, int], ...]) -> str:
    tests = [
        f'"{_field(model, name).column}" ' + (f"IN ({', '.join(['%s'] * several)})" if several else "IS NULL")
        for name, several in where
    ]
    return f'SELECT COUNT(*) FROM "{model._meta.db_table}" WHERE {" AND ".join(tests)}'  # noqa: S608


@cache
def _inserting(model: type[models.Model], makes_key: bool, count: int) -> tuple[str, Fields]:
    fields = tuple(field for field in _fields(model) if not (makes_key and field.primary_key))
    names = ", ".join(f'"{field.column}"' for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    returning = f' RETURNING "{model._meta.pk.column}"' if makes_key and count == 1 else ""
    into = f'INSERT INTO "{model._meta.db_table}" ({names})'
    return f"{into} VALUES {', '.join([row] * count)}{returning}", fields


@cache
def _holding(model: type[Row], unique: tuple[str, ...], count: int) -> tuple[Columns[Row], str, Fields]:
    columns = Columns(model, alias=f'"{model._meta.db_table}"')
    into, fields = _inserting(model, True, count)
    on = _conflicting(model, unique, unique[:1])
    return columns, f"{into.partition(' RETURNING')[0]} {on} RETURNING {columns.sql}", fields


@cache
def _keeping(model: type[models.Model], unique: tuple[str, ...], count: int) -> tuple[str, Fields]:
    into, fields = _inserting(model, True, count)
    others = tuple(field.attname for field in fields if field.attname not in unique)
    return f"{into.partition(' RETURNING')[0]} {_conflicting(model, unique, others)}", fields


def _conflicting(model: type[models.Model], unique: tuple[str, ...], names: tuple[str, ...]) -> str:
    """What an insert does where the row is there already: takes the new values of ``names``."""
    columns = [_field(model, name).column for name in names]
    return f"ON CONFLICT ({_names(model, unique)}) DO UPDATE SET " + ", ".join(
        f'"{one}" = excluded."{one}"' for one in columns
    )


def _names(model: type[models.Model], names: tuple[str, ...]) -> str:
    return ", ".join(f'"{_field(model, name).column}"' for name in names)


@cache
def _inserting_parts(part: type[models.Model], names: tuple[str, ...], count: int) -> str:
    row = f"({', '.join(['%s'] * len(names))})"
    return f"{_into(part, names)} VALUES {', '.join([row] * count)}"


@cache
def _replacing(
    old: type[models.Model], new: type[models.Model], part: type[models.Model], names: tuple[str, ...]
) -> tuple[str, Fields]:
    made, fields = _inserting(new, True, 1)
    key, arrays = new._meta.pk.column, ", ".join(["%s::text[]"] * (len(names) - 1))
    return (
        f"""
        WITH made AS ({made}),
            gone AS (DELETE FROM "{old._meta.db_table}" WHERE {_equals(old, ("id",), "")}),
            parts AS ({_into(part, names)} SELECT made."{key}", own.* FROM made, unnest({arrays}) own)
        SELECT "{key}" FROM made
        """,  # noqa: S608
        fields,
    )


def _into(model: type[models.Model], names: tuple[str, ...]) -> str:
    return f'INSERT INTO "{model._meta.db_table}" ({_names(model, names)})'


@cache
def _updating(
    model: type[models.Model], values: tuple[str, ...], where: tuple[str, ...], empty: tuple[str, ...]
) -> str:
    table, sets = model._meta.db_table, _equals(model, values, ", ")
    nothing = "".join(f' AND "{_field(model, name).column}" IS NULL' for name in empty)
    return f'UPDATE "{table}" SET {sets} WHERE {_equals(model, where, " AND ")}{nothing}'  # noqa: S608
