"""What is wrong with a form, being built or filled in, is said in one way: no full stop, and what to do."""

import re

import yaml

from .source import SOURCE

ROOMS = (
    *("paperwork/forms", "paperwork/submissions", "doors/building", "doors/filling", "doors/families"),
    *("work/keying", "work/many", "work/intake", "people/families", "foundation/files", "foundation/loading"),
)
GENERAL = "Form_Error_"
"""What any page says where the room that asks has no words of its own."""
PROBLEM = re.compile(rf"(\w+_)?Error_\w+|Problem_\w+|{GENERAL}\w+")


def _problems() -> dict[str, str]:
    """Every error message that a form can show, by name and language."""
    found = {}
    for room in (*ROOMS, "foundation/texts"):
        for path in (SOURCE / room / "texts").glob("*.yaml"):
            words = yaml.safe_load(path.read_text(encoding="utf-8"))
            named = {name: said for name, said in words.items() if PROBLEM.fullmatch(str(name))}
            if room == "foundation/texts":
                named = {name: said for name, said in named.items() if name.startswith(GENERAL)}
            found |= {
                f"{room}: {name} ({language})": text
                for name, said in named.items()
                for language, text in said.items()
            }
    return found


def test_an_error_ends_without_a_full_stop_and_names_its_field_in_the_sentence():
    problems = _problems()
    assert len(problems) > 300
    stopped = [name for name, text in problems.items() if text.rstrip().endswith((".", "!"))]
    listed = [name for name, text in problems.items() if re.search(r": \{label\}$", text)]
    assert stopped == [] and listed == []
