"""Rooms import downward only, nothing hides an import, and sizes stay readable."""

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

from .source import SOURCE, functions, modules

ROOT = SOURCE.parents[1]


def test_a_room_imports_only_rooms_below_it():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_room_stands_on_a_floor_that_the_linter_knows():
    placed = (ROOT / "pyproject.toml").read_text()
    rooms = {f"guildhall.{path.parent.parent.name}.{path.parent.name}" for path in SOURCE.glob("*/*/apps.py")}
    assert not {room for room in rooms if f'"{room}"' not in placed}


def test_functions_stay_short_and_files_stay_readable():
    sizes = sorted(node.end_lineno - node.lineno + 1 for _, tree in modules() for node in functions(tree))
    lines = sorted(len((SOURCE / name).read_text(encoding="utf-8").splitlines()) for name, _ in modules())
    assert median(sizes) <= 10
    assert sizes[int(len(sizes) * 0.95)] <= 30
    assert sizes[-1] <= 60
    assert lines[-1] <= 500


def test_public_functions_of_services_and_queries_say_what_they_promise():
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in modules()
        if Path(name).stem in {"services", "queries"} or "services" in Path(name).parts
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert len(silent) == 0, silent
