"""What is wrong is said in one way: what to do, with no full stop at the end."""

import ast
import re
from collections.abc import Iterator

import yaml

from .source import SOURCE, modules

PROBLEM = re.compile(r"(\w+_)?Error_\w+|Problem_\w+")
ALONE = {
    "account.Error_SignIn": "SP-021 gives these three sentences.",
    "account.Error_Code_SignIn": "SP-033 gives these sentences.",
    "shared.File_State_Check_Again": "It is the text of a whole page, and nobody's field.",
}
"""Error messages that are sentences all the same → why."""


def _catalogue() -> dict[str, dict[str, str]]:
    words = {}
    for path in SOURCE.rglob("texts/*.yaml"):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        words |= {f"{path.stem}.{key}": said for key, said in content.items()}
    return words


def _refused_with() -> Iterator[str]:
    """Every whole string that stands where something is raised: the name of a text among them."""
    for _path, tree in modules(["raise "]):
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise):
                yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))


def _problems() -> dict[str, str]:
    """Every error message that a form can show, by name and language."""
    raised, catalogue = {str(each) for each in _refused_with()}, _catalogue()
    assert sorted(ALONE.keys() - catalogue.keys()) == []
    return {
        f"{name} ({language})": text
        for name, said in catalogue.items()
        if name not in ALONE and (name in raised or PROBLEM.fullmatch(name.partition(".")[2]))
        for language, text in said.items()
    }


def test_an_error_ends_without_a_full_stop_and_names_its_field_in_the_sentence():
    problems = _problems()
    assert len(problems) > 1500
    stopped = [name for name, text in problems.items() if text.rstrip().endswith((".", "!"))]
    listed = [name for name, text in problems.items() if re.search(r": \{label\}$", text)]
    assert stopped == [] and listed == []
