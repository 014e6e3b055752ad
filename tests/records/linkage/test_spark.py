"""Spark finds what DuckDB finds. It needs requirements/spark.txt and Java; without them it is skipped."""

import importlib.util
import shutil
from collections import Counter
from dataclasses import replace

import pytest
from scripts.measure.labelled import labelled

from guildhall.records.linkage.bulk.comparing import FUNCTIONS
from guildhall.records.linkage.bulk.predicting import find_pairs
from guildhall.records.linkage.bulk.spark import functions
from guildhall.records.linkage.fitting import name_bits
from guildhall.records.linkage.model import first_model

HERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
CASES = labelled(120, seed=7)


def test_every_function_of_the_levels_is_made_for_spark_too():
    names = [name for name, *_ in functions()]
    assert {*FUNCTIONS, "list_without", "list_has_any"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.skipif(
    not HERE, reason="NOT TESTED: Spark. Install requirements/spark.txt and Java to compare it with DuckDB."
)
@pytest.mark.req("GH-017")
def test_spark_finds_the_same_pairs_with_the_same_weights_as_duckdb():
    mentions = [(str(place), mention.who) for place, mention in enumerate(CASES.mentions)]
    register = [(str(place), who) for place, who in enumerate(CASES.register)]
    bits = name_bits(Counter(ali=40, jones=30, kowalska=1))
    model = replace(first_model(), names={"surname": bits}, common_surnames=frozenset())
    for left, right in ((mentions, register), ([*register, ("again", register[0][1])], None)):
        found = [
            {frozenset((pair.left, pair.right)): pair.score for pair in pairs}
            for pairs in (
                find_pairs(left, right, model=model, engine=engine) for engine in ("duckdb", "spark")
            )
        ]
        assert len(found[0]) > 0
        assert set(found[0]) == set(found[1])
        for pair, score in found[0].items():
            assert found[1][pair].weight == pytest.approx(score.weight, abs=0.001)
            assert found[1][pair].vetoes == score.vetoes
