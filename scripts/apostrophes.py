"""Makes every apostrophe in Welsh words the curly one, and in the forms' English, as a house test demands.

python -m scripts.apostrophes
"""

import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from scripts.setup import ROOT

SOURCE = ROOT / "src" / "guildhall"
FORMS = SOURCE / "paperwork" / "forms" / "library"
# Between letters, where a filled-in word meets a Welsh one ({portal}'n), or after an English plural
# (parents' views). YAML doubles it in its own quotes.
STRAIGHT = re.compile(r"(?<=[\w}”)*])''?(?=\w)|(?<=s)''?(?=\s\w)")


def mended(written: str, languages: Collection[str] = ("cy",)) -> str:
    """A YAML file with curly apostrophes in everything that is in one of ``languages``."""
    for start, end in sorted(_said(yaml.compose(written, Loader=yaml.CSafeLoader), languages), reverse=True):
        written = written[:start] + STRAIGHT.sub("’", written[start:end]) + written[end:]
    return written


def curly_in(path: Path) -> tuple[str, ...]:
    """The languages whose apostrophes are the curly ones in ``path``."""
    return ("cy", "en") if path.parent == FORMS else ("cy",)


def _said(node: yaml.Node | None, languages: Collection[str]) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in languages and isinstance(value, yaml.ScalarNode):
                yield value.start_mark.index, value.end_mark.index
            else:
                yield from _said(value, languages)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _said(each, languages)


def main(folders: list[Path]) -> None:
    for path in sorted(path for folder in folders for path in folder.rglob("*.yaml")):
        written = path.read_text(encoding="utf-8")
        if (better := mended(written, curly_in(path))) != written:
            path.write_text(better, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main([Path(each).resolve() for each in sys.argv[1:]] or [SOURCE])
