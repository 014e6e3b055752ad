"""The twin fixture: everybody who may come to a door, and something of theirs behind each of them.

Mali Pritchard, born on one day, is three times in it: the child of two parents who both added her, and
another girl of the same name and birthday in a third family. Two professionals, three teams.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guildhall.demonstration.census_files import Plan
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.outbox.models import Task
from guildhall.mail.messages.models import Message
from guildhall.mail.post import services as post
from guildhall.mail.post.models import Posting, ReturnedFile
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.lending import Lent
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.calendars.models import Closure, ClosureReason
from guildhall.people.consent import services as consents
from guildhall.people.consent.models import Scheduled, Withdrawal
from guildhall.people.families.models import FamilyChild
from guildhall.people.membership import services as membership
from guildhall.people.membership.models import (
    AccountRequest,
    Duty,
    Membership,
    SchoolPlace,
    UserImport,
)
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import ChangeRequest, Responsibility
from guildhall.people.responsibilities.models import Opinion as HeadsOpinion
from guildhall.people.schoolsite.models import SiteEntry
from guildhall.records.children.models import Child
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.merges import differences_between
from guildhall.records.linkage.models import Decision, Mention, Merge, Opinion, SecondLook
from guildhall.records.persons import services as persons
from guildhall.records.persons.models import Link, Person
from guildhall.records.persons.services import links
from guildhall.work.actions.models import Action
from guildhall.work.admissions.models import Loading as Applications
from guildhall.work.admissions.models import Round
from guildhall.work.advice import queries as advice_queries
from guildhall.work.advice import services as advice
from guildhall.work.advice.models import Requested
from guildhall.work.advice.told import Told as AskedFor
from guildhall.work.annualreviews import services as annual_reviews
from guildhall.work.annualreviews.models import Loading as ReviewRows
from guildhall.work.annualreviews.models import Plan as ReviewedPlan
from guildhall.work.annualreviews.models import Review
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.communications import services as communications
from guildhall.work.communications.models import Communication
from guildhall.work.downloads.models import Item
from guildhall.work.downloads.models import Plan as FloorPlan
from guildhall.work.ehcprocess import services as ehc_process
from guildhall.work.ehcprocess.facts import Facts
from guildhall.work.ehcprocess.models import Excuse, Process
from guildhall.work.emergency.models import Contact
from guildhall.work.governors import services as governors
from guildhall.work.governors.models import Course, NewsItem, Paper
from guildhall.work.intake import services as intake
from guildhall.work.invoices.models import Batch as InvoiceBatch
from guildhall.work.invoices.models import Upload
from guildhall.work.keying import services as keying
from guildhall.work.many import services as many
from guildhall.work.many.models import Batch
from guildhall.work.many.models import Row as BatchRow
from guildhall.work.meals.models import Amendment, Loading, Pupil
from guildhall.work.notices.models import Notice
from guildhall.work.privacy import services as privacy
from guildhall.work.privacy.models import Hold, Request, RightsRequest, Run
from guildhall.work.privacy.subject import Subject
from guildhall.work.returns.models import Found as CensusFound
from guildhall.work.schoolcases import services as school_cases
from guildhall.work.schoolcases.models import SchoolCase
from guildhall.work.schoolfinance.models import Statement
from guildhall.work.schoolfinance.models import Upload as FinanceFile
from guildhall.work.schoolfinance.models import Version as FinanceVersion
from guildhall.work.schoolfolder import services as folder
from guildhall.work.schoolfolder.models import Document, Section
from guildhall.work.sharing import queries as shared
from guildhall.work.sharing import services as sharing
from guildhall.work.sharing.models import SharedForm
from guildhall.work.sharing.services import Details
from guildhall.work.traded.models import Enquiry, Service
from guildhall.work.transfers.models import Transfer

from ..definitions import FULL, a_concern, a_draft, a_family_child, every_kind
from ..library import publish_library
from ..mail.post.scene import drafted, upload
from ..people.membership.schools import a_place, a_school_administrator, a_supervisor, another_school, holder
from ..people.responsibilities.scene import LEAD, give
from ..standing import NOON, a_person, an_officer, come_in, may_look
from ..work.annualreviews import scene as reviewing
from ..work.downloads.scene import a_floor_plan, an_item
from ..work.governors.scene import a_clerk, a_course, a_governor, a_paper
from ..work.invoices.scene import a_batch, numbered, read
from ..work.meals.scene import ask, listed
from ..work.notices.scene import a_notice, a_picture
from ..work.returns.scene import ODD_YEAR, file_with
from ..work.returns.scene import sent as a_return
from ..work.schoolfinance.scene import what_is_kept
from ..work.schoolfolder.scene import READ, a_document, let
from ..work.traded.scene import a_service
from ..work.traded.scene import ask as ask_about
from ..work.transfers import scene as transferring

LATER = NOON + timedelta(hours=1)
TEAMS = {"send": "send-officer", "safeguarding": "safeguarding-officer", "early-help": "early-help-officer"}
STAFF = {
    "administrator": "administrator",
    "auditor": "auditor",
    "service officer": "service-officer",
    "finance officer": "finance-officer",
}
# Who works at the school whose people, duty and spreadsheet the routes of schools are asked about.
AT_THE_SCHOOL = ("school user", "school administrator", "school supervisor", "governor")
FAMILIES = ("parent A", "parent B", "parent C")
SENDERS = (*FAMILIES, "young person", "professional", "professional 2")
CONCERN: dict[str, Any] = {"REFERRER_NAME": "T Rees", "CHILD_SURNAME": "Pritchard", "CONCERN": "Bruises"}
YOUNG = every_kind(code="EVERY-YOUNG", audience="young-person")
EARLY = a_concern(code="EARLY", destination="early-help", open_overview=False, emergency=False)


@dataclass
class Owned:
    """What one sender has: a draft with a file, and a form that was sent, with a file and its case."""

    draft: Draft
    draft_file: StoredFile
    submission: Submission
    file: StoredFile
    case: Case
    message: Message
    answer_file: StoredFile | None = None
    child: FamilyChild | None = None


@dataclass
class World:
    people: dict[str, User] = field(default_factory=dict)
    owned: dict[str, Owned] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    waiting: Mention | None = None
    paper: Paper | None = None
    withdrawn_paper: Paper | None = None
    course: Course | None = None
    news: NewsItem | None = None
    removed_news: NewsItem | None = None
    download: Item | None = None
    floor_plan: FloorPlan | None = None
    decision: Decision | None = None
    opinion: Opinion | None = None
    merge: Merge | None = None
    second_look: SecondLook | None = None
    stuck: Task | None = None
    unpublished: Scheduled | None = None
    withdrawal: Withdrawal | None = None
    place: SchoolPlace | None = None
    duty: Duty | None = None
    importing: UserImport | None = None
    school_case: SchoolCase | None = None
    school_sent: SchoolCase | None = None
    asked: AccountRequest | None = None
    closure: Closure | None = None
    entry_of_site: SiteEntry | None = None
    request: Request | None = None
    hold: Hold | None = None
    asked_right: RightsRequest | None = None
    run: Run | None = None
    child_form: Draft | None = None
    shared: SharedForm | None = None
    information: Requested | None = None
    answered: Requested | None = None
    answer_file: StoredFile | None = None
    process: Process | None = None
    excuse: Excuse | None = None
    adult: Person | None = None
    adult_link: Link | None = None
    noted: Communication | None = None
    batch: Batch | None = None
    batch_row: BatchRow | None = None
    asked_change: ChangeRequest | None = None
    opinion_asked: HeadsOpinion | None = None
    document: Document | None = None
    removed_document: Document | None = None
    section: Section | None = None
    action: Action | None = None
    given_action: Action | None = None
    reviewed: ReviewedPlan | None = None
    sent_review: Review | None = None
    review_rows: ReviewRows | None = None
    pupil: Pupil | None = None
    traded: Service | None = None
    enquiry: Enquiry | None = None
    notice: Notice | None = None
    amendment: Amendment | None = None
    loading: Loading | None = None
    transfer: Transfer | None = None
    lost_transfer: Transfer | None = None
    asked_numbers: Transfer | None = None
    invoices: InvoiceBatch | None = None
    invoices_file: Upload | None = None
    census: CensusFound | None = None
    statement: Statement | None = None
    finance_file: FinanceFile | None = None
    asked_back: FinanceVersion | None = None
    round: Round | None = None
    applications: Applications | None = None
    contact: Contact | None = None
    removed_contact: Contact | None = None
    posting: Posting | None = None
    attachment: StoredFile | None = None
    returned: ReturnedFile | None = None

    def case_file(self, team: str) -> StoredFile:
        return StoredFile.objects.get(
            held_by_kind="submission", held_by_id=str(self.cases[team].submission_id)
        )

    def approved_at(self, team: str) -> int:
        """The version of the team's case on which it was approved."""
        return int(self.cases[team].events.get(verb="approve").version)

    def entry(self, team: str) -> Entry:
        return Entry.objects.get(source_id=str(self.cases[team].submission_id))


def the_world(**canaries: dict[str, Any]) -> World:
    """Make everybody and everything. ``canaries``: sender → answers instead of the usual ones."""
    world = World()
    _make_people(world)
    for name in SENDERS:
        world.owned[name] = _owned(world.people[name], name, canaries.get(name.replace(" ", "_"), {}))
    _let_officers_work(world)
    world.stuck = Task.objects.create(
        kind="email", key="stuck", payload={}, state=Task.State.STUCK, due_at=LATER, put_at=LATER
    )
    _let_consent_change(world)
    _let_a_school_work(world)
    _let_privacy_be_asked(world)
    return world


def _let_privacy_be_asked(world: World) -> None:
    """Parent A asked what is held; the pack is ready to check."""
    world.request = privacy.open_request(
        Subject("user", world.people["parent A"].pk),
        received_on=LATER.date(),
        language="en",
        by=world.people["auditor"],
        now=LATER,
    )
    privacy.gather(world.request.pack, now=LATER, pages=1_000)
    by = world.people["auditor"]
    world.hold = privacy.place_hold("case", "SND-0", reason="An inquiry", by=by, now=LATER)
    world.run = privacy.begin_run(by=by, now=LATER)
    right = privacy.ask_right("erasure", words="", family_child=None, by=world.people["parent A"], now=LATER)
    world.asked_right = privacy.confirm_identity(right, how="account", record=None, by=by, now=LATER)


def _let_a_school_work(world: World) -> None:
    """People work at two schools; one has a duty, an import, a request; the schools' site has an entry.

    ``world.place`` is that of the school's user: nobody acts on their own.
    """
    first, other = a_supervisor(), a_supervisor("ffion@other.example.org", another_school())
    world.place, keeper = a_place("elen@ysgol.example.org"), a_school_administrator()
    who = (*AT_THE_SCHOOL, "supervisor elsewhere")
    for name, place in zip(who, (world.place, keeper, first, a_governor(), other), strict=True):
        world.people[name] = User.objects.get(pk=place.user_id)
    day = LATER.date()
    seen, by = holder(first), first.user
    acting: dict[str, Any] = {"by": by, "now": LATER}
    world.duty = membership.give_duty(
        world.place, key="senco", first_on=day, last_on=None, covers=False, holder=seen, **acting
    )
    world.importing = UserImport.objects.create(by=by, school=world.place.school, rows=[], read_at=LATER)
    details = {"email": "x@example.org", "forename": "X", "surname": "X", "job_title": 0}
    world.asked = AccountRequest.objects.create(
        school=world.place.school, by=by, details=details, asked_at=LATER
    )
    world.closure = Closure.objects.create(
        key=uuid4(),
        school=world.place.school,
        reason=ClosureReason.objects.get_or_create(name={"en": "Snow", "cy": "Eira"})[0],
        first_on=timezone.localdate(),
        last_on=timezone.localdate(),
        sessions=2,
        reported_by=by,
        reported_at=LATER,
    )
    world.school_case, world.school_sent = _school_cases(world)
    begun: dict[str, Any] = {"version": world.school_case.version, "by": world.place.user, "now": LATER}
    world.batch, _ = many.begin_batch(world.place.school, language="en", **begun)
    [world.batch_row] = many.add_rows(world.batch, [{}], by=world.place.user, now=LATER)
    _let_responsibilities_be_asked(world, first)
    _let_a_list_be_kept(world, first)
    _let_a_plan_be_reviewed(world, first)
    _let_files_be_transferred(world, first, other)
    world.invoices, world.invoices_file = a_batch(first), read(first, numbered(2))
    _let_a_census_be_sent(world, first)
    world.statement, world.finance_file, world.asked_back = what_is_kept(
        world.place, world.people["finance officer"]
    )
    _let_post_be_answered(world)
    _let_a_folder_be_used(world, first, keeper)
    _let_governors_meet(world)
    _let_schools_buy_and_announce(world)
    words = {"en": "Words", "cy": "Geiriau"}
    world.entry_of_site = SiteEntry.objects.create(kind="news", title=words, words=words)


def _let_files_be_transferred(world: World, first: SchoolPlace, other: SchoolPlace) -> None:
    """The supervisors of both schools use file transfer: a moved pupil, a lost one, a number asked for."""
    transferring.schools()
    for place in (first, other):
        place.secure = ["file-transfer"]
        place.save(update_fields=["secure"])
        place.refresh_from_db()
    world.transfer = transferring.sent(first)
    world.lost_transfer = transferring.a_lost_pupil(first)
    world.asked_numbers = transferring.asked(other)


def _let_responsibilities_be_asked(world: World, supervisor: SchoolPlace) -> None:
    """The school's user asks for one; the supervisor, who is the head, is asked about another school's."""
    one = Responsibility.objects.order_by("position").first() or Responsibility.objects.create(
        name={"en": "One", "cy": "Un"}, words={"en": "", "cy": ""}
    )
    world.asked_change = responsibilities.ask_for_change(
        world.place, wanted={one.pk: ""}, by=world.place.user, now=LATER
    )
    SchoolPlace.objects.filter(pk=supervisor.pk).update(kind=SchoolPlace.Kind.HEADTEACHER)
    elsewhere = a_supervisor("ffion@other.example.org", another_school())
    proposal = responsibilities.propose_category(
        elsewhere, name="Another", why="Words", by=elsewhere.user, now=LATER
    )
    responsibilities.ask_heads(proposal, by=world.people["administrator"], now=LATER)
    world.opinion_asked = proposal.opinions.get()


def _let_a_folder_be_used(world: World, supervisor: SchoolPlace, keeper: SchoolPlace) -> None:
    """The school's administrator may read its folder; one document was removed. Its user may do nothing."""
    let(keeper, READ, supervisor=supervisor)
    acting: dict[str, Any] = {"by": supervisor.user, "now": LATER}
    world.section = folder.add_section(supervisor, "Policies", **acting)
    world.document, world.removed_document = a_document(by=supervisor), a_document(by=supervisor)
    folder.remove_document(world.removed_document, place=supervisor, **acting)


def _let_actions_be_made(world: World) -> None:
    """The school's user has something to do, and the council gave the school something after a visit."""
    here: dict[str, Any] = {"school": world.place.school, "made_at": LATER, "due_on": LATER.date()}
    here |= {"title": "Count the herons", "sought": "count the herons"}
    user = world.place.user
    world.action = Action.objects.create(source="other", owner=user, made_by=user, **here)
    visit = {"source": "visit", "visited_on": NOON.date(), "from_council": True}
    world.given_action = Action.objects.create(made_by=an_officer(), **visit, **here)


def _let_schools_buy_and_announce(world: World) -> None:
    """The school's user asks about a traded service, and keeps a notice that ended."""
    world.traded = a_service(upload=upload("brochure.txt"))
    world.enquiry = ask_about(world.traded, world.place)
    world.notice = a_notice(place=world.place, upload=a_picture())
    StoredFile.objects.filter(held_by_kind__in=["traded", "notice"]).update(state=StoredFile.State.CLEAN)
    ended = {"placed_at": LATER - timedelta(days=90), "ends_on": LATER.date() - timedelta(days=60)}
    Notice.objects.filter(pk=world.notice.pk).update(**ended)


def _let_governors_meet(world: World) -> None:
    """A governing body's papers, a course and news for governors, a download and a floor plan."""
    clerk, officer = a_clerk(), an_officer()
    world.paper, world.withdrawn_paper, world.course = a_paper(), a_paper(), a_course()
    governors.withdraw_paper(world.withdrawn_paper, place=clerk, now=LATER)
    words = {"en": "Words", "cy": "Geiriau"}
    told = governors.ToldNews(words, words, LATER.date())
    world.news = governors.add_news(told, by=officer, now=LATER)
    world.removed_news = governors.add_news(told, by=officer, now=LATER)
    governors.remove_news(world.removed_news, by=officer, now=LATER)
    world.download, world.floor_plan = an_item(), a_floor_plan()


def _let_a_census_be_sent(world: World, supervisor: SchoolPlace) -> None:
    """A return of the first school with a query."""
    how = {"holder": holder(supervisor), "by": supervisor.user, "now": LATER}
    place = membership.choose_services(world.place, [*world.place.secure, "data-collections"], **how)
    school = place.school
    numbers = {"lea": school.la_code or "936", "estab": school.number or "2001"}
    plan = Plan(urn=school.urn, **numbers)
    own = a_return(place, file_with(ODD_YEAR, plan=plan))
    world.census = CensusFound.objects.filter(of=own, is_error=False).first()


def _let_a_list_be_kept(world: World, supervisor: SchoolPlace) -> None:
    """The school's user answers for its free school meals list, and asks to have somebody removed."""
    officer = world.people["service officer"]
    membership.give_role(officer, role="service-officer", team="benefits", by=None, now=LATER)
    give(world.place, supervisor, Catering=LEAD, Health_and_Safety=LEAD, Admissions=LEAD)
    _let_actions_be_made(world)
    world.pupil = listed()
    world.amendment = ask(world.place, "remove", listed("Mali Evans", 2))
    world.loading = Loading.objects.create(by=officer, source="spreadsheet", rows=[], read_at=LATER)
    membership.give_role(officer, role="service-officer", team="admissions", by=None, now=LATER)
    world.round = Round.objects.create(title="Reception", year=2026, opened_at=LATER, opened_by=officer)
    world.applications = Applications.objects.create(round=world.round, by=officer, rows=[], read_at=LATER)
    here: dict[str, Any] = {"school": world.place.school, "changed_at": LATER, "changed_by": world.place.user}
    here |= {"role": "Caretaker", "phone": "01632960123", "available": "Any time"}
    world.contact = Contact.objects.create(name="Idris Bowen", position=1, **here)
    gone = {"removed_at": timezone.now(), "removed_by": world.place.user}
    world.removed_contact = Contact.objects.create(name="Nia Puw", position=2, **here, **gone)


def _let_a_plan_be_reviewed(world: World, supervisor: SchoolPlace) -> None:
    """The school's supervisor sent an annual review, with a document, to the SEN team."""
    world.reviewed = reviewing.a_plan(supervisor, "Nel Bowen", 71)
    review = reviewing.recorded(reviewing.planned(world.reviewed, supervisor), supervisor)
    acting: dict[str, Any] = {"holder": holder(supervisor), "by": supervisor.user, "now": LATER}
    annual_reviews.add_document(review, upload("advice.txt"), **acting)
    StoredFile.objects.filter(held_by_kind="annual-review").update(state=StoredFile.State.CLEAN)
    world.review_rows = ReviewRows.objects.create(
        by=supervisor.user, school=supervisor.school, rows=[], read_at=LATER
    )
    world.sent_review = annual_reviews.send_report(review, seen=review.saves, **acting).review


def _let_post_be_answered(world: World) -> None:
    """An item for catering asks for a file, which the school's user returned."""
    here: dict[str, Any] = {"audience": "schools", "schools": frozenset({world.place.school_id})}
    draft, acting = drafted("Catering", wants_file=True, **here), {"by": an_officer(), "now": LATER}
    [world.attachment] = post.attach(draft, uploads=[upload("form.txt")], **acting)
    world.posting = post.publish(draft, **acting)
    place = SchoolPlace.objects.select_related("membership", "school", "user").get(pk=world.place.pk)
    world.returned = post.return_file(world.posting, place=place, upload=upload(), now=LATER)
    StoredFile.objects.filter(held_by_kind="posting").update(state=StoredFile.State.CLEAN)


def _school_cases(world: World) -> tuple[SchoolCase, SchoolCase]:
    """A case of the school that is being filled in, and one that was sent."""
    publish_library("PSC")
    version = forms.live_version("PSC")
    place = world.place
    shared: dict[str, Any] = {"version": version, "by": place.user, "language": "en", "now": LATER}
    (case, _), (sent, draft) = (school_cases.raise_case(place.school, **shared) for _ in range(2))
    Submission.objects.create(
        reference=sent.reference,
        version=version,
        sender=place.user,
        answers={},
        language="en",
        key=draft.key,
        sent_at=LATER,
    )
    draft.delete()
    school_cases.note_sent(sent.key, now=LATER)
    return case, sent


def _let_consent_change(world: World) -> None:
    """A statement waits for its day, and somebody with a child has withdrawn."""
    administrator, gone = world.people["administrator"], a_person("gone@example.org", role="parent")
    question = consents.add_question(
        {"en": "Newer words"}, agreement={"en": "I agree."}, active=True, by=administrator, now=LATER
    )
    someday = LATER + timedelta(days=36_500)
    world.unpublished = consents.schedule(question, publish_at=someday, by=administrator, now=LATER)
    a_family_child(gone)
    world.withdrawal = consents.withdraw(gone, language="en", network="", now=LATER)


def _make_people(world: World) -> None:
    parents = ("dilys@example.org", "marek@example.org", "nia@example.org")
    for name, email in zip(FAMILIES, parents, strict=True):
        world.people[name] = a_person(email, role="parent")
    world.people["young person"] = a_person("young@example.org", role="young-person", born_on="2008-02-01")
    for name, email in (("professional", "teacher"), ("professional 2", "nurse")):
        world.people[name] = a_person(f"{email}@work.example.org", role="professional", job_role="Teacher")
    for team, role in TEAMS.items():
        world.people[team] = a_person(f"{team}.officer@council.example.org", role=role, team=team)
    for name, role in STAFF.items():
        team = "early-years" if role == "service-officer" else ""
        world.people[name] = a_person(f"{name.replace(' ', '.')}@council.example.org", role=role, team=team)
    for user in world.people.values():
        user.refresh_from_db()


def _owned(user: User, name: str, canary: dict[str, Any]) -> Owned:
    child = a_family_child(user) if name in FAMILIES else None
    form, answers, question, place = _form_of(name)
    answers = answers | canary
    sent = a_draft(user, form=form, child=child, answers=answers)
    file = _a_file(sent, question)
    sent.refresh_from_db()
    ticked = {"first", "second"} if form["destination"] == "send" else {"first"}
    submission = intake.submit(sent.pk, sender=user, key=sent.key, declarations=ticked, now=LATER)
    kept = a_draft(user, form=form, child=child, answers=answers, now=LATER)
    Draft.objects.filter(pk=kept.pk).update(place=place)
    draft_file = _a_file(kept, question)
    kept.refresh_from_db()
    file.refresh_from_db()
    case = Case.objects.get(reference=submission.reference)
    message = Message.objects.get(key=f"form-received:{submission.pk}")
    return Owned(kept, draft_file, submission, file, case, message, child=child)


def _form_of(name: str) -> tuple[dict[str, Any], dict[str, Any], str, str]:
    if name == "professional":
        return _with_files(a_concern()), CONCERN, "PAPERS", "child"
    if name == "professional 2":
        return _with_files(EARLY), CONCERN, "PAPERS", "child"
    return (YOUNG if name == "young person" else every_kind()), FULL, "LETTERS", "evidence"


def _with_files(form: dict[str, Any]) -> dict[str, Any]:
    """``form`` with a question for files in its last group."""
    papers = {"code": "PAPERS", "kind": "file", "multiple": True, "text": {"en": "Papers", "cy": "Papurau"}}
    last = form["groups"][-1]
    return form | {"groups": [*form["groups"][:-1], last | {"questions": [*last["questions"], papers]}]}


def _a_file(draft: Draft, question: str) -> StoredFile:
    """A clean file of ``draft``, named after nobody."""
    upload = SimpleUploadedFile("letter.txt", b"A letter about a child.")
    submissions.add_file(draft, upload=upload, question=question, by=draft.owner, now=LATER)
    file = StoredFile.objects.filter(held_by_id=str(draft.pk)).get()
    StoredFile.objects.filter(pk=file.pk).update(state=StoredFile.State.CLEAN)
    return file


def _let_officers_work(world: World) -> None:
    """Parent A's form is returned and answered; B's and both professionals' are approved; C's child waits."""
    letter = cases.Letter("About your form", "Dear sender, this is our message.")
    senders = {"send": "parent B", "safeguarding": "professional", "early-help": "professional 2"}
    for team, name in senders.items():
        officer, owned = world.people[team], world.owned[name]
        decision = linkage.add_child_for(owned.case.mention, by=officer, now=LATER)
        cases.open_first(owned.case, by=officer, now=LATER)
        owned.case.refresh_from_db()
        world.cases[team] = cases.approve(owned.case, letter, by=officer, now=LATER)
        if team == "send":
            world.decision = decision
    asked = world.owned["parent A"]
    linkage.match_mention(
        asked.case.mention,
        child=world.cases["send"].mention.child,
        choices=dict.fromkeys(("address", "forename", "midname", "surname", "gender"), "ours"),
        by=world.people["send"],
        now=LATER,
        confirmed=True,
    )
    case = cases.open_first(asked.case, by=world.people["send"], now=LATER)
    case = cases.request_information(case, letter, by=world.people["send"], now=LATER)
    _answer(asked, case, world.people["parent A"])
    for owned in world.owned.values():
        owned.case.refresh_from_db()
    world.waiting = Mention.objects.get(pk=world.owned["parent C"].case.mention_id)
    world.child_form = keying.begin_child_form(
        world.cases["send"].mention.child,
        version=world.owned["parent B"].submission.version,
        known={},
        lent=Lent({}, {}),
        by=world.people["send"],
        language="en",
        now=LATER,
    )
    _let_officers_wonder(world)
    _let_officers_share(world)
    _let_officers_ask(world)
    _let_a_process_run(world)
    for name in (*TEAMS, *STAFF):
        may_look(world.people[name], *Child.objects.all())


def _let_officers_share(world: World) -> None:
    """Parent B is on the involvement of the child, and the form they sent is shared with them."""
    entry, officer = world.entry("send"), world.people["send"]
    child = entry.mention.child
    details = Details("Father", authenticated=True, reason="Seen")
    person = sharing.add_portal_user(
        child, user=world.people["parent B"], details=details, by=officer, now=LATER
    )
    world.adult = persons.add_person(
        persons.Details("Pritchard"), child=child, relation="Father", key=uuid4(), by=officer, now=LATER
    )
    world.adult_link = links.link_user(
        world.people["parent B"], person=world.adult, child=child.pk, by=officer, now=LATER
    )
    call = communications.Details("telephone", "Dr Price", "Asked for the report", LATER)
    world.noted = communications.note_by_hand(child, details=call, key=uuid4(), by=officer, now=LATER)
    preview = shared.preview(child, entry, [person.pk])
    [world.shared] = sharing.share_form(
        entry, child=child, people=[person.pk], seen=preview.digest, by=officer, now=LATER
    )


def _let_officers_ask(world: World) -> None:
    """Parent B is asked for two things about the child, and answered one of them with a file."""
    assert world.shared is not None
    person, officer = world.shared.recipient, world.people["send"]
    due_on, told_on = LATER.date() + timedelta(days=20), LATER.date()
    asked = AskedFor("What does she like?", due_on, portal_user=person, notified_on=told_on)
    acting: dict[str, Any] = {"by": officer, "now": LATER}
    child = person.involvement.child
    world.information, world.answered = (
        advice.add_request(child, asked, key=uuid4(), **acting) for _ in range(2)
    )
    upload = SimpleUploadedFile("answer.txt", b"An answer.")
    answer = advice.answer(
        world.answered, words="Music", uploads=[upload], key=uuid4(), by=person.user, now=LATER
    )
    world.answer_file = StoredFile.objects.get(held_by_kind=advice_queries.HELD_BY, held_by_id=str(answer.pk))
    StoredFile.objects.filter(pk=world.answer_file.pk).update(state="clean", scanned_at=LATER)


def _let_a_process_run(world: World) -> None:
    """The child that is shared has a process that was taken up, and an exception from its limits."""
    officer, today = world.people["send"], LATER.date()
    received = today - timedelta(weeks=10)
    facts = Facts({"received": received, "assess": today - timedelta(weeks=5)}, {"assess": "no"})
    acting: dict[str, Any] = {"key": uuid4(), "by": officer, "now": LATER}
    child = world.shared.recipient.involvement.child
    world.process = ehc_process.start_process(child, facts, **acting)
    told = ehc_process.Told(
        kind="absent",
        evidence="A letter",
        decided_by="The panel",
        decided_on=today,
        first_on=received,
        last_on=received + timedelta(days=30),
    )
    world.excuse = ehc_process.record_excuse(world.process, told, **acting)


def _let_officers_wonder(world: World) -> None:
    """A question about who waits, a decision looked at again, two records that were one for a while."""
    officer = world.people["send"]
    world.opinion = linkage.ask_opinion(
        world.waiting, question="Are they twins?", team="safeguarding", by=officer, now=LATER
    )
    linkage.look_again(LATER)
    world.second_look = SecondLook.objects.get(decision=world.decision)
    kept, gone = (world.cases[team].mention.child for team in ("safeguarding", "early-help"))
    choices = {each.field: "ours" for each in differences_between(kept, gone)}
    merge = linkage.merge_children(kept, gone, choices=choices, by=officer, now=LATER, confirmed=True)
    world.merge = linkage.unmerge_children(merge, by=officer, now=LATER)


def _answer(asked: Owned, case: Case, sender: User) -> None:
    upload = SimpleUploadedFile("answer.txt", b"An answer.")
    cases.receive_answer(
        case, by=sender, body="Here it is.", uploads=[upload], key=uuid4().hex[:32], now=LATER
    )
    StoredFile.objects.filter(held_by_kind="message").update(state=StoredFile.State.CLEAN)
    asked.answer_file = StoredFile.objects.get(held_by_kind="message")


# Who asks. Those after the first line are people of the world whose session is open while something was
# taken from them.
PERSONAS: dict[str, str] = {
    "anonymous": "",
    "unconfirmed": "parent A",
    "parent A one step": "parent A",
    "parent A": "parent A",
    "parent B": "parent B",
    "parent C": "parent C",
    "young person": "young person",
    "professional": "professional",
    "professional 2": "professional 2",
    "send officer one step": "send",
    "send officer": "send",
    "safeguarding officer": "safeguarding",
    "early help officer": "early-help",
    "administrator": "administrator",
    "auditor": "auditor",
    "service officer": "service officer",
    "finance officer": "finance officer",
    "school user": "school user",
    "school administrator": "school administrator",
    "school supervisor": "school supervisor",
    "supervisor elsewhere": "supervisor elsewhere",
    "governor": "governor",
    "role ended": "parent A",
    "officer role ended": "send",
    "disabled": "parent A",
    "locked": "parent A",
    "consent withdrawn": "parent A",
}
_STATES = {
    "unconfirmed": User.State.UNCONFIRMED,
    "disabled": User.State.DISABLED,
    "locked": User.State.LOCKED,
    "consent withdrawn": User.State.WITHDRAWN,
}


def client_of(world: World, persona: str) -> Client:
    """A browser of ``persona``, whose session was opened while everything was still in order."""
    client = Client(raise_request_exception=False)
    who = PERSONAS[persona]
    if not who:
        return client
    user = world.people[who]
    come_in(client, user, verified="one step" not in persona)
    if state := _STATES.get(persona):
        User.objects.filter(pk=user.pk).update(state=state)
    if persona.endswith("role ended"):
        for held in Membership.objects.filter(user=user):
            membership.end_role(held, by=None, now=LATER)
    return client
