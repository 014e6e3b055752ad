"""What is known of names: short forms, spellings, and words that say little by themselves."""

import csv
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from guildhall.records.children.folding import key, words

_DATA = Path(__file__).parent / "data"

# In shorter names one letter is so much that its change is rarely a slip: Mia, Mya, Mi.
SHORTEST_SLIP = 4

# Shared by so many people of different families that one of them in common is no sign of the same name; in
# every spelling, as one that was left out would be taken for a name of its own.
WEAK = frozenset(
    {
        *(
            "singh",
            "kaur",
            "begum",
            "begam",
            "bibi",
            "khatun",
            "khatoon",
            "ali",
            "aly",
            "abdul",
            "abdel",
            "abd",
        ),
        *("mohammed", "muhammad", "mohamed", "mohammad", "muhammed", "mohamad", "mohamud", "muhamad"),
        *("mohd", "md", "syed", "sayed", "sayyid", "syeed", "syeda", "sayeda", "sayyida"),
    }
)
PARTICLES = frozenset(
    {
        "ap",
        "ab",
        "ferch",
        "verch",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ul",
        "ur",
        "da",
        "de",
        "di",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
    }
)


# Borne by many instead of the family's name, so that a child is written with the one or with the other.
INSTEAD_OF_SURNAME = frozenset({"singh", "kaur", "begum", "bibi", "khatun", "khanam", "khanum", "bano"})

# Written where nobody knew a name: one of these words, or these words together.
_UNKNOWN = frozenset({"unknown", "unnamed", "nameless", "anhysbys", "tbc", "tba"})
_NOT_GIVEN = frozenset(
    {
        *("not known", "not given", "not stated", "not recorded", "not named", "not yet named", "no name"),
        *("no surname", "none", "none given", "n a", "n k", "nk", "xxx", "ddim yn hysbys", "dim enw"),
        *("dim cyfenw", "heb enw", "heb ei enwi"),
    }
)
# Written where a child has no forename yet.
_NO_FORENAME_YET = _UNKNOWN | {
    *("baby", "babi", "newborn", "unborn", "infant", "baban", "child", "plentyn", "boy", "bachgen"),
    *("girl", "merch", "twin", "twins", "gefell", "efell", "gefeilliaid", "triplet", "triplets", "tripled"),
}
# How such a forename begins in a record's key, which is one word.
_BEGINS_AS_NONE = ("baby", "babi", "newborn", "unborn", "infant", "twin", "triplet", "un", "not", "anhysbys")

# The beginning of Arabic names such as Abd al-Rahman, as it is written in one word with what follows.
_SERVANT = ("abdul", "abdal", "abdel", "abdur", "abdi")

# Somali writes c for the sound that begins Ali and Omar, and long vowels twice.
_SOMALI_AYN = re.compile(r"c(?=[aeiou])")
_SOMALI_VOWELS = re.compile(r"([aeiou])\1")

# What is put behind a Gujarati forename for respect, and between the two names of a Bengali one.
_COURTESY = ("bhai", "ben", "ul")


def usual_surname(folded: str) -> str:
    """The one form by which a folded surname is held against others: Price is ap Rhys, Vaughan is Fychan."""
    return _surnames().get(folded, folded)


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> frozenset[str]:
    """Every short form and spelling of a folded word, without the word itself."""
    listed = _forms().get(word, frozenset())
    return listed | _servants(word) | _without_digraphs(word) | _of_somali(word) | _without_courtesy(word)


@lru_cache(maxsize=20_000)
def _servants(word: str) -> frozenset[str]:
    """Abdulrahman in every spelling of its beginning and of its end; nothing for other words."""
    ending = next((word.removeprefix(begins) for begins in _SERVANT if word.startswith(begins)), "")
    if len(ending) < 4:
        return frozenset()
    endings = {ending} | _forms().get(ending, frozenset())
    return frozenset(begins + each for begins in _SERVANT for each in endings) - {word}


@lru_cache(maxsize=20_000)
def _without_digraphs(word: str) -> frozenset[str]:
    """Jurgen for Juergen: a letter with a mark written as two. Samul for Samuel does no harm."""
    plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return frozenset() if plain == word else frozenset({plain})


@lru_cache(maxsize=20_000)
def _of_somali(word: str) -> frozenset[str]:
    """What a name in Somali letters is elsewhere: Cali is Ali, Xasan Hasan. Nothing for a word that no name
    comes of, or that is a name of its own (Carys)."""
    if word in known_forenames():
        return frozenset()
    spelt = _SOMALI_AYN.sub("", word.replace("x", "h"))
    plain = _SOMALI_VOWELS.sub(r"\1", spelt)
    if spelt == word or plain not in known_forenames():
        return frozenset()
    return _forms().get(plain, frozenset()) | {plain}


def _without_courtesy(word: str) -> frozenset[str]:
    """Priya for Priyaben, Rakib for Rakib-ul: without what is put behind a name, where a name is left."""
    ends = next((ends for ends in _COURTESY if word.endswith(ends)), "")
    left = word.removesuffix(ends)
    return (
        frozenset({left})
        if ends and len(left) >= SHORTEST_SLIP and left in known_forenames()
        else frozenset()
    )


def one_slip_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Is one of two forenames, in folded words, a given name and the other that name with one slip?

    A slip: a letter wrong, too many or left out, or two letters turned, not in the first place; in the name
    or in another form of it. Two given names are never one slip apart, as little as they may differ (Jan and
    Jon); nor are two words that no list has, which may be names of a language that the lists know too little
    of.
    """
    ones, others = _unshared(one, other), _unshared(other, one)
    if max(len(ones), len(others)) > 1:
        ones, others = one, other
    if _is_name(ones) == _is_name(others):
        return False
    name, slip = (ones, others) if _is_name(ones) else (others, ones)
    whole = "".join(name)
    return any(_is_slip("".join(slip), form) for form in forms_of(whole) | {whole})


def are_other_names(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are two forenames, in folded words, two names though the first word of each is a form of the other's?

    Where both go on, by what they go on with; where one does, if their beginning is a name that many
    brothers share.
    """
    rest, others = one[1:], other[1:]
    if rest and others:
        return not any(_are_alike(each, word) for each in rest for word in others)
    return bool(rest or others) and WEAK.issuperset((one[0], other[0]))


def _are_alike(one: str, other: str) -> bool:
    if 1 in {len(one), len(other)}:
        return one[0] == other[0]
    return one == other or other in forms_of(one) or OSA.distance(one, other, score_cutoff=1) == 1


@lru_cache(maxsize=20_000)
def forename_said(written: str) -> str:
    """``written``, or nothing where it only stands for a forename: “Baby”, “Twin 2”, “Not known”."""
    return "" if _says_nothing(words(written), _NO_FORENAME_YET) else written


@lru_cache(maxsize=20_000)
def surname_said(written: str) -> str:
    """``written``, or nothing where it only stands for a surname: “Unknown”."""
    return "" if _says_nothing(words(written), _UNKNOWN) else written


def may_be_no_forename(folded: str) -> bool:
    """Does a folded forename begin as one that only stands for a name? Roughly, from the key of a record."""
    return folded.startswith(_BEGINS_AS_NONE)


def is_stand_in(written: str) -> bool:
    """Is ``written`` no name that tells a child from a twin: none, an initial, or one with a number?"""
    found = words(written)
    return bool(found) and (
        len("".join(found)) == 1 or not forename_said(written) or any(sign.isdigit() for sign in written)
    )


def _says_nothing(found: tuple[str, ...], stand_ins: frozenset[str]) -> bool:
    return not stand_ins.isdisjoint(found) or " ".join(found) in _NOT_GIVEN


def _is_slip(word: str, name: str) -> bool:
    return (
        max(len(word), len(name)) >= SHORTEST_SLIP
        and word[:1] == name[:1]
        and OSA.distance(word, name, score_cutoff=1) == 1
    )


def _unshared(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in one if word not in other)


def _is_name(parts: tuple[str, ...]) -> bool:
    """Is it a known name as one word, or is each of its words one?"""
    return "".join(parts) in known_forenames() or all(word in known_forenames() for word in parts)


@cache
def known_forenames() -> frozenset[str]:
    """Every given name of the lists, folded, with the short forms."""
    found = set(_forms())
    for path in ("forenames.txt", "forenames_more.txt"):
        for line in (_DATA / path).read_text(encoding="utf-8").splitlines():
            found |= set(line.rpartition(":")[2].split())
    return frozenset(found)


@cache
def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (_DATA / "nicknames.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            _together(found, [row["name1"], row["name2"]])
    for line in (_DATA / "variants.txt").read_text(encoding="utf-8").splitlines():
        _together(found, line.split())
    for line in (_DATA / "short_forms.txt").read_text(encoding="utf-8").splitlines():
        name, *short = line.split()
        for each in short:
            _together(found, [name, each])
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _together(found: dict[str, set[str]], group: list[str]) -> None:
    folded = {key(name) for name in group}
    for word in folded:
        found[word] |= folded


@cache
def _surnames() -> dict[str, str]:
    """Every spelling in a line of the list → the first of the line."""
    lines = (_DATA / "surname_forms.txt").read_text(encoding="utf-8").splitlines()
    return {each: line.split()[0] for line in lines for each in line.split()}
