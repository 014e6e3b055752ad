"""Where every model of the house stands toward people. A model without a place here fails the tests.

A place says by which lookups a row is about an account (``user``) or a child (``child``), or that its rows
are about nobody. Whoever merely did something to a row is found without being named here: every other
foreign key to an account is followed too (see ``gathering``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from guildhall.paperwork.submissions.models import Submission

from .subject import Subject

Finder = Callable[[Subject], Q]
NONE = Q(pk__in=[])


@dataclass(frozen=True)
class Place:
    """How rows of ``model`` are found and shown.

    ``find``: for what a lookup cannot say. ``others``: fields whose values may be about somebody else, in
    any pack; ``others_to_user`` and ``others_to_child`` only in a pack of that kind. ``hidden``: field → why
    its value is given to nobody. ``nobody``: why no row is about a person; then the rest is empty.
    """

    model: str
    user: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    find: Finder | None = None
    others: tuple[str, ...] = ()
    others_to_user: tuple[str, ...] = ()
    others_to_child: tuple[str, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    nobody: str = ""


def _secret(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "It lets somebody in.") for name in names)


def _nobody(why: str, *models: str) -> tuple[Place, ...]:
    return tuple(Place(model, nobody=why) for model in models)


def _by_reference(subject: Subject) -> Q:
    return Q(submission__reference__in=subject.references)


def _submissions(subject: Subject) -> Q:
    return Q(reference__in=subject.references)


def _keyed(subject: Subject) -> Q:
    """Those that were entered of the child, or under the address of the account."""
    sent = Submission.objects.filter(reference__in=subject.references).values("key")
    named = Q(email=subject.email) if subject.email else NONE
    return Q(key__in=sent) | named


def _drafts(subject: Subject) -> Q:
    return Q(family_child__in=subject.family_children) | Q(corrects__reference__in=subject.references)


def _family_children(subject: Subject) -> Q:
    return Q(pk__in=subject.family_children)


def _messages(subject: Subject) -> Q:
    return Q(about__in=subject.references) & ~Q(about="") if subject.kind == "child" else NONE


def _recalls(subject: Subject) -> Q:
    return Q(message__about__in=subject.references) & ~Q(message__about="")


def _files(subject: Subject) -> Q:
    sent = Q(held_by_kind="submission", held_by_id__in=subject.submissions)
    return sent | Q(held_by_kind="message", held_by_id__in=subject.messages)


def _audit(subject: Subject) -> Q:
    if subject.kind == "child":
        return Q(child_id=subject.id)
    return Q(by_id=subject.id) | Q(about_kind="accounts.user", about_id=str(subject.id))


def _tasks(subject: Subject) -> Q:
    return Q(kind="email", payload__to=subject.email) if subject.email else NONE


def _guards(subject: Subject) -> Q:
    if subject.kind == "child":
        return NONE
    return Q(whose__in=[str(subject.id), f"user:{subject.id}", subject.email or "-"])


def _notified(subject: Subject) -> Q:
    return Q(email=subject.email) if subject.email else NONE


def _asked_for(subject: Subject) -> Q:
    return Q(details__email=subject.email) if subject.email else NONE


def _own_requests(subject: Subject) -> Q:
    return Q(subject_kind=subject.kind, subject_id=subject.id)


def _odd(subject: Subject) -> Q:
    return Q(child=subject.id) if subject.kind == "child" else Q(reader=subject.id)


def _opened(subject: Subject) -> Q:
    return Q(child=subject.id) if subject.kind == "child" else NONE


def _holds(subject: Subject) -> Q:
    return Q(kind=subject.kind, what=str(subject.id)) | Q(kind="case", what__in=subject.references)


_ALL: tuple[Place, ...] = (
    # People
    Place("accounts.User", user=("pk",), hidden=_secret("password", "secret_answer")),
    Place("accounts.Authenticator", user=("user",), hidden=_secret("secret")),
    Place("accounts.Passkey", user=("user",), hidden=_secret("credential", "handle", "public_key")),
    Place("accounts.RecoveryCode", user=("user",), hidden=_secret("digest")),
    Place("accounts.Device", user=("user",), hidden=_secret("key_digest")),
    Place("accounts.Identity", user=("user",)),
    Place("accounts.Proof", user=("user",), hidden=_secret("code_digest", "link_digest", "bound_to")),
    Place("accounts.Guard", find=_guards),
    Place("accounts.ConsentGiven", user=("user",)),
    Place("accounts.HeldPost", user=("user",), hidden=_secret("key_digest")),
    Place("accounts.BrowserSession", user=("user",), hidden=_secret("session_key", "session_data")),
    Place("consent.Withdrawal", user=("user",)),
    Place("consent.EmailPreference", user=("user",)),
    Place("consent.NotifiedAddress", find=_notified),
    Place("membership.Membership", user=("user",)),
    Place("membership.SchoolPlace", user=("user",)),
    Place("membership.SchoolChange", user=("user",)),
    Place("membership.Duty", user=("place__user",)),
    Place("membership.Keyfob", user=("place__user",)),
    Place("membership.NetworkAnswer", user=("by",)),
    Place("membership.UserImport", user=("by",), others=("rows",)),
    Place("responsibilities.Assignment", user=("place__user",)),
    Place("responsibilities.Change", user=("place__user",)),
    Place("responsibilities.ChangeRequest", user=("place__user",)),
    Place("responsibilities.Wish", user=("request__place__user",)),
    Place("responsibilities.SeenAlert", user=("user",)),
    Place("responsibilities.Proposal", user=("by",), others=("answer",)),
    Place("responsibilities.Opinion", user=("by",)),
    Place("membership.AccountRequest", user=("by",), find=_asked_for, others=("details",)),
    Place("invitations.Invitation", user=("user",), hidden=_secret("link_digest")),
    Place("families.FamilyChild", user=("added_by",), find=_family_children),
    Place("schoolsite.Feedback", user=("by",), others=("words",)),
    Place("schoolsite.ServiceRequest", find=_notified, others=("words",)),
    # Records
    Place("children.Child", child=("pk",)),
    Place("children.AlsoKey", child=("child",)),
    Place("children.Restriction", child=("child",)),
    Place(
        "linkage.Mention",
        user=("said_by",),
        child=("child",),
        others=("reasons",),
        others_to_user=("identity", "name", "born_on"),
    ),
    Place(
        "linkage.Decision",
        user=("mention__said_by",),
        child=("child", "mention__child"),
        others=("choices", "before", "after", "explanation"),
    ),
    Place(
        "linkage.Opinion",
        child=("child", "mention__child"),
        others=("question", "answer"),
    ),
    Place("linkage.Merge", child=("kept", "gone"), others=("choices", "before", "after")),
    Place("linkage.SecondLook", child=("child", "decision__child")),
    Place(
        "linkage.BatchPair",
        child=("child", "left_child"),
        others=("left", "right"),
    ),
    # What a file says of somebody may be of another child: whoever looks decides.
    Place("linkage.BatchRow", child=("left_pairs__child",), others=("identity", "own_id")),
    *_nobody("Weights and files that were compared, without anybody's details.", "linkage.TrainedModel"),
    *_nobody(
        "Which weights are in use, and when some were learnt.", "linkage.Activation", "linkage.TrainingRun"
    ),
    *_nobody("Names of files and how many of their rows were used.", "linkage.BatchRun"),
    Place("chronology.Entry", user=("mention__said_by",), child=("mention__child",), others=("detail",)),
    # Paperwork
    Place(
        "submissions.Draft",
        user=("owner",),
        find=_drafts,
        others_to_child=("answers",),
        hidden=_secret("key"),
    ),
    Place("submissions.Presence", user=("user",)),
    Place(
        "submissions.Submission",
        user=("sender",),
        find=_submissions,
        others_to_child=("answers", "texts"),
        others_to_user=("answers", "subject"),
        hidden=_secret("key"),
    ),
    Place(
        "submissions.ReportableAnswer",
        user=("submission__sender",),
        find=_by_reference,
        others_to_user=("value",),
    ),
    Place(
        "schoolcases.SchoolCase",
        user=("raised_by",),
        find=_submissions,
        others_to_child=("reason",),
        others_to_user=("kept", "reason"),
        hidden=_secret("key"),
    ),
    Place("many.Batch", user=("by",), hidden=_secret("key")),
    Place("many.Row", find=_submissions, others_to_user=("answers", "name")),
    Place("keying.ChildForm", child=("child",), hidden=_secret("key")),
    Place(
        "keying.Keyed",
        user=("person",),
        find=_keyed,
        others_to_child=("told_by", "relation", "email"),
        hidden=_secret("key"),
    ),
    Place("files.Arriving", user=("owner",), hidden=_secret("storage_key")),
    Place(
        "files.StoredFile",
        user=("owner",),
        find=_files,
        others_to_child=("name", "content"),
        others_to_user=("content",),
        hidden=_secret("storage_key"),
    ),
    # Work
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
    Place("eligibility.Check", user=("submission__sender",), find=_by_reference),
    Place(
        "mail_messages.Message",
        user=("to", "from_user"),
        find=_messages,
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
        find=_recalls,
        others=("reason",),
        others_to_user=("subject", "body"),
        others_to_child=("subject", "body"),
    ),
    Place("privacy.Request", find=_own_requests),
    Place(
        "privacy.RightsRequest",
        user=("asked_by",),
        find=_own_requests,
        others=("asker",),
        others_to_child=("words", "done", "answer"),
    ),
    Place("privacy.OddReading", find=_odd, others=("note", "children"), others_to_child=("reader",)),
    Place("privacy.OpeningReason", user=("by",), find=_opened, others=("words",), others_to_child=("by",)),
    Place("privacy.Hold", find=_holds, others=("reason", "lift_reason")),
    # Foundation
    Place("audit.Entry", find=_audit, others=("by_name", "detail")),
    Place("outbox.Task", find=_tasks, hidden=(("payload", "It may hold a link that lets somebody in."),)),
    # About nobody. Whoever changed such a row is told of it as of an act.
    *_nobody(
        "What the authority set up; who changed it is told as an act.",
        "authority.Setting",
        "authority.SettingChange",
        "authority.Secret",
        "authority.Picture",
        "texts.Override",
        "texts.Change",
        "accounts.Provider",
        "groups.Change",
        "consent.Question",
        "consent.Scheduled",
        "mail_messages.MessageTemplate",
        "forms.FormVersion",
        "forms.QuestionRevision",
        "forms.WorkingForm",
        "forms.Publication",
        "privacy.RetentionClass",
        "privacy.RetentionChange",
        "privacy.Run",
    ),
    *_nobody("What happened to the information of many people, in the authority's words.", "privacy.Breach"),
    *_nobody(
        "What the authority offers, in words for everybody.",
        "accounts.ConsentStatement",
        "organisations.Establishment",
        "organisations.Team",
        "groups.Group",
        "groups.Grant",
        "membership.JobTitle",
        "responsibilities.Responsibility",
        "schoolsite.SiteEntry",
        "forms.Form",
        "forms.Question",
        "schoolcases.Limit",
    ),
    *_nobody(
        "Numbers by which the program works; no person is in it.",
        "authority.Stamp",
        "schoolcases.Sequence",
        "outbox.Heartbeat",
        "audit.Seal",
        "privacy.OddDay",
    ),
    *_nobody(
        "A copy or a list of what other models hold, by number only.",
        "privacy.Pack",
        "privacy.PackPart",
        "privacy.RunLine",
        "privacy.Deletion",
    ),
    *_nobody(
        "A table of the framework that this program leaves empty of people.",
        "auth.Permission",
        "auth.Group",
        "contenttypes.ContentType",
        "sessions.Session",
    ),
)
PLACES: dict[str, Place] = {place.model: place for place in _ALL}
