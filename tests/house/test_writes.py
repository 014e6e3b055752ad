"""Only services write. A view, a query or a template tag that writes rows is a fault."""

import ast
from pathlib import Path

from .source import modules

WRITES = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "update",
    "delete",
    "save",
    "set_password",
}

# What writes in foundation.kit.statements.
LEAN_WRITES = {"insert", "insert_unless_there", "insert_all", "replace", "update", "delete"}

SQL_FROM_TEXT = {"raw", "extra", "RawSQL"}

# Files beside services.py that write, each for a reason.
ALSO = {
    "foundation/authority/stamps.py": "the stamp is written by every service that changes shared data",
    "foundation/documents/word_file.py": "what it saves is a document, into memory",
    "people/membership/sessions.py": "a session store saves sessions, and Django says how it is called",
}


def _is_service(name: str) -> bool:
    path = Path(name)
    return path.stem == "services" or "services" in path.parts or name in ALSO


def _writes(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_write(node)]


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES | LEAN_WRITES:
        return False
    if isinstance(call.func.value, ast.Name) and call.func.value.id == "statements":
        return call.func.attr in LEAN_WRITES
    if call.func.attr == "save":
        # A picture's own save is told where to, and as what; a row's takes no such thing. A session is kept
        # by whoever answers the request.
        return len(call.args) < 2 and getattr(call.func.value, "attr", "") != "session"
    chain = {part.attr for part in ast.walk(call.func) if isinstance(part, ast.Attribute)}
    return bool(chain & {"objects", "_default_manager", "filter", "exclude"})


def test_only_services_write():
    outside = [
        f"{name}:{call.lineno} .{call.func.attr}()"
        for name, tree in modules({f".{write}" for write in WRITES | LEAN_WRITES})
        if not _is_service(name)
        for call in _writes(tree)
    ]
    assert len(outside) == 0, outside


def test_the_guard_sees_a_write():
    assert _writes(ast.parse("Case.objects.filter(pk=1).update(status='x')"))
    assert _writes(ast.parse("case.save()"))
    assert _writes(ast.parse("statements.insert(case)"))
    assert not _writes(ast.parse("answers.update(more)"))
    assert not _writes(ast.parse("request.session.save()"))


def test_nothing_hides_behind_signals_or_overridden_saves():
    hidden = [
        f"{name}:{node.lineno}"
        for name, tree in modules({"signals", "def save"})
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"))
        or (isinstance(node, ast.FunctionDef) and node.name == "save" and name.endswith("models.py"))
    ]
    assert len(hidden) == 0, hidden


def test_no_sql_is_built_from_text():
    built = [
        f"{name}:{node.lineno}"
        for name, tree in modules(SQL_FROM_TEXT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SQL_FROM_TEXT
    ]
    assert len(built) == 0, built
