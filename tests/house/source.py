"""Reading our own source, for the tests that keep the house."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "guildhall"


def modules(naming: Collection[str] = ("",)) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product but migrations, as (path below guildhall, syntax tree).

    ``naming``: only those in which one of these words stands, since parsing is what takes the time.
    """
    for path in sorted(SOURCE.rglob("*.py")):
        written = path.read_text(encoding="utf-8")
        if "migrations" not in path.parts and any(word in written for word in naming):
            yield str(path.relative_to(SOURCE)), ast.parse(written)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node
