"""Makes every apostrophe in Welsh words the curly one, as a house test demands.

python -m scripts.apostrophes
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from scripts.setup import ROOT

SOURCE = ROOT / "src" / "guildhall"
# Between letters, or where a filled-in word meets a Welsh one: {portal}'n. YAML doubles it in its own quotes.
STRAIGHT = re.compile(r"(?<=[\w}”)*])''?(?=\w)")


def mended(written: str) -> str:
    """A YAML file with curly apostrophes in everything that is Welsh ("cy")."""
    for start, end in sorted(_welsh(yaml.compose(written, Loader=yaml.CSafeLoader)), reverse=True):
        written = written[:start] + STRAIGHT.sub("’", written[start:end]) + written[end:]
    return written


def _welsh(node: yaml.Node | None) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "cy" and isinstance(value, yaml.ScalarNode):
                yield value.start_mark.index, value.end_mark.index
            else:
                yield from _welsh(value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _welsh(each)


def main(folders: list[Path]) -> None:
    for path in sorted(path for folder in folders for path in folder.rglob("*.yaml")):
        written = path.read_text(encoding="utf-8")
        if (better := mended(written)) != written:
            path.write_text(better, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main([Path(each).resolve() for each in sys.argv[1:]] or [SOURCE])
