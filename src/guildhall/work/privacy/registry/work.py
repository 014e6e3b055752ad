"""Places of the rooms of work and of mail."""

from . import finders
from .place import Place

PLACES: tuple[Place, ...] = (
    Place(
        "cases.Case",
        user=("submission__sender",),
        child=("mention__child",),
        others_to_child=("submitter_name",),
        others_to_user=("child_name", "child_born_on"),
    ),
    Place(
        "cases.CaseEvent",
        user=("case__submission__sender",),
        child=("case__mention__child",),
        others=("detail",),
    ),
    Place("meals.Pupil", child=("child",), find=finders.listed_for_meals),
    Place(
        "meals.Amendment",
        user=("asked_by",),
        find=finders.meals_amendments,
        others_to_user=("before", "details", "reason"),
    ),
    Place("meals.Loading", user=("by",), others=("rows",)),
    Place("eligibility.Check", user=("submission__sender",), find=finders.by_reference),
    Place(
        "mail_messages.Message",
        user=("to", "from_user"),
        find=finders.messages,
        others_to_child=("subject", "body"),
    ),
    Place("sharing.Involvement", child=("child",)),
    Place(
        "sharing.PortalUser",
        user=("user",),
        child=("involvement__child",),
        others_to_child=("user", "relation", "reason"),
        others_to_user=("reason",),
    ),
    Place(
        "sharing.Change",
        user=("portal_user__user",),
        child=("portal_user__involvement__child",),
        others_to_child=("email", "relation", "reason"),
        others_to_user=("reason",),
    ),
    Place(
        "sharing.SharedForm",
        user=("recipient__user",),
        child=("recipient__involvement__child",),
        others_to_child=("recipient",),
        hidden=(("digest", "A number that the program made of what the officer looked at."),),
    ),
    Place(
        "mail_messages.Recall",
        user=("message__to",),
        find=finders.recalls,
        others=("reason",),
        others_to_user=("subject", "body"),
        others_to_child=("subject", "body"),
    ),
    Place("post.Posting", user=("drafted_by",)),
    Place("post.Mark", user=("place__user",)),
    Place("post.Watermark", user=("place__user",), hidden=(("reach", "A number made of responsibilities."),)),
    Place("post.Redirect", user=("place__user", "by__user")),
    Place("post.Forward", user=("place__user",), others=("to",)),
    Place("post.ReturnedFile", user=("place__user",), others=("reason",)),
    Place("post.Done", user=("place__user",)),
    Place("post.Correction", user=("by",)),
    Place("post.Chase", user=("by",)),
    Place("schoolfolder.Access", user=("place__user",)),
    Place("schoolfolder.Document", user=("added_by",), others_to_user=("title", "about", "sought")),
    Place("privacy.Request", find=finders.own_requests),
    Place(
        "privacy.RightsRequest",
        user=("asked_by",),
        find=finders.own_requests,
        others=("asker",),
        others_to_child=("words", "done", "answer"),
    ),
    Place("privacy.OddReading", find=finders.odd, others=("note", "children"), others_to_child=("reader",)),
    Place(
        "privacy.OpeningReason", user=("by",), find=finders.opened, others=("words",), others_to_child=("by",)
    ),
    Place("privacy.Hold", find=finders.holds, others=("reason", "lift_reason")),
)
