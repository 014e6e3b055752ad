"""Places of the foundation."""

from . import finders
from .place import Place, nobody

PLACES: tuple[Place, ...] = (
    Place("audit.Entry", find=finders.audit, others=("by_name", "detail"), names=(("by_name", "by_id"),)),
    Place(
        "outbox.Task", find=finders.tasks, hidden=(("payload", "It may hold a link that lets somebody in."),)
    ),
    *nobody("When an email left and whether it arrived, without its address or words.", "outbox.Delivery"),
)
