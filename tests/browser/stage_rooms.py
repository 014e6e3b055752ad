"""Sets the scene for the pages of signing in, of schools and of the offices."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pyotp
from django.conf import settings
from django.test import Client

from guildhall.foundation.authority import services as authority
from guildhall.foundation.outbox.models import Task
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import services as building
from guildhall.paperwork.forms.models import Form
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.lending import Lent
from guildhall.people.accounts import sealing
from guildhall.people.accounts import services as account_services
from guildhall.people.accounts.models import Authenticator, User
from guildhall.people.invitations import services as invitations
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.membership.queries import holder_for
from guildhall.people.schoolsite.models import SiteEntry
from guildhall.records.children import services as children
from guildhall.records.children.models import Child
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.bulk.models import BatchRun
from guildhall.records.linkage.bulk.staging import Staged
from guildhall.records.linkage.identity import identity_of
from guildhall.records.linkage.merges import differences_between
from guildhall.records.linkage.models import Merge
from guildhall.records.linkage.scoring import score
from guildhall.work.admissions import services as admissions
from guildhall.work.admissions.services import RoundTold
from guildhall.work.annualreviews import services as annual_reviews
from guildhall.work.keying import services as keying
from guildhall.work.many import services as many
from guildhall.work.meals import services as meals
from guildhall.work.privacy import services as privacy
from guildhall.work.privacy.models import Breach, OddReading
from guildhall.work.privacy.subject import Subject
from guildhall.work.returns.models import Return
from guildhall.work.schoolcases import services as school_cases

from ..standing import may_look
from .building import every_kind
from .pages import ADMINISTRATOR, ASKED_PARENT, AUDITOR, BENEFITS, OFFICER, PLACING, SUPERVISOR
from .stagehand import Stage, person

GUARDED, BARE, COLLEAGUE = "tariq@example.org", "marcus", "mair@ysgol.example.org"
BUILT = "STAGED-FORM"
ANNOUNCED = ("announcements.start", "announcements.end")
USERS = b"""Email address,First Name,Last Name,Job Title,Mobile number,Is Admin?,School number (URN)
nia.hughes@ysgol.example.org,Nia,Hughes,Class Teacher,07700 900123,Yes,990001
bad,,Rees,King,12,perhaps,990001
"""
APPLIED = b"""URN,Reference,First name,Last name,Date of birth,Preference,Status
990001,APP-1,Ifan,Gruffydd,2015-03-27,1,Applied
990001,APP-2,Lowri,,2015-05-04,1,Nothing like this
"""
PLANS = (
    b"First name,Last name,Date of birth,UPN,Date of the plan,Last review,Next review\n"
    b"Mali,Bowen,4/5/2015,A1,1/3/2026,,\nCai,Rees,4/5/2015,,,,\n"
)
PUPILS = b"""URN,UPN,First name,Last name,Date of birth,Year group,Why eligible,Eligible since
990001,,Nia,Hughes,27/03/2018,Year 3,Asylum support,01/09/2025
990001,A1,,Rees,King,99,Because,
"""


def set_up(stage: Stage) -> dict[str, str]:
    """What the addresses of ``deep_rooms.py`` need."""
    parts = (
        _ways,
        _on_their_way_in,
        _school,
        _meals,
        _reviews,
        _admissions,
        _helpline,
        _privacy,
        _builder,
        _records,
        _batch,
        _censuses,
    )
    return {name: str(value) for part in parts for name, value in part(stage).items()}


def _censuses(_stage: Stage) -> dict[str, Any]:
    """A census return that was authorised, and may still be returned."""
    return {"census_return": Return.objects.get(state=Return.State.AUTHORISED).pk}


def strike(now: datetime) -> None:
    """End the announcement, which comes after everybody's sign-in, and offer the staged form no more."""
    for key in ANNOUNCED:
        authority.change_setting(key, value=None, by=None, now=now)
    building.withdraw(Form.objects.get(code=BUILT), by=None, now=now)


def _session(**held: Any) -> str:
    """The cookie of a browser whose session holds ``held``."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(held)
    session.save()
    return str(session.session_key)


def _signed_in(user: User) -> str:
    """The cookie of a browser where ``user`` is signed in by both steps, in the language of that browser."""
    User.objects.filter(pk=user.pk).update(language="")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["verified"] = True
    session.save()
    return str(session.session_key)


def _between(user: User, stage: Stage) -> dict[str, Any]:
    """What a session holds of ``user`` between the two steps."""
    return {
        "user": user.pk,
        "key": "staged",
        "after": "",
        "at": stage.now.timestamp(),
        "epoch": user.session_epoch,
        "enrol": False,
    }


def _ways(stage: Stage) -> dict[str, Any]:
    """Somebody with an app and recovery codes."""
    guarded, then = person(GUARDED), stage.now - timedelta(minutes=10)
    secret = pyotp.TOTP(sealing.unseal(account_services.begin_authenticator(guarded, now=then).secret))
    code = secret.at(then)
    account_services.confirm_authenticator(guarded, code=code, name="Phone", by=guarded, now=then)
    account_services.make_recovery_codes(guarded, by=guarded, now=then)
    return {
        "app": Authenticator.objects.get(user=guarded).pk,
        "guarded": _signed_in(guarded),
        "half_in": _session(pending=_between(guarded, stage)),
    }


def _on_their_way_in(stage: Stage) -> dict[str, Any]:
    """People at every step of coming in, and an announcement that waits for them there."""
    for key in ANNOUNCED:
        authority.change_setting(key, value=stage.now.date().isoformat(), by=None, now=stage.now)
    new, asking = (_newcomer(state, stage) for state in (User.State.ACTIVE, User.State.UNCONFIRMED))
    details = {"email": "gwen@health.example.org", "forename": "Gwen", "surname": "Bevan"}
    details |= {"job_role": "Health visitor", "organisation": "Carreg Health Centre", "language": "en"}
    invitations.invite(details, by=person(ADMINISTRATOR), now=stage.now)
    letter = Task.objects.filter(kind="email").latest("pk").payload
    return {
        "half_in_by_email": _session(pending=_between(person(ASKED_PARENT), stage)),
        "enrolling": _session(enrol=_between(person(BARE), stage)),
        "terms": _session(terms=_agreeing(new, stage)),
        "unasked": _signed_in(new),
        "asking": _session(**{"new-email": asking.pk}),
        "invitation": letter["values"]["link"],
    }


def _agreeing(new: User, stage: Stage) -> dict[str, Any]:
    known = _between(new, stage)
    return known | {"verified": True, "remember": False, "directory": {}}


def _newcomer(state: User.State, stage: Stage) -> User:
    """A parent who has agreed to nothing yet."""
    user = User(
        email=f"{state}@example.org",
        forename="Non",
        surname="Newydd",
        state=state,
        registered_at=stage.now,
        confirmed_at=stage.now,
    )
    user.save()
    membership.give_role(user, role="parent", by=None, now=stage.now)
    return user


def _place(email: str) -> SchoolPlace:
    return SchoolPlace.objects.get(user__email=email, school__urn="990001", membership__ended_at=None)


def _meals(stage: Stage) -> dict[str, Any]:
    """Rows for a free school meals list, of which one is right."""
    by = person(BENEFITS)
    holder = holder_for(by, verified=True)
    made = meals.stage_spreadsheet("list.csv", PUPILS, holder=holder, by=by, now=stage.now)
    return {"meals_loading": made.pk}


def _admissions(stage: Stage) -> dict[str, Any]:
    """Rows for a round of admissions, of which one is right."""
    by = person(PLACING)
    how: dict[str, Any] = {"holder": holder_for(by, verified=True), "by": by, "now": stage.now}
    found = admissions.open_round(RoundTold("Year 7", stage.now.year), **how)
    return {"admissions_loading": admissions.stage_spreadsheet(found, "list.csv", APPLIED, **how).pk}


def _school(stage: Stage) -> dict[str, Any]:
    """A school's users on their way in, a duty, a case that is filled in together, one for many children."""
    now, supervisor = stage.now, _place(SUPERVISOR)
    by, school, holder = supervisor.user, supervisor.school, holder_for(supervisor.user, verified=True)
    sheet = membership.stage_import("users.csv", USERS, school=school, holder=holder, by=by, now=now)
    duty = membership.give_duty(
        supervisor,
        key="senco",
        first_on=now.date(),
        last_on=None,
        covers=False,
        holder=holder,
        by=by,
        now=now,
    )
    membership.choose_services(supervisor, ["results"], holder=holder, by=by, now=now)
    version = forms.live_version("REF")
    assert version is not None
    case, draft = school_cases.raise_case(school, version=version, by=by, language="en", now=now)
    batch, _ = many.begin_batch(school, version=version, by=by, language="en", now=now)
    [row] = many.add_rows(batch, [{}], by=by, now=now)
    return {
        "user_import": sheet.pk,
        "duty": duty.pk,
        "school_case": case.pk,
        "school_draft": draft.pk,
        "many": batch.pk,
        "row": row.pk,
    }


def _helpline(stage: Stage) -> dict[str, Any]:
    """What schools ask of the council, and a directory that staff sign in with."""
    now, owen, asker = stage.now, person(ADMINISTRATOR), _place(SUPERVISOR)
    holder = holder_for(owen, verified=True)
    sheet = membership.stage_import("users.csv", USERS, school=None, holder=holder, by=owen, now=now)
    membership.record_account(asker, as_="head", holder=holder, by=owen, now=now)
    given = membership.Given(
        email="asked.for@ysgol.example.org",
        forename="Aled",
        surname="Rees",
        job_title=asker.job_title,
        schools=frozenset({asker.school_id}),
    )
    asked = membership.ask_for_account(
        SchoolPlace.objects.get(pk=asker.pk), given=given, by=asker.user, now=now
    )
    values = {
        "name": {"en": "Ours", "cy": "Ein un ni"},
        "door": "council",
        "issuer": "https://directory.example.org",
        "client_id": "guildhall",
        "domains": ["council.example.org"],
        "trusted_acr": [],
        "trusted_amr": [],
        "on": False,
    }
    provider = account_services.keep_provider(None, key="ours", values=values, secret="x", by=owen, now=now)
    return {
        "council_import": sheet.pk,
        "account_request": asked.pk,
        "school_person": _place(COLLEAGUE).pk,
        "provider": provider.pk,
        "site_entry": SiteEntry.objects.order_by("pk")[0].pk,
    }


def _privacy(stage: Stage) -> dict[str, Any]:
    """What people ask of the data protection officer, what waits to go and what went wrong."""
    now, by, parent = stage.now, person(AUDITOR), person(ASKED_PARENT)
    subject = Subject("user", parent.pk)
    request = privacy.open_request(subject, received_on=now.date(), language="en", by=by, now=now)
    privacy.gather(request.pack, now=now, pages=1_000)
    right = privacy.ask_right("erasure", words="Please delete it.", family_child=None, by=parent, now=now)
    right = privacy.confirm_identity(right, how="account", record=None, by=by, now=now)
    words = "The wrong school got our address."
    complaint = privacy.ask_right("complaint", words=words, family_child=None, by=parent, now=now)
    privacy.ask_person(complaint, words="Which school was it?", by=by, now=now)
    held = privacy.place_hold("case", "SND-0", reason="An inquiry", by=by, now=now)
    facts = {
        "happened": "A letter went to the wrong family.",
        "known_at": now - timedelta(hours=20),
        "people": 2,
        "risk": Breach.Risk.SOME,
        "effects": "Another family knows where the child goes to school.",
        "steps": "We rang the family, and the letter has come back.",
        "ico_told_at": None,
        "ico_words": "",
        "people_told_at": None,
        "people_words": "",
    }
    breach = privacy.keep_breach(None, facts=facts, revision=0, by=by, now=now)
    child = next(stage.records)
    odd = OddReading.objects.create(
        rule="namesake",
        on=now.date(),
        reader=person(OFFICER).pk,
        child=child.pk,
        count=2,
        entry=1,
        found_at=now,
    )
    return {
        "request": request.pk,
        "right": right.pk,
        "complaint": complaint.pk,
        "hold": held.pk,
        "run": privacy.begin_run(by=by, now=now).pk,
        "breach": breach.pk,
        "odd": odd.pk,
    }


def _builder(stage: Stage) -> dict[str, Any]:
    """A form that was published, begun by a parent, published anew, and is being changed."""
    now, owen = stage.now, person(ADMINISTRATOR)
    content = every_kind(BUILT)
    older = building.publish(content, by=owen, now=now)
    draft = submissions.start_draft(
        stage.parent, version=older, family_child=None, language="en", now=now, again=True
    )
    [group] = content["groups"]
    fewer = [{**group, "questions": group["questions"][1:]}]
    building.publish({**content, "groups": fewer}, by=owen, now=now)
    return {"older_draft": draft.pk, "built": BUILT}


def _records(stage: Stage) -> dict[str, Any]:
    """Two records that may be one child, two that became one, a question about a child, an officer's form."""
    now, by = stage.now, stage.officer
    kept, merged = (next(stage.records) for _ in range(2))
    other, gone = (children.add_child(identity_of(child), by=by, now=now) for child in (kept, merged))
    version = forms.live_version("ADVICE-EDUCATION")
    assert version is not None
    may_look(by, other)
    draft = keying.begin_child_form(
        kept, version=version, known={}, lent=Lent({}, {}), by=by, language="en", now=now
    )
    mention = stage.case("EHCNA-PARENT", to="differs").mention
    opinion = linkage.ask_opinion(
        mention, question="Are they twins?", by=person(BARE), now=now, colleague=by.pk
    )
    return {
        "kept": kept.pk,
        "other": other.pk,
        "merge": _merged(merged, gone, stage).pk,
        "child_form": draft.pk,
        "opinion": opinion.pk,
    }


def _merged(kept: Child, gone: Child, stage: Stage) -> Merge:
    choices = {each.field: "ours" for each in differences_between(kept, gone)}
    return linkage.merge_children(
        kept, gone, choices=choices, by=stage.officer, now=stage.now, confirmed=True
    )


def _batch(stage: Stage) -> dict[str, Any]:
    """A school's list that was compared with the records: one pair, found with the live scorer."""
    child = next(stage.records)
    said = identity_of(child)
    line = f"7,{child.forename},{child.surname},{child.born_on:%d/%m/%Y},{child.postcode}"
    content = f"id,forename,surname,date of birth,postcode\n{line}\n".encode()
    run = linkage.begin_batch(
        "records", [("school.csv", content), None], given={}, by=stage.officer, now=stage.now
    )
    linkage.start_batch(run)
    pair = Staged("7", str(child.pk), "match", score(said, said))
    linkage.finish_batch(run, [pair], weights="first-1", now=stage.now)
    return {"batch": BatchRun.objects.get(pk=run.pk).pk}


def _reviews(stage: Stage) -> dict[str, Any]:
    """Rows of pupils for annual reviews, of which one is right."""
    place = _place(SUPERVISOR)
    acting: dict[str, Any] = {
        "holder": holder_for(place.user, verified=True),
        "by": place.user,
        "now": stage.now,
    }
    made = annual_reviews.stage_list("list.csv", PLANS, school=place.school, **acting)
    return {"review_rows": made.pk}
