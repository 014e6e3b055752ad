"""The person whom everything is gathered about."""

from dataclasses import dataclass
from functools import cached_property

from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.linkage.models import Mention
from guildhall.work.cases.models import Case


@dataclass(frozen=True)
class Subject:
    """An account (``kind`` "user") or the authority's record of a child ("child")."""

    kind: str
    id: int

    @cached_property
    def references(self) -> list[str]:
        """Of the forms that the person sent, or that were tied to the child."""
        if self.kind == "user":
            return list(Case.objects.filter(submission__sender=self.id).values_list("reference", flat=True))
        about = Case.objects.filter(mention__child=self.id).values_list("reference", flat=True)
        return list({*about, *self._written_by_officers})

    @cached_property
    def _written_by_officers(self) -> list[str]:
        """Of the forms that officers made in the child's chronology; no case stands for these."""
        forms = Mention.objects.filter(child=self.id, source_kind="submission")
        numbers = [int(one) for one in forms.values_list("source_id", flat=True)]
        return list(Submission.objects.filter(pk__in=numbers).values_list("reference", flat=True))

    @cached_property
    def submissions(self) -> list[str]:
        """Numbers of the submissions, corrections too, as other rows write them down."""
        sent = Submission.objects.filter(reference__in=self.references)
        return [str(pk) for pk in sent.values_list("pk", flat=True)]

    @cached_property
    def messages(self) -> list[str]:
        """Those of the conversations about these forms."""
        found = Message.objects.filter(about__in=self.references).values_list("pk", flat=True)
        return [str(pk) for pk in found]

    @cached_property
    def family_children(self) -> list[str]:
        """The children of families that turned out to be this child."""
        mentions = Mention.objects.filter(child=self.id, family_child__isnull=False)
        found = mentions.values_list("family_child", flat=True) if self.kind == "child" else []
        return [str(pk) for pk in found]

    @cached_property
    def email(self) -> str:
        found = User.objects.filter(pk=self.id).values_list("email", flat=True).first()
        return (found or "") if self.kind == "user" else ""

    @property
    def exists(self) -> bool:
        return (User if self.kind == "user" else Child)._default_manager.filter(pk=self.id).exists()
