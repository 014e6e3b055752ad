"""What the schools' site shows: services, tasks, jobs, news and guides."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.schools.forms import word
from guildhall.doors.schools.screens import SCREENS, is_built
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import components, meanwhile
from guildhall.foundation.kit.components import Field
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.schoolsite import queries, services
from guildhall.people.schoolsite.models import SiteEntry

from .trail import crumbs

PAGE = require_http_methods(["GET", "HEAD", "POST"])
MOST_WORDS = 5000


class EntryForm(WordedForm):
    """One entry in both languages."""

    area = "schools"

    entry_kind = forms.ChoiceField()
    title_en = forms.CharField(max_length=120)
    title_cy = forms.CharField(max_length=120)
    words_en = forms.CharField(max_length=MOST_WORDS, required=False, widget=forms.Textarea())
    words_cy = forms.CharField(max_length=MOST_WORDS, required=False, widget=forms.Textarea())
    link = forms.URLField(max_length=300, required=False, assume_scheme="https", widget=forms.TextInput())
    position = forms.IntegerField(min_value=0, max_value=9999, widget=forms.TextInput(attrs={"width": 5}))
    shown_from = DayField(required=False)
    shown_until = DayField(required=False)
    screens = forms.MultipleChoiceField(required=False)
    video = forms.URLField(max_length=300, required=False, assume_scheme="https", widget=forms.TextInput())
    captioned = forms.BooleanField(required=False)
    transcript_en = forms.CharField(max_length=MOST_WORDS, required=False, widget=forms.Textarea())
    transcript_cy = forms.CharField(max_length=MOST_WORDS, required=False, widget=forms.Textarea())

    def __init__(self, data: QueryDict | None = None, *, entry: SiteEntry | None = None) -> None:
        super().__init__(data, initial=_initial(entry))
        kinds = [(kind, say(f"schools.Entry_{kind}")) for kind in SiteEntry.Kind.values]
        self.fields["entry_kind"].choices = kinds  # type: ignore[attr-defined]
        built = [(key, say(f"schools.Screen_{word(key)}")) for key in SCREENS if is_built(key)]
        self.fields["screens"].choices = built  # type: ignore[attr-defined]

    def clean(self) -> None:
        told = self.cleaned_data
        first, last = told.get("shown_from"), told.get("shown_until")
        if first and last and last < first:
            self.add_error("shown_until", ValidationError("", code="early"))

    def drawn(self) -> list[SafeString]:
        return [self._screens() if name == "screens" else self._drawn(name) for name in self.fields]

    def _drawn(self, name: str) -> SafeString:
        return self._box(name) if isinstance(self.fields[name].widget, forms.Textarea) else self.draw(name)

    def _screens(self) -> SafeString:
        field = Field("screens", self.label_of("screens"), tooltip=say("schools.Screens_Tooltip"))
        choices = self.fields["screens"].choices  # type: ignore[attr-defined]
        return components.checkboxes_field(field, options=choices, values=self["screens"].value() or ())

    def _box(self, name: str) -> SafeString:
        field = Field(
            name,
            self.label_of(name),
            tooltip=say(f"schools.{'EntryWords' if name.startswith('words') else 'Transcript'}_Tooltip"),
            problem=self.problems.get(name, "") if self.is_bound else "",
        )
        return components.textarea_field(field, value=self[name].value() or "", maxlength=MOST_WORDS)

    @property
    def details(self) -> dict[str, Any]:
        """The fields of a SiteEntry."""
        told = self.cleaned_data
        return {
            "kind": told["entry_kind"],
            "title": {"en": told["title_en"], "cy": told["title_cy"]},
            "words": {"en": told["words_en"], "cy": told["words_cy"]},
            "link": told["link"],
            "position": told["position"],
            "first_on": told["shown_from"],
            "last_on": told["shown_until"],
            "screens": told["screens"],
            "video": told["video"],
            "captioned": told["captioned"],
            "transcript": {"en": told["transcript_en"], "cy": told["transcript_cy"]},
        }


def _initial(entry: SiteEntry | None) -> dict[str, Any]:
    if entry is None:
        return {"position": 100, "entry_kind": SiteEntry.Kind.NEWS}
    return {
        "entry_kind": entry.kind,
        "title_en": entry.title["en"],
        "title_cy": entry.title["cy"],
        "words_en": entry.words.get("en", ""),
        "words_cy": entry.words.get("cy", ""),
        "link": entry.link,
        "position": entry.position,
        "shown_from": entry.first_on,
        "shown_until": entry.last_on,
        "screens": entry.screens,
        "video": entry.video,
        "captioned": entry.captioned,
        "transcript_en": entry.transcript.get("en", ""),
        "transcript_cy": entry.transcript.get("cy", ""),
    }


def _crumbs(heading: str) -> list[tuple[str, str]]:
    return crumbs((say("schools.Site_Heading"), reverse("administration:school-site")), (heading, ""))


@require_safe
@door(Permission.EDIT_TEXTS, verified=True)
def index(request: HttpRequest) -> HttpResponse:
    """Every entry by column, removed ones too, and what schools said about the site."""
    rows = [(one, say(f"schools.Entry_{one.kind}")) for one in queries.everything()]
    context = {
        "rows": rows,
        "feedback": queries.feedback()[:20],
        "breadcrumbs": crumbs((say("schools.Site_Heading"), "")),
    }
    return render(request, "administration/schools_site.html", context)


@PAGE
@door(Permission.EDIT_TEXTS, verified=True)
def new(request: HttpRequest) -> HttpResponse:
    """Add an entry."""
    form = EntryForm(request.POST if request.method == "POST" else None)
    if _kept(request, form, None):
        return redirect("administration:school-site")
    return _page(request, form, say("schools.Site_New"))


@PAGE
@door(Permission.EDIT_TEXTS, verified=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    entry = get_object_or_404(SiteEntry, pk=pk)
    form = EntryForm(request.POST if request.method == "POST" else None, entry=entry)
    if _kept(request, form, entry):
        return redirect("administration:school-site")
    return _page(request, form, say("schools.Site_Change"), entry)


def _kept(request: HttpRequest, form: EntryForm, entry: SiteEntry | None) -> bool:
    """Whether what was posted could be taken and is kept; else ``form`` says why not."""
    acting: dict[str, Any] = {"by": who(request), "now": timezone.now()}

    def keep() -> SiteEntry:
        if entry is None:
            return services.add_entry(form.details, **acting)
        seen = request.POST.get("seen", "")
        return services.change_entry(entry, details=form.details, seen=seen, **acting)

    if form.done(keep) is None:
        return False
    messages.success(request, say("schools.Site_Saved"))
    return True


def _page(
    request: HttpRequest, form: EntryForm, heading: str, entry: SiteEntry | None = None
) -> HttpResponse:
    problems = form.problems
    context = {
        "form": form,
        "entry": entry,
        "heading": heading,
        "problems": problems,
        "breadcrumbs": _crumbs(heading),
    }
    if entry:
        now = EntryForm(entry=entry)
        context |= meanwhile.beside(request, form.refusal, kept=entry.stamp, rows=now.begins_with())
    status = meanwhile.status_of(problems, form.refusal)
    return render(request, "administration/schools_entry.html", context, status=status)


@PAGE
@door(Permission.EDIT_TEXTS, verified=True)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry off the site after asking, or put it back."""
    entry = get_object_or_404(SiteEntry, pk=pk)
    if request.method == "POST":
        verb = services.put_back_entry if entry.removed_at else services.remove_entry
        verb(entry, by=who(request), now=timezone.now())
        messages.success(request, say("schools.Site_Saved"))
        return redirect("administration:school-site")
    context = {"entry": entry, "breadcrumbs": _crumbs(say("schools.Site_Remove"))}
    return render(request, "administration/schools_remove.html", context)
