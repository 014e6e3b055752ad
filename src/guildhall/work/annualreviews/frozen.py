"""What the database refuses to change. Deleting stays possible, for retention."""

from guildhall.foundation.kit.frozen import Frozen

REPORTS = Frozen(("annualreviews_report",), ("update",), "reports of annual reviews are sealed")
