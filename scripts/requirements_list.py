"""Writes docs/requirements.md: every requirement that a test proves, with the sentences that prove it.

python -m scripts.requirements_list [--check]
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator

from scripts.setup import ROOT

PAGE = ROOT / "docs" / "requirements.md"
PREFIXES = {
    "SP": "Families, young people and professionals (SP)",
    "SC": "Schools and settings (SC)",
    "CP": "Safeguarding and early help (CP)",
    "SY": "School systems (SY)",
    "GH": "Beyond other systems (GH)",
}
_ID = re.compile(r"[A-Z]{2}-\d{3}")


def marked() -> Iterator[tuple[str, str, str]]:
    """(requirement, test as a sentence, file) of every ``req`` marker."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        whole = [number for node in tree.body if _assigns_mark(node) for number in _numbers(node)]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                own = [number for mark in node.decorator_list for number in _numbers(mark)]
                for number in {*whole, *own}:
                    yield (
                        number,
                        node.name.removeprefix("test_").replace("_", " "),
                        str(path.relative_to(ROOT)),
                    )


def _assigns_mark(node: ast.stmt) -> bool:
    names = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
    return "pytestmark" in names


def _numbers(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "req":
            for argument in call.args:
                if isinstance(argument, ast.Constant) and _ID.fullmatch(str(argument.value)):
                    yield str(argument.value)


def page() -> str:
    """The page's text."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for number, sentence, path in marked():
        found[number][sentence] = path
    lines = [
        "# Requirements and what proves them",
        "",
        f"Made from the tests' markers by `python -m scripts.requirements_list`: {len(found)} requirements.",
    ]
    for prefix, title in PREFIXES.items():
        numbers = sorted(number for number in found if number.startswith(prefix))
        if numbers:
            lines += ["", f"## {title}", ""]
        for number in numbers:
            lines.append(f"- **{number}**")
            lines += [f"  - {sentence} (`{path}`)" for sentence, path in sorted(found[number].items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv and PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/requirements.md is old. Run: python -m scripts.requirements_list")
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
