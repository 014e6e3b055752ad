"""Who is of a governing body. Pure: asks the person's place at the school alone."""

from guildhall.people.membership.models import SchoolPlace

Kind = SchoolPlace.Kind
BODY = frozenset({Kind.CHAIR, Kind.GOVERNOR, Kind.CLERK})
KEEPERS = frozenset({Kind.CHAIR, Kind.CLERK})


def governs(place: SchoolPlace) -> bool:
    """Whether the person is the chair, a governor or the clerk of their school's governing body."""
    return place.kind in BODY


def keeps_papers(place: SchoolPlace) -> bool:
    """Whether the person publishes, replaces and withdraws papers: the clerk and the chair."""
    return place.kind in KEEPERS


def lets_heads_in(place: SchoolPlace) -> bool:
    """Whether the person decides if a headteacher reads the papers: the clerk alone."""
    return place.kind == Kind.CLERK
