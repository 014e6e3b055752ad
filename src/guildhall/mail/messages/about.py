"""What a message is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """``reference`` is shown to the reader and makes a conversation; ``kind`` and ``id`` name a row."""

    reference: str = ""
    kind: str = ""
    id: object = ""

    @property
    def columns(self) -> dict[str, str]:
        """The fields of a message that keep it."""
        return {"about": self.reference, "about_kind": self.kind, "about_id": str(self.id)}


NOTHING = About()
