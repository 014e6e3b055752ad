"""The pages that only appear in the middle of a journey, on what ``stage.py`` set up."""

from .pages import (
    ASKED_PARENT,
    AUDITOR,
    NOBODY,
    OFFICER,
    SAFEGUARDING,
    TEACHER,
    YOUNG,
    Place,
    link,
    wrong,
)

SEND = "press:main form button[value=send]"
WRITTEN = ("type:#subject=About your form", "type:#body=We have **read** it.", "tick:input[name=reason]")
STALE = ("set:input[name=revision]=0", "set:input[name=base]={}")
LONG_CASE = 200_000
PROCESS = "/council/children/{shared_child}/process/"
CHILD_LOG = "/council/children/{shared_child}/communications/"
CASE_LOG = "/council/review/{open}/communications/"
SHARING, SHARE = "/council/children/{shared_child}/sharing/", "/council/children/entries/{entry}/share/"


def _step(draft: str, place: str) -> str:
    return f"/forms/{{{draft}}}/steps/{place}/"


def _decide(case: str, verb: str) -> tuple[Place, ...]:
    """The page of a decision: as it opens, without its message, and with how it will look."""
    path = f"/council/review/{{{case}}}/decide/{verb}/"
    return (
        Place("council:decide", path),
        Place("council:decide", path, ("type:#subject=", "type:#body=", SEND), 422),
        Place("council:decide", path, (*WRITTEN, "press:main form button[value=preview]:not([hidden])")),
    )


DEEP: dict[str, tuple[Place, ...]] = {
    NOBODY: (
        Place("", "/down", status=503, title_parts=1),
        wrong("account:sign-in", "/account/sign-in", "type:#name=nobody@example.org"),
    ),
    ASKED_PARENT: (
        Place("families:shared", "/shared/"),
        Place("families:process", "/process/"),
        link("families:shared-form", "/shared/", "/shared/[0-9a-f-]{36}/$"),
        Place("filling:start", "/forms/start/EHCNA-PARENT/"),
        Place("filling:start", "/forms/start/EHCNA-PARENT/", ("press:main form button.govuk-button",)),
        Place("filling:step", _step("gaps", "child")),
        wrong("filling:step", _step("empty", "child")),
        Place("filling:step", _step("whole", "needs")),
        wrong("filling:step", _step("empty", "needs")),
        Place("filling:step", _step("whole", "parents")),
        Place("filling:row", _step("whole", "parents"), (r"link:/steps/parents/[\w-]+/$",)),
        wrong("filling:row", _step("empty", "parents")),
        Place("filling:step", _step("whole", "evidence")),
        Place(
            "filling:step",
            _step("empty", "evidence"),
            ("show:main button[name=upload]", "press:main button[name=upload]"),
            422,
        ),
        Place(
            "filling:step",
            _step("whole", "views"),
            (*STALE, "set:#q-views_liked=Trains.", "press:#step .govuk-button-group button"),
            409,
        ),
        Place("filling:summary", "/forms/{gaps}/summary/"),
        Place("filling:summary", "/forms/{whole}/summary/"),
        wrong("filling:summary", "/forms/{whole}/summary/"),
        Place("filling:delete", "/forms/{whole}/delete/"),
        Place("filling:sent", "/forms/sent/{sent}/"),
        Place("filling:submission", "/forms/submissions/{submission}/"),
        Place("filling:saved", "/forms/saved/"),
        Place("filling:submitted", "/forms/submitted/"),
        Place("inbox:list", "/messages/"),
        link("inbox:message", "/messages/", "/messages/[0-9a-f-]{36}/$"),
        Place("inbox:conversation", "/messages/about/{asked}/"),
        wrong("inbox:conversation", "/messages/about/{asked}/"),
        Place("account:held", "/home", ("cookie:held={held}", "go:/account/held")),
        wrong("account:new-email", "/account/change-email/new"),
        wrong("account:change-password", "/account/change-password"),
        wrong("account:personal", "/account/personal-details", "type:#forename=", "type:#surname="),
        wrong("account:contact", "/account/contact-details", "type:#postcode=nowhere"),
        Place("", "/council/", status=404),
        Place("", "/forms/saved/nothing/", status=404),
    ),
    YOUNG: (
        Place("families:own-forms", "/send/me/"),
        Place("filling:start", "/forms/start/EHCNA-YOUNG/"),
    ),
    TEACHER: (
        Place("filling:start", "/forms/start/EARLYHELP-PRO/"),
        Place("filling:step", _step("tabs", "child")),
        wrong("filling:step", _step("tabs", "reason")),
        Place("filling:step", _step("tabs", "services")),
        Place("filling:summary", "/forms/{tabs}/summary/"),
        Place("filling:step", _step("concern", "additional")),
        Place("filling:summary", "/forms/{concern}/summary/"),
        Place(
            "filling:confirm",
            "/forms/{concern}/summary/",
            ("tick:input[name=declarations]", "press:#send button"),
        ),
    ),
    OFFICER: (
        Place("council:child-process", PROCESS),
        Place("council:process-start", PROCESS + "start/"),
        link("council:process-dates", PROCESS, r"/dates/$"),
        wrong("council:process-dates", PROCESS, r"link:/dates/$", "type:#received-year=2030"),
        link("council:process-marker", PROCESS, r"/markers/$"),
        link("council:process-excuse", PROCESS, r"/exceptions/$"),
        wrong("council:process-excuse", PROCESS, r"link:/exceptions/$"),
        Place("council:case-log", CASE_LOG),
        Place("council:case-note", f"{CASE_LOG}add/"),
        wrong("council:case-note", f"{CASE_LOG}add/"),
        link("council:communication", CHILD_LOG, r"/council/communications/[^/]+/$"),
        Place("council:child-sharing", SHARING),
        Place("council:sharing-find", SHARING + "add/?q=marek"),
        link("council:sharing-add", SHARING + "add/?q=marek", r"/sharing/add/\d+/$"),
        wrong("council:sharing-add", SHARING + "add/?q=marek", r"link:/sharing/add/\d+/$"),
        link("council:sharing-change", SHARING, r"/sharing/\d+/$"),
        Place(
            "council:sharing-change",
            SHARING,
            (r"link:/sharing/\d+/$", "tick:#authenticated", "press:button[value=ok]"),
        ),
        link("council:share-stop", SHARING, "/stop/$"),
        Place("council:share-form", SHARE),
        wrong("council:share-form", SHARE),
        Place("council:share-form", SHARE, ("tick:input[name=people]", "press:button[value=look]")),
        Place("council:case", "/council/review/{asked}/", most_bytes=LONG_CASE),
        Place("council:case", "/council/review/{open}/?show=answered", most_bytes=LONG_CASE),
        *_decide("open", "approve"),
        *_decide("open", "reject"),
        *_decide("open", "request-information"),
        *_decide("unknown", "resubmit"),
        *_decide("open", "write"),
        Place("council:decide", "/council/review/{open}/decide/resubmit/", status=409),
        Place("council:sharing", "/council/review/{approved}/sharing/{decision}/"),
        wrong("council:sharing", "/council/review/{approved}/sharing/{decision}/"),
        Place("council:done", "/council/review/{approved}/done/{decision}/"),
        Place("council:matching", "/council/matching/?find=a"),
        Place("council:matching", "/council/matching/?find=xqz"),
        Place("council:mention", "/council/matching/{mention}/?child={record}"),
        Place(
            "council:mention",
            "/council/matching/{mention}/?child={record}",
            ("press:button[name=do][value=match]",),
            422,
        ),
        Place("council:mention", "/council/matching/{mention}/?q=jones"),
        Place("council:mention", "/council/matching/{settled}/"),
        Place("council:mention-sure", "/council/matching/{mention}/add/"),
        Place("council:mention-sure", "/council/matching/{mention}/reject/"),
        Place("council:mention-sure", "/council/matching/{settled}/return/"),
        Place("council:entry", "/council/children/entries/{entry}/"),
        wrong("account:change-password", "/account/change-password"),
        Place("", "/council/status/", status=403),
        Place("", "/council/review/NOTHING/", status=404),
    ),
    SAFEGUARDING: (
        Place("council:case", "/council/review/{concerned}/", most_bytes=LONG_CASE),
        Place("council:pass-on", "/council/review/{concerned}/pass-on/"),
        wrong("council:pass-on", "/council/review/{concerned}/pass-on/"),
    ),
    AUDITOR: (
        Place("council:audit", "/council/audit/?room=cases"),
        Place(
            "council:audit",
            "/council/audit/?person=nobody&child=x&start-day=31&start-month=2",
        ),
        Place("council:audit", "/council/audit/?room=membership&child=999999"),
    ),
}
