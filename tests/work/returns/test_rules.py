"""Each published rule: the smallest return that breaks it, and the same return put right, which does not."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from guildhall.demonstration.census_files import Plan, file_of, leaver, pupil, whole, xml
from guildhall.work.returns.census.checking import Job, check
from guildhall.work.returns.census.days import before, census_day, windows
from guildhall.work.returns.census.findings import Result
from guildhall.work.returns.census.packs import Pack, pack_for, years

from .rule_cases import CASES, Case

PACK = pack_for(2026)


def checked(
    content: bytes, term: str = "AUT", *, was: Mapping[str, int] | None = None, pack: Pack = PACK, **more: Any
) -> Result:
    last = census_day(*before(term, 2026))
    days = windows(term, 2026, census_day(term, 2026), last) | {"register_urn": "990001"}
    return check(io.BytesIO(content), Job(pack, term, days, was or {}), **more)


def file_for(case: Case, *, broken: bool) -> bytes:
    """The return of a case: 40 right pupils besides, so that no rule about shares is broken by one."""
    plan = Plan(term=case.term, school=dict(case.around) | dict(case.school if broken else {}))
    change = _both(case.base, case.pupil if broken else {})
    made = leaver if case.left else pupil
    tag = "PupilNoLongerOnRoll" if case.left else "PupilOnRoll"
    many = case.many if broken else 1
    own = (
        [xml(tag, made(plan, 47 if many == 1 else 47 + 0 * n, change)) for n in range(many)]
        if case.asks_pupil
        else []
    )
    if case.everybody:
        rest = [xml("PupilOnRoll", pupil(plan, n, case.everybody if broken else {})) for n in range(1, 41)]
    else:
        rest = [xml("PupilOnRoll", pupil(plan, n)) for n in range(1, 41)]
    on, gone = (rest, own) if case.left else (rest + own, [])
    content = "".join(file_of(plan, on, gone))
    if broken and case.day:
        content = content.replace(f"<ReferenceDate>{plan.census_day}", f"<ReferenceDate>{case.day}")
    if broken and case.no_school:
        content = content[: content.index("<School>")] + content[content.index("<Pupils>") :]
    return content.encode()


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Two changes to a pupil together."""
    made = dict(one)
    for name, new in other.items():
        old = made.get(name)
        made[name] = {**old, **new} if isinstance(old, Mapping) and isinstance(new, Mapping) else new
    return made


@pytest.mark.req("GH-037")
@pytest.mark.parametrize("number", sorted(CASES))
def test_a_rule_is_broken_by_the_return_that_breaks_it_and_by_no_other(number):
    case = CASES[number]
    wrong = checked(file_for(case, broken=True), case.term, was=case.was)
    right = checked(file_for(case, broken=False), case.term)
    assert wrong.broken[number] > 0
    assert right.broken[number] == 0
    [one, *_] = [found for found in wrong.findings if found.rule == number]
    assert one.item == PACK.rules[number].item
    assert (one.record > 0) == (PACK.rules[number].level == "pupil")


@pytest.mark.req("GH-037")
@pytest.mark.parametrize("term", ["AUT", "SPR", "SUM"])
def test_a_right_return_breaks_no_rule(term):
    assert checked(whole(Plan(term=term), 60), term).broken == {}


@pytest.mark.req("GH-037")
def test_every_rule_has_words_in_both_languages_that_say_what_to_do():
    for pack in (pack_for(2026), pack_for(2026, "workforce")):
        for rule in pack.rules.values():
            assert rule.en, rule.number
            assert rule.cy, rule.number
            assert not rule.en.endswith("."), rule.number
            assert bool(rule.breaks) != bool(rule.repeats), rule.number


@pytest.mark.req("GH-037")
def test_a_years_pack_inherits_from_the_one_before_and_says_what_changed():
    old, new = pack_for(2018), pack_for(2024)
    assert years("school") == [2018, 2020]
    assert set(old.rules) <= set(new.rules)
    assert new.from_before == set(old.rules)
    assert "FIXD" in old.codes["category"]
    assert "SUSP" in new.codes["category"]
    assert new.codes["ethnicity"] == old.codes["ethnicity"]


@pytest.mark.req("GH-036")
def test_a_finding_names_its_record_line_item_and_value():
    content = whole(Plan(), 20).replace(b"<Sex>F</Sex>", b"<Sex>X</Sex>", 1)
    [found] = checked(content).findings
    assert (found.rule, found.item, found.value) == ("1610", "Gender", "X")
    lines = content.decode().splitlines()
    assert lines[found.line - 1] == "<PupilOnRoll>"
    assert found.upn in "".join(lines[found.line : found.line + 5])
    assert date(2026, 10, 1) == census_day("AUT", 2026)
