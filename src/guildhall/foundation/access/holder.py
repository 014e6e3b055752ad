"""Who is asking."""

from dataclasses import dataclass, field

from .permissions import Permission, doors_of, permissions_of


@dataclass(frozen=True)
class Holder:
    """The person behind a request, with everything that doors and queries need to know of them.

    ``user_id`` is None for somebody not signed in. ``verified`` is true when this session passed the
    second step. ``teams`` are the keys of the council teams the person works in. ``schools`` are those the
    person works at; of these, they keep the users of the ``administered`` and supervise the ``supervised``.
    """

    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    verified: bool = False
    schools: frozenset[int] = frozenset()
    administered: frozenset[int] = frozenset()
    supervised: frozenset[int] = frozenset()
    permissions: frozenset[Permission] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "permissions", permissions_of(self.roles))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def doors(self) -> frozenset[str]:
        return doors_of(self.roles)


NOBODY = Holder()
