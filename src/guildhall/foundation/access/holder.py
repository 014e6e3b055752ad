"""Who is asking."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .permissions import SERVICES, Permission, Powers, powers_of


@dataclass(frozen=True)
class Holder:
    """The person behind a request, with everything that doors and queries need to know of them.

    ``user_id`` is None for somebody not signed in. ``verified`` is true when this session passed the
    second step. ``teams`` are the keys of the council teams the person works in. ``powers`` is what the
    authority lets these roles do; None means as they are supplied. ``held_until`` is when this session, that
    only email opened after the account was recovered, may see records. ``schools`` are those the person works
    at; of these, they keep the users of the ``administered`` and supervise the ``supervised``. ``carried``
    are their places there, by school, on a page that only reads, so that nothing is asked twice.
    """

    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    verified: bool = False
    held_until: datetime | None = None
    schools: frozenset[int] = frozenset()
    administered: frozenset[int] = frozenset()
    supervised: frozenset[int] = frozenset()
    powers: Powers | None = None
    carried: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.powers is None:
            object.__setattr__(self, "powers", powers_of(self.roles))

    @property
    def permissions(self) -> frozenset[Permission]:
        assert self.powers is not None
        return self.powers.permissions

    @property
    def doors(self) -> frozenset[str]:
        assert self.powers is not None
        return self.powers.doors

    @property
    def sees_records(self) -> bool:
        """Whether this session passed the second step, and not by email alone after a recovery."""
        return self.verified and self.held_until is None

    @property
    def services(self) -> frozenset[str]:
        """Those of the person's teams whose forms they may open."""
        return frozenset(team for team in self.teams if team not in SERVICES or self.may(SERVICES[team]))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


NOBODY = Holder()
