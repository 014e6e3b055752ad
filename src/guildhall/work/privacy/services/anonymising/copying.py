"""Making the copy: an embedded database and a folder of files, row by row, from whichever database is used.

The copy is new from its first byte, so nothing of the original is left in corners of it. What was replaced is
looked for in it afterwards, and the copy is thrown away when any of it is found.
"""

import importlib
import importlib.util
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

from guildhall.foundation.kit.frozen import Frozen
from guildhall.paperwork.forms.models import FormVersion
from guildhall.records.children.keys import also_keys, set_keys
from guildhall.records.children.models import AlsoKey, Child
from guildhall.records.linkage.finding import name_words
from guildhall.records.linkage.identity import Identity
from guildhall.records.linkage.models import Mention

from ... import datamap
from .checking import leaks, strings
from .disguise import PLACEHOLDER, RULES, Disguise

NAME, ALIAS, AT_ONCE = "guildhall.sqlite3", "copy", 500
# Nobody uses the copy before it is whole, so nothing has to be safe on the disk on the way there.
_QUICK = {"init_command": "PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"}
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}|[A-Z][A-Z0-9_]{0,59}")


class CannotCopy(Exception):
    """Why there is no copy, in words for the operator."""


@cache
def rules() -> tuple[frozenset[str], dict[str, dict[str, str]]]:
    """The tables that come empty, and what becomes of the fields of the others."""
    said = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    return frozenset(said["empty"]), said["fields"]


def forgotten() -> list[str]:
    """``model.field`` of every personal field of the data map that no rule says what to do with."""
    missing = datamap.undeclared()
    for table in datamap.of_people():
        ruled, model = rules()[1].get(table.model, {}), _by_label().get(table.model)
        if model is None or table.model in rules()[0]:
            continue
        keys = {each.name for each in model._meta.concrete_fields if each.is_relation}
        missing += [f"{table.model}.{name}" for name in table.personal if name not in {*keys, *ruled}]
    return sorted(missing)


def unknown() -> list[str]:
    """What the rules name that is no table, no field or no rule."""
    empty, fields = rules()
    odd = [label for label in (*empty, *fields) if label not in _by_label()]
    for label in fields.keys() & _by_label().keys():
        names = {each.name for each in _by_label()[label]._meta.concrete_fields}
        ruled = fields[label].items()
        odd += [f"{label}.{name}: {rule}" for name, rule in ruled if name not in names or rule not in RULES]
    return odd


def _by_label() -> dict[str, type[Model]]:
    return {model._meta.label: model for model in _models()}


def make(folder: Path) -> int:
    """Write the copy into the new ``folder``; how many rows it has. Raises CannotCopy and leaves nothing."""
    if missing := forgotten():
        raise CannotCopy("No rule says what becomes of " + ", ".join(missing))
    folder = folder.resolve()
    data = Path(settings.DATA).resolve()
    if folder == data or data in folder.parents or folder in data.parents:
        raise CannotCopy("Name a folder that has nothing to do with the folder of the live data")
    if folder.exists():
        raise CannotCopy("Name a folder that does not exist yet")
    folder.mkdir(parents=True, mode=0o700)
    try:
        with _target(folder / NAME):
            return _fill(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise


@contextmanager
def _target(path: Path) -> Iterator[None]:
    """The database at ``path`` under the name of ALIAS, beside the one that is used."""
    connections.databases[ALIAS] = connections.configure_settings(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": _QUICK}}
    )["default"]
    try:
        with closing(connections[ALIAS]):
            yield
    finally:
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _fill(folder: Path) -> int:
    _build()
    known = _codes()
    with _unchanging():
        seen = Disguise(known=known)
        for model in _models():
            for _ in _disguised(model, seen):
                pass
        # What leads to people is known now, so that no disguise leads to anybody.
        disguise = Disguise(known=known, taken=frozenset(seen.names | seen.marks))
        with connections[ALIAS].constraint_checks_disabled():
            rows = sum(_copy(model, disguise) for model in _models())
    connections[ALIAS].check_constraints()
    _leave_out_files(folder)
    _freeze()
    if found := leaks(_models(), disguise, using=ALIAS, rules=rules()[1]):
        raise CannotCopy("The copy was thrown away: something real was left in " + ", ".join(found))
    return rows


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


@contextmanager
def _unchanging() -> Iterator[None]:
    """What is read was all there at one moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _codes() -> frozenset[str]:
    """The codes that the forms are made of: answers that say nothing of a person by themselves."""
    found: set[str] = set()
    for definition in FormVersion.objects.values_list("definition", flat=True).iterator():
        found.update(each for each in strings(definition) if _CODE.fullmatch(each))
    return frozenset(found | {"yes", "no", "en", "cy"})


def _build() -> None:
    """Every table as the program wants it, and that no migration is left to do."""
    target = connections[ALIAS]
    with target.schema_editor() as editor:
        for model in _models():
            if not model._meta.auto_created:  # tables of many to many come with their model
                editor.create_model(model)
    done = MigrationRecorder(target)
    done.ensure_schema()
    for app, name in MigrationRecorder(connection).applied_migrations():
        done.record_applied(app, name)


def _disguised(model: type[Model], disguise: Disguise) -> Iterator[Model]:
    empty, fields = rules()
    label = model._meta.label
    if label in empty:
        return
    ruled = [(_field(model, name), rule) for name, rule in fields.get(label, {}).items() if rule != "same"]
    ruled += [(each, "blank") for each in model._meta.concrete_fields if _leads_nowhere(each)]
    for row in model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
        for each, rule in ruled:
            setattr(row, each.attname, disguise.apply(rule, getattr(row, each.attname), each))
        if isinstance(row, Child):
            set_keys(row)
        if isinstance(row, Mention):
            row.name_words = name_words(Identity.from_json(row.identity))
        yield row


def _leads_nowhere(key: "Field[Any, Any]") -> bool:
    """Whether ``key`` is to a table that comes empty, and can be empty too."""
    to: Any = key.related_model
    return bool(key.null and to and to._meta.label in rules()[0])


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    found: Any = model._meta.get_field(name)
    return found


def _copy(model: type[Model], disguise: Disguise) -> int:
    count, some = 0, []
    with transaction.atomic(using=ALIAS):
        for row in _disguised(model, disguise):
            some.append(row)
            if len(some) == AT_ONCE:
                count, some = count + _put(model, some), []
        count += _put(model, some)
    return count


def _put(model: type[Model], rows: list[Model]) -> int:
    model._base_manager.using(ALIAS).bulk_create(rows)
    children = [row for row in rows if isinstance(row, Child)]
    found_by = [(child, kind, value) for child in children for kind, value in also_keys(child)]
    AlsoKey.objects.using(ALIAS).bulk_create(
        AlsoKey(child_id=child.pk, kind=kind, value=value) for child, kind, value in found_by
    )
    return len(rows)


def _leave_out_files(folder: Path) -> None:
    """Under the name of every file lies only that it was left out."""
    stored = apps.get_model("files.StoredFile")
    for key in stored._default_manager.using(ALIAS).values_list("storage_key", flat=True):
        path = folder / "files" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PLACEHOLDER)


def _freeze() -> None:
    """What the database refuses, the copy refuses too."""
    for app in apps.get_app_configs():
        for name in ("frozen", "append_only"):
            if app.name.startswith("guildhall.") and importlib.util.find_spec(f"{app.name}.{name}"):
                module = importlib.import_module(f"{app.name}.{name}")
                for each in vars(module).values():
                    if isinstance(each, Frozen):
                        each.put_up(connections[ALIAS])
