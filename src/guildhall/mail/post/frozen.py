"""What the database refuses to change. Deleting stays possible, for retention."""

from guildhall.foundation.kit.frozen import Frozen

KEPT = Frozen(
    ("post_correction", "post_forward", "post_redirect", "post_chase"),
    ("update",),
    "what was done with post is kept",
)
