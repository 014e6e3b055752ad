"""What is typed into a notice."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from guildhall.foundation.files import kinds
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField
from guildhall.people.membership.models import SchoolPlace
from guildhall.work.notices.models import Notice
from guildhall.work.notices.rules import USUAL
from guildhall.work.notices.services import Told

from ..long_forms import LongForm

LONGEST = 3_000
OF_KIND = {
    "notice_price": frozenset({Notice.Kind.SALE}),
    "notice_held_on": frozenset(Notice.HELD),
    "notice_held_time": frozenset(Notice.HELD),
    "notice_venue": frozenset(Notice.HELD),
}
"""Fields that only some kinds of notice have."""


class NoticeForm(LongForm):
    """A notice of one kind; ``has_picture`` offers to take the picture away."""

    long: ClassVar[Mapping[str, int]] = {"notice_words": LONGEST}
    takes: ClassVar[Mapping[str, frozenset[str]]] = {"notice_picture": kinds.PICTURES}

    notice_title = forms.CharField(max_length=120, widget=forms.TextInput())
    notice_words = forms.CharField(max_length=LONGEST, widget=forms.Textarea())
    notice_price = forms.CharField(max_length=60, widget=forms.TextInput())
    notice_held_on = DayField()
    notice_held_time = forms.CharField(max_length=60, required=False, widget=forms.TextInput())
    notice_venue = forms.CharField(max_length=200, widget=forms.TextInput())
    notice_picture = forms.FileField(required=False, allow_empty_file=True)
    notice_no_picture = forms.BooleanField(required=False)
    notice_contact = forms.CharField(max_length=120, widget=forms.TextInput())
    notice_email = forms.EmailField(required=False, max_length=254)
    notice_phone = forms.CharField(max_length=30, required=False, widget=forms.TextInput())
    notice_ends_on = DayField()

    def __init__(self, *given: Any, kind: str, has_picture: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, of in OF_KIND.items():
            if kind not in of:
                del self.fields[name]
        if not has_picture:
            del self.fields["notice_no_picture"]

    @property
    def told(self) -> Told:
        """What was said, ready to be kept."""
        said = self.cleaned_data
        return Told(
            title=one_line(said["notice_title"]),
            words=paragraphs(said["notice_words"]),
            contact=one_line(said["notice_contact"]),
            email=one_line(said["notice_email"]),
            phone=one_line(said["notice_phone"]),
            ends_on=said["notice_ends_on"],
            price=one_line(said.get("notice_price")),
            held_on=said.get("notice_held_on"),
            held_time=one_line(said.get("notice_held_time")),
            venue=one_line(said.get("notice_venue")),
            upload=said.get("notice_picture"),
            no_picture=bool(said.get("notice_no_picture")),
        )


def beginning(place: SchoolPlace, today: date) -> dict[str, Any]:
    """What the form of a new notice starts with."""
    return {
        "notice_contact": str(place),
        "notice_email": place.user.email,
        "notice_ends_on": today + USUAL,
    }


def said_of(notice: Notice, *, again: bool, today: date) -> dict[str, Any]:
    """What a form about ``notice`` starts with; one that is placed again ends 30 days from now."""
    names = ("title", "words", "price", "held_on", "held_time", "venue", "contact", "email", "phone")
    said = {f"notice_{name}": getattr(notice, name) for name in names}
    return said | {"notice_ends_on": today + USUAL if again else notice.ends_on}
