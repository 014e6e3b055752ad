"""Invented children of every group of names, with what others wrote of them: sets whose truth is known.

Each mention is one child of the register, written as people really do: the ways of its group (GH-014), and
the slips that anybody makes. The register also holds twins, siblings and children of the same name.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from guildhall.demonstration.people import names
from guildhall.records.children.folding import fold, words
from guildhall.records.children.identity import Identity
from guildhall.records.linkage.names import forms_of

GROUPS = ("english", "welsh", "south_asian", "polish", "arabic", "hyphenated", "apostrophe", "nickname")
TODAY = date(2026, 6, 1)
_APOSTROPHES = ("O'Brien", "O'Connor", "D'Souza", "O’Neill", "M’Bala", "N'Diaye", "O'Reilly", "D’Angelo")
# Names of twins that are nearly alike, each of a different child.
_NEAR_NAMES = {
    "female": "mia maya,ella bella,aisha alisha,maja kaja,isla ayla,amelia emilia,lily tilly,hana hania,"
    "cara zara,lara sara,alina elina,amina amira,priya riya,bethan betsan,mair mari,lena nena,ava eva",
    "male": "jan jon,aaron arron,jayden kayden,marek jarek,owen ewan,ali adil,ryan rayan,jagdeep hardeep,"
    "arjun arun,rohan rohit,taylor tyler,idris idwal,harri harry,amir samir,liam kian,joel noel",
}
_PLACES = ("CF", "SA", "GU", "LS", "M", "NP", "LL", "BS", "SY", "RH")


@dataclass(frozen=True)
class Mention:
    """A child as somebody wrote them. ``true`` is the place of the record in the register.

    ``trap``: what else is in the register, or is missing there, to be mistaken for: twin, near twin (with
    nearly the same forename), sibling, namesake, or "" for nothing. A mention with ``true`` None is of a
    child who has no record; their twin may have.
    """

    who: Identity
    true: int | None
    group: str
    trap: str = ""


@dataclass(frozen=True)
class Labelled:
    """The authority's records and what was written, with the truth between them."""

    register: list[Identity]
    mentions: list[Mention]


def labelled(count: int, *, seed: int = 1) -> Labelled:
    """A register of about 1.4 times ``count`` children, and ``count`` mentions."""
    chance = Random(seed)
    register: list[Identity] = []
    mentions: list[Mention] = []
    for number in range(count):
        group = GROUPS[number % len(GROUPS)]
        child = _child(chance, group)
        trap, only = chance.choices(*_TRAPS_SET)[0]
        if trap == "near twin":
            child = replace(child, forename=chance.choice(sorted(_NEAR[child.gender])))
        written = _written(chance, child, group)
        mentions.append(Mention(written, None if only else len(register), group, trap))
        if not only:
            register.append(child)
        if trap:
            register.append(_TRAPS[trap](chance, child, group))
    return Labelled(register, mentions)


def _child(chance: Random, group: str) -> Identity:
    boy = chance.random() < 0.5
    listed = group if group in ("welsh", "south_asian", "polish", "arabic") else "english"
    forenames = names()[f"{listed}_{'boys' if boy else 'girls'}"]
    if group == "nickname":
        forenames = [name for name in forenames if forms_of(fold(name))] or forenames
    surname = chance.choice(names()[f"{listed}_surnames"])
    if group == "hyphenated":
        surname += "-" + chance.choice(names()["english_surnames"])
    if group == "apostrophe":
        surname = chance.choice(_APOSTROPHES)
    midname = chance.choice(forenames) if chance.random() < 0.4 else ""
    return Identity(
        forename=chance.choice(forenames),
        midname=midname,
        surname=surname,
        born_on=TODAY - timedelta(days=chance.randint(400, 18 * 365)),
        gender="male" if boy else "female",
        **_home(chance),
        upn=_upn(chance) if chance.random() < 0.8 else "",
    )


def _home(chance: Random) -> dict[str, object]:
    line = f"{chance.randint(1, 120)} {chance.choice(names()['streets'])}"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    postcode = (
        f"{chance.choice(_PLACES)}{chance.randint(1, 39)} "
        f"{chance.randint(1, 9)}{chance.choice(letters)}{chance.choice(letters)}"
    )
    return {"address_lines": (line, chance.choice(names()["towns"])), "postcode": postcode}


def _upn(chance: Random) -> str:
    return chance.choice("ABCDEFGHJKLMNPQRTUVWXYZ") + "".join(chance.choice("0123456789") for _ in range(12))


def _another_forename(chance: Random, child: Identity, group: str) -> str:
    while (other := _child(chance, group).forename) == child.forename or fold(other) in forms_of(
        fold(child.forename)
    ):
        continue
    return other


def _twin(chance: Random, child: Identity, group: str) -> Identity:
    return replace(
        child,
        forename=_another_forename(chance, child, group),
        midname="",
        upn=_upn(chance) if child.upn else "",
    )


def _sibling(chance: Random, child: Identity, group: str) -> Identity:
    assert child.born_on is not None
    return replace(
        _twin(chance, child, group), born_on=child.born_on + timedelta(days=chance.randint(330, 1500))
    )


def _namesake(chance: Random, child: Identity, _group: str) -> Identity:
    assert child.born_on is not None
    near = child.born_on + timedelta(days=chance.choice((-1, 1)) * chance.randint(20, 900))
    return replace(child, born_on=near, midname="", upn=_upn(chance), **_home(chance))


def _near_twin(chance: Random, child: Identity, group: str) -> Identity:
    return replace(_twin(chance, child, group), forename=_NEAR[child.gender][child.forename])


_TRAPS = {"twin": _twin, "near twin": _near_twin, "sibling": _sibling, "namesake": _namesake}
# What trap, whether the child has no record beside it, and how often in a hundred.
_TRAPS_SET = (
    (
        *(("", False), ("twin", False), ("near twin", False), ("sibling", False), ("namesake", False)),
        *(("twin", True), ("near twin", True)),
    ),
    (67, 8, 5, 8, 6, 4, 2),
)


def _each_way(pairs: str) -> dict[str, str]:
    """“mia maya,ella bella”: the one for the other, and the other for the one."""
    split = [pair.title().split() for pair in pairs.split(",")]
    return {one: other for pair in split for one, other in (pair, pair[::-1])}


_NEAR = {gender: _each_way(pairs) for gender, pairs in _NEAR_NAMES.items()}


def _written(chance: Random, child: Identity, group: str) -> Identity:
    """``child`` as somebody writes them: the ways of the group as a rule, and a slip now and then."""
    if chance.random() < 0.75:
        child = chance.choice(_WAYS[group])(chance, child)
    return slipped(chance, child)


def slipped(chance: Random, child: Identity) -> Identity:
    """``child`` with the slips that anybody makes now and then."""
    for slip, often in _SLIPS:
        if chance.random() < often:
            child = slip(chance, child)
    return child


Way = Callable[[Random, Identity], Identity]


def _plain_letters(_chance: Random, who: Identity) -> Identity:
    return replace(who, forename=fold(who.forename).title(), surname=fold(who.surname).title())


def _other_form(chance: Random, who: Identity) -> Identity:
    forms = sorted(forms_of(fold(who.forename)))
    return replace(who, forename=chance.choice(forms).title()) if forms else who


def _swapped(_chance: Random, who: Identity) -> Identity:
    return replace(who, forename=who.surname, surname=who.forename)


def _without_particle(_chance: Random, who: Identity) -> Identity:
    kept = [word for word in words(who.surname) if word not in {"ap", "ab", "al", "el", "abd"}]
    return replace(who, surname=" ".join(kept).title() or who.surname)


def _other_ending(_chance: Random, who: Identity) -> Identity:
    for one, other in (("ski", "ska"), ("ska", "ski"), ("cki", "cka")):
        if who.surname.endswith(one):
            return replace(who, surname=who.surname.removesuffix(one) + other)
    return who


def _one_part(chance: Random, who: Identity) -> Identity:
    return replace(who, surname=chance.choice(who.surname.split("-")))


def _parts_turned(_chance: Random, who: Identity) -> Identity:
    first, _, last = who.surname.partition("-")
    return replace(who, surname=f"{last} {first}" if last else first)


def _apostrophe(chance: Random, who: Identity) -> Identity:
    mark = chance.choice(("", " ", "’", "`", "ʼ"))
    return replace(who, surname=who.surname.replace("'", mark).replace("’", mark))


def _weak_name_first(_chance: Random, who: Identity) -> Identity:
    weak = "Mohammed" if who.gender == "male" else "Begum"
    return replace(who, forename=f"{weak} {who.forename}")


def _by_midname(_chance: Random, who: Identity) -> Identity:
    return replace(who, forename=who.midname, midname="") if who.midname else who


def _changed_surname(chance: Random, who: Identity) -> Identity:
    return replace(who, surname=chance.choice(names()["english_surnames"]), former_surname=who.surname)


_WAYS: dict[str, tuple[Way, ...]] = {
    "english": (_by_midname, _changed_surname, _plain_letters),
    "welsh": (_plain_letters, _other_form, _without_particle),
    "south_asian": (_other_form, _swapped, _weak_name_first),
    "polish": (_plain_letters, _other_ending, _other_form),
    "arabic": (_without_particle, _other_form, _swapped),
    "hyphenated": (_one_part, _parts_turned, _plain_letters),
    "apostrophe": (_apostrophe, _plain_letters),
    "nickname": (_other_form,),
}


def _no_upn(_chance: Random, who: Identity) -> Identity:
    return replace(who, upn="")


def _day_and_month_turned(_chance: Random, who: Identity) -> Identity:
    if who.born_on is None or who.born_on.day > 12:
        return who
    return replace(who, born_on=who.born_on.replace(month=who.born_on.day, day=who.born_on.month))


def _wrong_digit(chance: Random, who: Identity) -> Identity:
    assert who.born_on is not None
    return replace(who, born_on=who.born_on.replace(day=chance.randint(1, 28)))


def _part_of_postcode(_chance: Random, who: Identity) -> Identity:
    return replace(who, postcode=who.postcode.split()[0])


def _moved(chance: Random, who: Identity) -> Identity:
    return replace(who, **_home(chance))


def _mistyped_surname(chance: Random, who: Identity) -> Identity:
    return replace(who, surname=mistype(chance, who.surname))


def _mistyped_forename(chance: Random, who: Identity) -> Identity:
    wrong = mistype(chance, who.forename)
    # A slip that makes the very name of the twin is beyond anybody's telling.
    return (
        who if wrong.title() == _NEAR.get(who.gender, {}).get(who.forename) else replace(who, forename=wrong)
    )


def _initial(_chance: Random, who: Identity) -> Identity:
    return replace(who, forename=who.forename[:1])


def _no_forename(_chance: Random, who: Identity) -> Identity:
    return replace(who, forename="")


def mistype(chance: Random, word: str) -> str:
    """``word`` with a letter lost, one too many, another one, or two turned; its first letter stays."""
    if len(word) < 3:
        return word
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


_SLIPS: tuple[tuple[Way, float], ...] = (
    (_no_upn, 0.85),
    (_day_and_month_turned, 0.03),
    (_wrong_digit, 0.02),
    (_part_of_postcode, 0.05),
    (_moved, 0.06),
    (_mistyped_surname, 0.05),
    (_mistyped_forename, 0.05),
    (_initial, 0.01),
    (_no_forename, 0.01),
)
