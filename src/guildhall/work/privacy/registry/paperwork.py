"""Places of the rooms of paperwork, and of what is built on forms."""

from . import finders
from .place import Place, secret

PLACES: tuple[Place, ...] = (
    Place(
        "submissions.Draft",
        user=("owner",),
        find=finders.drafts,
        others_to_child=("answers",),
        hidden=secret("key"),
    ),
    Place("submissions.Presence", user=("user",)),
    Place(
        "submissions.Submission",
        user=("sender",),
        find=finders.submissions,
        others_to_child=("answers", "texts"),
        others_to_user=("answers", "subject"),
        hidden=secret("key"),
    ),
    Place(
        "submissions.ReportableAnswer",
        user=("submission__sender",),
        find=finders.by_reference,
        others_to_user=("value",),
    ),
    Place(
        "schoolcases.SchoolCase",
        user=("raised_by",),
        find=finders.submissions,
        others_to_child=("reason",),
        others_to_user=("kept", "reason"),
        hidden=secret("key"),
    ),
    Place("many.Batch", user=("by",), hidden=secret("key")),
    Place("many.Row", find=finders.submissions, others_to_user=("answers", "name")),
    Place("keying.ChildForm", child=("child",), hidden=secret("key")),
    Place(
        "keying.Keyed",
        user=("person",),
        find=finders.keyed,
        others_to_child=("told_by", "relation", "email"),
        hidden=secret("key"),
    ),
    Place("files.Arriving", user=("owner",), hidden=secret("storage_key")),
    Place(
        "files.StoredFile",
        user=("owner",),
        find=finders.files,
        others_to_child=("name", "content"),
        others_to_user=("content",),
        hidden=secret("storage_key"),
    ),
)
