"""Reading our own source, for the tests that keep the house."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "guildhall"


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product but migrations, as (path below guildhall, syntax tree)."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
