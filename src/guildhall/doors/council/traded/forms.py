"""What an officer types about a service."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from guildhall.doors.schools.long_forms import LongForm
from guildhall.foundation.files import kinds
from guildhall.foundation.kit.typed import one_line, paragraphs
from guildhall.foundation.texts.forms import DayField
from guildhall.foundation.texts.queries import say
from guildhall.work.traded import wording
from guildhall.work.traded.models import Service
from guildhall.work.traded.services import Told

LANGUAGES = ("en", "cy")
MOST = 8_000
WORDS = ("title", "summary", "words", "audience", "price")


def _line(most: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=most, required=required, widget=forms.TextInput())


class ServiceForm(LongForm):
    """A service; every word in both languages, side by side."""

    long: ClassVar[Mapping[str, int]] = {
        **dict.fromkeys(("service_summary_en", "service_summary_cy"), 300),
        **dict.fromkeys(("service_words_en", "service_words_cy"), MOST),
    }
    takes: ClassVar[Mapping[str, frozenset[str]]] = {"service_brochure": kinds.ALL}

    service_title_en = _line(120)
    service_title_cy = _line(120)
    service_category = forms.ChoiceField()
    service_summary_en = forms.CharField(max_length=300, widget=forms.Textarea())
    service_summary_cy = forms.CharField(max_length=300, widget=forms.Textarea())
    service_words_en = forms.CharField(max_length=MOST, widget=forms.Textarea())
    service_words_cy = forms.CharField(max_length=MOST, widget=forms.Textarea())
    service_audience_en = _line(200, required=False)
    service_audience_cy = _line(200, required=False)
    service_price_en = _line(200, required=False)
    service_price_cy = _line(200, required=False)
    service_team = forms.ChoiceField(required=False)
    service_contact = _line(120)
    service_email = forms.EmailField(max_length=254)
    service_phone = _line(30, required=False)
    service_first_on = DayField(required=False)
    service_last_on = DayField(required=False)
    service_brochure = forms.FileField(required=False, allow_empty_file=True)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["service_category"].choices = [("", ""), *wording.categories()]  # type: ignore[attr-defined]
        nobody = ("", say("schools.TradedCouncil_Team_None"))
        self.fields["service_team"].choices = [nobody, *wording.teams()]  # type: ignore[attr-defined]

    @property
    def told(self) -> Told:
        """What was said, ready to be kept."""
        said = self.cleaned_data
        return Told(
            category=said["service_category"],
            title=self._both("title"),
            summary=self._both("summary"),
            words=self._both("words"),
            audience=self._both("audience"),
            price=self._both("price"),
            team=said["service_team"] or None,
            contact=one_line(said["service_contact"]),
            email=one_line(said["service_email"]),
            phone=one_line(said["service_phone"]),
            first_on=said["service_first_on"],
            last_on=said["service_last_on"],
        )

    def _both(self, name: str) -> dict[str, str]:
        kept = paragraphs if name == "words" else one_line
        return {each: kept(self.cleaned_data[f"service_{name}_{each}"]) for each in LANGUAGES}


def said_of(service: Service) -> dict[str, Any]:
    """What a form about ``service`` starts with."""
    plain = ("category", "contact", "email", "phone", "first_on", "last_on")
    said = {f"service_{name}": getattr(service, name) for name in plain}
    return (
        {"service_team": service.team_id or ""}
        | said
        | {f"service_{name}_{each}": getattr(service, name)[each] for name in WORDS for each in LANGUAGES}
    )
