"""What is done with rows on their way in, whichever room they are for."""

from guildhall.foundation.loading.models import Loading
from guildhall.foundation.texts.catalogue import catalogue

DONE = ("read", "applied", "discarded")


def test_whatever_is_done_with_the_rows_of_any_room_has_words_in_the_audit():
    verbs = [f"{kind.event}_{done}" for kind in Loading.__subclasses__() for done in DONE]
    assert len(verbs) >= 12
    assert [v for v in verbs if f"administration.Audit_{v.replace('.', '_')}" not in catalogue()] == []
