"""New: a form that an officer makes in a child's chronology, from the choice of it to its event (SP-221)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.asking import who
from guildhall.records.children.models import Child
from guildhall.records.chronology import queries as chronology
from guildhall.records.linkage.merges import kept_for
from guildhall.work.intake import services as intake
from guildhall.work.keying import queries as keyed
from guildhall.work.keying import services as keying

from . import chronology_forms as pages
from .opening import child_or_404
from .told import KIND


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def new_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The kinds of form, and the forms of the chosen kind."""
    child = _child(request, pk)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "new-form"})
    chosen = request.GET.get("kind", "")
    offered = pages.offered_to(holder_of(request))
    context = {
        "child": child,
        "kinds": [(kind, say(f"chronology.Kind_{kind.replace('-', '_')}")) for kind in offered],
        "kind": chosen if chosen in offered else "",
        "forms": [pages.line_of(version, child) for version in offered.get(chosen, [])],
        "begun": keyed.child_forms_open(child, who(request)),
        "breadcrumbs": pages.crumbs(child, (say("chronology.New_Heading"), "")),
        "problems": {"kind": say("chronology.Error_Kind")} if "kind" in request.GET and not chosen else {},
    }
    return render(request, "council/form_new.html", context, status=422 if context["problems"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def begin(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What the new form will have filled in, the earlier answers to choose from (SP-177), and Start."""
    child, version = _child(request, pk), _version(request, code)
    earlier = pages.earlier_forms(holder_of(request), child, version)
    audit.looked(request, about=child, child=child.pk, detail={"tab": "new-form", "form": code})
    problems = {}
    if request.method == "POST":
        made = _begin(request, child, version, earlier)
        if isinstance(made, Draft):
            return redirect("filling:resume", made.pk)
        problems = {"main-content": made.message}
    definition = forms.definition_of(version.pk)
    context = {
        "child": child,
        "title": definition.title.in_(active_language()),
        "choices": pages.choices(definition, earlier, child=child, holder=holder_of(request)),
        "count": len(earlier),
        "problems": problems,
        "breadcrumbs": pages.crumbs(child, (definition.title.in_(active_language()), "")),
    }
    return render(request, "council/form_begin.html", context, status=422 if problems else 200)


def _begin(request: HttpRequest, child: Child, version: FormVersion, earlier: list[Any]) -> Draft | Refusal:
    definition, holder, now = forms.definition_of(version.pk), holder_of(request), timezone.now()
    hidden = pages.hidden_codes(definition, child, holder)
    chosen = {
        code: {number(each) for each in request.POST.getlist(f"choice-{code}")}
        for code in definition.question_by_code
    }
    try:
        return keying.begin_child_form(
            child,
            version=version,
            known=pages.known(child, definition, without=hidden),
            lent=pages.lent(definition, earlier, chosen=chosen, without=hidden),
            by=who(request),
            language=active_language(),
            now=now,
        )
    except Refusal as refusal:
        return refusal


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def form_check(request: HttpRequest, pk: int, draft_id: UUID) -> HttpResponse:
    """Every answer before the form goes to the chronology; Save, which warns of answers left as they came."""
    child, draft = _child(request, pk), submissions.draft_of(who(request), draft_id)
    form = keyed.child_form_with(draft.key) if draft else None
    if draft is None or form is None or kept_for(form.child_id) != child.pk:
        raise Http404
    audit.looked(request, about=draft, child=child.pk, surface="form")
    page = pages.check_page(draft, child)
    if request.method != "POST":
        return render(request, "council/form_check.html", page)
    if not page["gap_links"] and page["unchanged"] and "sure" not in request.POST:
        return render(request, "council/form_sure.html", page)
    return _save(request, child, draft, page)


def _save(request: HttpRequest, child: Child, draft: Draft, page: dict[str, Any]) -> HttpResponse:
    seen = request.POST.get("revision", "")
    try:
        submission = intake.submit(
            draft.pk,
            sender=who(request),
            key=draft.key,
            declarations=(),
            revision=number(seen),
            language=active_language(),
            now=timezone.now(),
        )
    except Refusal as refusal:
        problems = {"main-content": refusal.message}
        return render(request, "council/form_check.html", page | {"problems": problems}, status=422)
    messages.success(request, say("chronology.Saved", reference=submission.reference))
    entry = chronology.entry_of(KIND, str(submission.pk))
    return redirect("council:entry", entry.pk) if entry else redirect("council:child-chronology", child.pk)


def _child(request: HttpRequest, pk: int) -> Child:
    """The child, for an officer who may also complete forms (SP-330)."""
    if not holder_of(request).may(Permission.FILL_IN_FORMS):
        raise Http404
    return child_or_404(request, pk)


def _version(request: HttpRequest, code: str) -> FormVersion:
    """The form, if the officer's own teams receive it and it is offered now."""
    offered = pages.offered_to(holder_of(request))
    found = (one for some in offered.values() for one in some if one.form.code == code.upper())
    version = next(found, None)
    if version is None:
        raise Http404
    return version
