"""Directories that people may sign in with: adding, changing, testing and removing them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile, beside, status_of
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import WordedForm
from guildhall.people.accounts import oidc, queries
from guildhall.people.accounts import services as accounts
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import Provider

from .trail import crumbs

OWN = door(Permission.EDIT_SETTINGS, verified=True)
DOORS = ("council", "schools")
LISTS = ("domains", "trusted_acr", "trusted_amr")


def _line(most: int, *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"spellcheck": False, "autocomplete": "off"})
    return forms.CharField(max_length=most, required=required, widget=widget)


class ProviderForm(WordedForm):
    """A directory; lists are typed with commas between."""

    area = "administration"
    provider_name_en = _line(80)
    provider_name_cy = _line(80)
    provider_door = forms.ChoiceField()
    provider_issuer = _line(300)
    provider_client_id = _line(200)
    provider_secret = forms.CharField(
        max_length=500, required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    provider_domains = _line(1000)
    provider_trusted_acr = _line(500, required=False)
    provider_trusted_amr = _line(500, required=False)
    provider_on = forms.BooleanField(required=False)

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, texts.say(f"shared.Door_{key.title()}")) for key in DOORS]
        self.fields["provider_door"].choices = named  # type: ignore[attr-defined]
        self.fields["provider_secret"].required = new

    def clean_provider_issuer(self) -> str:
        issuer = str(self.cleaned_data["provider_issuer"])
        if not oidc.safe_issuer(issuer):
            raise ValidationError("", code="invalid")
        return issuer

    def clean_provider_domains(self) -> str:
        typed = str(self.cleaned_data["provider_domains"]).lower()
        if any("@" in one or "." not in one for one in _listed(typed)):
            raise ValidationError("", code="invalid")
        return typed

    @property
    def values(self) -> dict[str, Any]:
        """The fields of Provider."""
        given = {name.removeprefix("provider_"): value for name, value in self.cleaned_data.items()}
        name = {"en": given.pop("name_en"), "cy": given.pop("name_cy")}
        del given["secret"]
        return given | {key: _listed(given[key]) for key in LISTS} | {"name": name}


def _listed(typed: str) -> list[str]:
    return [one for one in (part.strip() for part in typed.split(",")) if one]


def _typed(provider: Provider) -> dict[str, Any]:
    """What the form shows of ``provider``; never its secret."""
    plain = ("door", "issuer", "client_id", "on")
    shown = {f"provider_{name}": getattr(provider, name) for name in plain}
    shown |= {f"provider_{name}": ", ".join(getattr(provider, name)) for name in LISTS}
    return shown | {f"provider_name_{code}": provider.name.get(code, "") for code in ("en", "cy")}


def _provider(pk: int) -> Provider:
    found = next((one for one in queries.all_providers() if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@require_safe
@OWN
def index(request: HttpRequest) -> HttpResponse:
    """Every directory, whether it is on, and what its last test said."""
    trail = crumbs((texts.say("administration.Providers_Heading"), ""))
    context = {"providers": queries.all_providers(), "crumbs": trail}
    return render(request, "administration/providers_index.html", context)


def _trail(here: str) -> list[tuple[str, str]]:
    """From the home page over the list of directories to the page that is open."""
    every = (texts.say("administration.Providers_Heading"), reverse("administration:providers"))
    return crumbs(every, (here, ""))


@sensitive_post_parameters("provider_secret")
@require_http_methods(["GET", "HEAD", "POST"])
@OWN
def add(request: HttpRequest) -> HttpResponse:
    """Add a directory."""
    form = ProviderForm(request.POST if request.method == "POST" else None, new=True)
    if request.method == "POST" and form.is_valid():
        key = queries.free_provider_key(form.values["door"])
        return _keep(request, None, key, form)
    return _page(request, form, None)


@sensitive_post_parameters("provider_secret")
@require_http_methods(["GET", "HEAD", "POST"])
@OWN
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a directory. An empty secret leaves the one that is kept."""
    provider = _provider(pk)
    form = ProviderForm(
        request.POST if request.method == "POST" else None, initial=_typed(provider), new=False
    )
    if request.method == "POST" and form.is_valid():
        return _keep(request, provider, provider.key, form)
    return _page(request, form, provider)


def _keep(request: HttpRequest, provider: Provider | None, key: str, form: ProviderForm) -> HttpResponse:
    try:
        accounts.keep_provider(
            provider,
            key=key,
            values=form.values,
            secret=form.cleaned_data["provider_secret"],
            seen=request.POST.get("seen", ""),
            by=who(request),
            now=timezone.now(),
        )
    except ChangedMeanwhile as refusal:
        form.refusal = refusal
        form.refuse(refusal.by_field())
        return _page(request, form, _provider(provider.pk) if provider else None)
    messages.success(request, texts.say("administration.Provider_Saved"))
    return redirect("administration:providers")


def _page(request: HttpRequest, form: ProviderForm, provider: Provider | None) -> HttpResponse:
    problems = form.problems
    back = settings.SITE_URL + reverse("account:directory-back", args=[provider.key]) if provider else ""
    trail = _trail(texts.say("administration.Provider_Heading"))
    context = {"form": form, "provider": provider, "problems": problems, "back": back, "crumbs": trail}
    if provider:
        kept, now = provider.changed_at.isoformat(), ProviderForm(initial=_typed(provider), new=False)
        context |= beside(request, form.refusal, kept=kept, rows=now.begins_with())
    status = status_of(problems, form.refusal)
    return render(request, "administration/providers_form.html", context, status=status)


@require_POST
@OWN
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the directory what it is."""
    trouble = accounts.try_provider(_provider(pk), now=timezone.now())
    if trouble:
        messages.warning(request, texts.say("administration.Provider_Trouble", why=trouble))
    else:
        messages.success(request, texts.say("administration.Provider_Well"))
    return redirect("administration:providers")


@require_http_methods(["GET", "HEAD", "POST"])
@OWN
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a directory, after asking."""
    provider = _provider(pk)
    if request.method == "POST":
        accounts.remove_provider(provider, by=who(request), now=timezone.now())
        messages.success(request, texts.say("administration.Provider_Removed"))
        return redirect("administration:providers")
    context = {"provider": provider, "crumbs": _trail(texts.say("administration.Provider_Heading"))}
    return render(request, "administration/providers_remove.html", context)
