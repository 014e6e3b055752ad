"""Labelled sets of invented children: what their truth says about matching."""

import pytest
from scripts.measure.labelled import GROUPS, labelled
from scripts.measure.linkage import decide, missed_by_group

from guildhall.records.linkage.files.evaluation import machine_links
from guildhall.records.linkage.files.pairing import compare_files
from guildhall.records.linkage.files.reading import Row
from guildhall.records.linkage.model import first_model


@pytest.fixture(scope="module")
def cases():
    return labelled(2_400)


@pytest.fixture(scope="module")
def decided(cases):
    return list(decide(cases))


def test_the_sets_are_the_same_on_every_run_and_have_every_group_and_trap(cases):
    assert labelled(200, seed=4) == labelled(200, seed=4) != labelled(200, seed=5)
    assert {mention.group for mention in cases.mentions} == set(GROUPS)
    assert {mention.trap for mention in cases.mentions} == {"", "twin", "near twin", "sibling", "namesake"}
    assert any(mention.true is None for mention in cases.mentions)


@pytest.mark.heavy
@pytest.mark.req("GH-013")
def test_no_twin_sibling_or_namesake_is_linked_by_machine(decided):
    assert [each for each in decided if each.by_machine and each.best != each.mention.true] == []
    assert sum(each.by_machine for each in decided) > 400


def test_a_child_without_a_record_is_never_taken_for_their_twin_by_machine(decided):
    lone = [each for each in decided if each.mention.true is None]
    assert len(lone) > 30
    assert not any(each.by_machine for each in lone)


@pytest.mark.req("GH-014", "GH-018")
def test_no_group_of_names_is_missed_more_than_another(decided):
    rates = missed_by_group(decided)
    assert max(rates.values()) - min(rates.values()) <= 0.02, rates
    assert max(rates.values()) < 0.03, rates


@pytest.mark.req("GH-012", "GH-018")
def test_what_the_portal_links_by_itself_an_evaluation_counts_as_linked_without_a_person():
    cases = labelled(400)
    written = [Row(line, str(line), mention.who) for line, mention in enumerate(cases.mentions)]
    register = [Row(line, str(line), who) for line, who in enumerate(cases.register)]
    compared = compare_files(written, register, start=first_model(), fitted=False)
    evaluated = {(pair.left, pair.right) for pair in machine_links(compared.pairs, one_file=False)}
    live = {(place, each.best) for place, each in enumerate(decide(cases)) if each.by_machine}
    assert len(live) > 100
    assert live <= evaluated
