"""Words made fit to print: nothing that a person typed may stop a document."""

import re
import unicodedata

from . import fonts

_LONGEST_WORD = 30
_BREAK = "\u200b"
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")
# The composer carries a font of its own for these letters of Arabic, Persian and Urdu.
_ARABIC = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژکگی٠١٢٣٤٥٦٧٨٩،؛؟")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(words: str) -> str:
    """``words`` with every character shown: as itself, else as its name or number in brackets.

    Control characters, direction marks and variation selectors go; lines stay. Long words may break.
    """
    words = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    return _LONG_WORD.sub(rf"\g<0>{_BREAK}", "".join(_shown(letter) for letter in words))


def _shown(letter: str) -> str:
    if letter in "\n ":
        return letter
    kind = unicodedata.category(letter)
    if kind in _UNSEEN or _is_selector(letter):
        return " " if letter in "\t\u2028\u2029" else ""
    if ord(letter) in fonts.covered() or letter in _ARABIC:
        return letter
    if kind.startswith("S"):
        return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"
    return f"[U+{ord(letter):04X}]"


def _is_selector(letter: str) -> bool:
    return 0xFE00 <= ord(letter) <= 0xFE0F or 0xE0100 <= ord(letter) <= 0xE01EF
