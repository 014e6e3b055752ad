"""A service that joins its caller's transaction."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guildhall.foundation.authority.models import Stamp
from guildhall.foundation.kit.joining import joined


@joined
def write_then(refuse: bool) -> None:
    Stamp.objects.create(name="joining", revision=1)
    if refuse:
        raise ValueError


@pytest.mark.django_db(transaction=True)
def test_alone_it_keeps_all_or_nothing():
    with pytest.raises(ValueError):
        write_then(refuse=True)
    assert not Stamp.objects.filter(name="joining").exists()
    write_then(refuse=False)
    assert Stamp.objects.filter(name="joining").exists()


@pytest.mark.django_db
def test_within_a_transaction_it_takes_no_savepoint_and_what_it_refuses_does_not_end_that_transaction():
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        with pytest.raises(ValueError):
            write_then(refuse=True)
        assert Stamp.objects.filter(name="joining").exists()
    savepoints = [each for each in asked.captured_queries if each["sql"].startswith("SAVEPOINT")]
    assert len(savepoints) <= 1  # the one of this test's own block
