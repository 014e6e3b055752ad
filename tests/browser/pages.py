"""The pages that people meet, as data: who opens them, where they begin, and what is pressed to get there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

NOBODY = ""
PARENT = "dilys@example.org"
YOUNG = "ellie@example.org"
PROFESSIONAL = "fatima@school.example.org"
ASKED_PARENT = "amina@example.org"
TEACHER = "sian@ysgol.example.org"
SUPERVISOR = "nerys@ysgol.example.org"
OFFICER = "angharad"
SAFEGUARDING = "ruth"
ADMINISTRATOR = "owen"
AUDITOR = "helen"
STAFF = (OFFICER, SAFEGUARDING, ADMINISTRATOR, AUDITOR)


@dataclass(frozen=True)
class Place:
    """A page: start at ``path``, then do each of ``then``.

    ``link:PATTERN`` follows the first link of the page whose address matches, ``press:CSS`` presses a
    button, ``tick:CSS`` ticks, ``type:CSS=WORDS`` types, ``set:CSS=WORDS`` does so unseen by scripts,
    ``show:CSS`` shows what scripts hide, ``cookie:NAME=WORDS`` gives the browser a cookie, ``go:PATH`` goes
    on there. ``{names}`` stand for what ``stage.py`` made. ``status`` is what the last page answers,
    ``most_bytes`` how long it may be, ``title_parts`` how many parts its title has.
    """

    route: str
    path: str
    then: tuple[str, ...] = ()
    status: int = 200
    most_bytes: int = 100_000
    title_parts: int = 3

    def on(self, staged: Mapping[str, str]) -> "Place":
        """The same place, with the names filled in."""
        then = tuple(_filled(step, staged) for step in self.then)
        return replace(self, path=_filled(self.path, staged), then=then)

    def __str__(self) -> str:
        return " ".join((self.path, *self.then))


def _filled(words: str, staged: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: staged[found[1]], words)


def link(route: str, path: str, *patterns: str) -> Place:
    return Place(route, path, tuple(f"link:{pattern}" for pattern in patterns))


def wrong(route: str, path: str, *before: str, form: str = "main form", status: int = 422) -> Place:
    """The page after its form was sent without anything in it."""
    return Place(
        route, path, (*before, f"press:{form} button.govuk-button:not(.govuk-button--secondary)"), status
    )


CONSENT = "/council/administration/consent"
PRIVACY = "/council/administration/privacy"
CASE = "/council/review/[A-Za-z0-9-]+/$"
MENTION = r"/council/matching/\d+/$"
CHILD = r"/council/children/\d+/$"
DRAFT = "/forms/[0-9a-f-]{36}/"
PEOPLE = "/council/administration"
USER = r"/administration/users/\d+/$"
SUBMISSION = r"/forms/submissions/\d+/$"

PLACES: dict[str, tuple[Place, ...]] = {
    NOBODY: (
        Place("schools:home", "/schools/"),
        Place("schools:a-z", "/schools/a-z"),
        Place("schools:jobs", "/schools/jobs"),
        Place("schools:search", "/schools/search?q=school"),
        Place("schools:help", "/schools/help/"),
        Place("schools:requirements", "/schools/help/requirements"),
        Place("account:sign-in", "/account/sign-in?door=schools"),
        wrong("account:sign-in", "/account/sign-in?door=schools"),
        link("schools:entry", "/schools/", r"/schools/pages/\d+/$"),
        Place("families:front", "/"),
        Place("families:public", "/public"),
        Place("families:about", "/about"),
        Place("families:contact", "/contact-us"),
        Place("families:terms", "/terms-and-conditions"),
        Place("families:privacy", "/privacy-notice"),
        Place("families:cookies", "/cookies-policy"),
        Place("account:sign-in", "/account/sign-in"),
        Place("account:sign-in", "/account/sign-in?door=council"),
        wrong("account:sign-in", "/account/sign-in"),
        Place("account:data-protection", "/account/register/data-protection"),
        wrong("account:data-protection", "/account/register/data-protection"),
        Place(
            "account:register",
            "/account/register/data-protection",
            ("tick:#agree", "press:main form button.govuk-button"),
        ),
        wrong(
            "account:register",
            "/account/register/data-protection",
            "tick:#agree",
            "press:main form button.govuk-button",
        ),
        Place("account:forgotten", "/account/forgotten"),
        wrong("account:forgotten", "/account/forgotten"),
        Place(
            "account:forgotten-question",
            "/account/forgotten",
            ("type:#email=nobody@example.org", "press:main form button.govuk-button"),
        ),
        Place(
            "account:forgotten-sent",
            "/account/forgotten",
            (
                "type:#email=nobody@example.org",
                "press:main form button.govuk-button",
                "press:main form button.govuk-button",
            ),
        ),
        Place("account:old-password", "/account/sign-in/change-password"),
        wrong("account:old-password", "/account/sign-in/change-password"),
        Place("account:signed-out", "/account/signed-out"),
        Place("account:link-register", "/account/confirm/not-a-key", status=410),
        Place("account:link-change-email", "/account/confirm-email/not-a-key", status=410),
        Place("account:link-unlock", "/account/unlock/not-a-key", status=410),
        Place("account:link-set-password", "/account/set-password/not-a-key", status=410),
        Place("professionals:home", "/professionals/"),
        Place("filling:overview", "/forms/overview/SAFEGUARDING-PRO/"),
        Place("filling:overview-next", "/forms/overview/SAFEGUARDING-PRO/next/"),
        Place("demonstration:mailbox", "/demonstration/mailbox/"),
        link("demonstration:letter", "/demonstration/mailbox/", "/demonstration/mailbox/.+/$"),
        Place("", "/nowhere", status=404),
    ),
    PARENT: (
        Place("families:home", "/home"),
        Place("families:service", "/services/thirty-hours/"),
        Place("families:service", "/services/free-school-meals/"),
        Place("families:family", "/family/"),
        Place("families:add-child", "/family/add"),
        wrong("families:add-child", "/family/add"),
        link("families:child", "/family/", "/family/[0-9a-f-]{36}/$"),
        link("families:looked", "/family/", "/family/[0-9a-f-]{36}/$", "/looked$"),
        Place("families:choose-person", "/send/"),
        link("families:forms", "/send/", "/send/[0-9a-f-]{36}/$"),
        Place("families:my-details", "/send/me/details"),
        Place("account:home", "/account/"),
        Place("account:personal", "/account/personal-details"),
        wrong("account:personal", "/account/personal-details", "type:#forename="),
        Place("account:contact", "/account/contact-details"),
        wrong("account:contact", "/account/contact-details", "type:#postcode="),
        Place("account:change-email", "/account/change-email"),
        Place("account:change-password", "/account/change-password"),
        wrong("account:change-password", "/account/change-password"),
        Place("account:circumstances", "/account/change-of-circumstances"),
        Place("account:two-step", "/account/two-step-verification"),
        Place("account:consent", "/account/consent-history"),
        Place("account:withdraw", "/account/withdraw-consent"),
        Place("account:withdraw-statement", "/account/withdraw-consent/data-protection"),
        Place("account:withdraw-decline", "/account/withdraw-consent/decline"),
        Place("account:withdrawn", "/account/withdraw-consent/done"),
        Place("account:declined", "/account/data-protection/declined"),
        Place("account:update", "/account/update"),
        wrong("account:update", "/account/update", "type:#forename="),
        Place("account:language-preference", "/account/language-preference"),
        Place("account:emails", "/account/emails"),
        Place("account:ways", "/account/ways-to-sign-in"),
        Place("account:recovery-codes", "/account/ways-to-sign-in/recovery-codes"),
        Place(
            "account:add-app",
            "/account/ways-to-sign-in",
            ("press:main form button.govuk-button",),
        ),
        Place("account:sessions", "/account/signed-in"),
        Place("filling:saved", "/forms/saved/"),
        Place("filling:submitted", "/forms/submitted/"),
        Place("filling:start", "/forms/start/EHCNA-PARENT/"),
        link("filling:submission", "/forms/submitted/", SUBMISSION),
        Place("inbox:list", "/messages/"),
        link("inbox:message", "/messages/", "/messages/[0-9a-f-]{36}/$"),
    ),
    PROFESSIONAL: (
        Place("professionals:home", "/professionals/"),
        Place("filling:start", "/forms/start/SAFEGUARDING-PRO/"),
        Place("filling:start", "/forms/start/EARLYHELP-PRO/"),
        Place("inbox:list", "/messages/"),
        Place("filling:saved", "/forms/saved/"),
        Place("filling:submitted", "/forms/submitted/"),
    ),
    SUPERVISOR: (
        Place("schools:home", "/schools/"),
        Place("schools:details", "/schools/details"),
        Place("schools:feedback", "/schools/feedback"),
        wrong("schools:feedback", "/schools/feedback", form="main form:has(textarea)"),
        Place("schools:users", "/schools/users/"),
        Place("schools:users", "/schools/users/?sort=-email"),
        Place("schools:add", "/schools/users/new"),
        Place("schools:upload", "/schools/users/import/"),
        link("schools:edit", "/schools/users/", r"/schools/users/\d+/$"),
        link("schools:act", "/schools/users/", r"/schools/users/\d+/$", "/reset-password$"),
        Place("schools:account-management", "/schools/account-management/"),
        link("schools:user-details", "/schools/account-management/", r"/account-management/\d+/$"),
        link(
            "schools:choose-services",
            "/schools/account-management/",
            r"/account-management/\d+/$",
            "/services$",
        ),
        Place("schools:duties", "/schools/duties/"),
        Place("schools:secure", "/schools/services/"),
        Place("schools:account-help", "/schools/help/account"),
    ),
    OFFICER: (
        Place("council:home", "/council/"),
        Place("council:review", "/council/review/"),
        Place("council:review", "/council/review/?status=approved"),
        Place("council:review", "/council/review/?start-day=31&start-month=2&start-year=2026", status=200),
        link("council:case", "/council/review/?status=opened", CASE),
        link("council:case", "/council/review/?status=not-opened", CASE),
        link("council:case-print", "/council/review/?status=opened", CASE, r"/print/$"),
        Place("council:matching", "/council/matching/"),
        Place("council:matching", "/council/matching/?state=settled"),
        link("council:mention", "/council/matching/", MENTION),
        link("council:mention-sure", "/council/matching/", MENTION, r"/council/matching/\d+/add/"),
        link("council:mention-sure", "/council/matching/", MENTION, r"/council/matching/\d+/reject/"),
        Place("council:children", "/council/children/"),
        Place("council:children", "/council/children/?q=pritchard"),
        Place("council:children", "/council/children/?q=qqqq"),
        link("council:child", "/council/children/?q=jones", CHILD),
        link("council:child-change", "/council/children/?q=jones", CHILD, r"/change/$"),
        link("council:child-chronology", "/council/children/?q=jones", CHILD, r"/chronology/$"),
        link("council:child-forms", "/council/children/?q=jones", CHILD, r"/forms/$"),
        link("council:child-looked", "/council/children/?q=jones", CHILD, r"/looked/$"),
        Place("account:home", "/account/"),
        Place("account:two-step", "/account/two-step-verification"),
    ),
    SAFEGUARDING: (
        Place("council:home", "/council/"),
        Place("council:review", "/council/review/"),
        link("council:case", "/council/review/", CASE),
    ),
    ADMINISTRATOR: (
        Place("building:list", "/council/forms/"),
        Place("building:list", "/council/forms/?code=qqqqqq"),
        Place("building:new", "/council/forms/new/"),
        wrong("building:new", "/council/forms/new/"),
        Place("building:bank", "/council/forms/questions/", most_bytes=200_000),
        Place("building:bank", "/council/forms/questions/?q=qqqqqq"),
        Place("building:question", "/council/forms/questions/CHILD_SURNAME/"),
        Place("building:question", "/council/forms/questions/CHILD_SURNAME/?change=1"),
        Place("building:question-delete", "/council/forms/questions/CHILD_SURNAME/delete/"),
        Place("building:form", "/council/forms/EHCNA-PARENT/"),
        Place("building:clone", "/council/forms/EHCNA-PARENT/clone/"),
        Place("building:selector", "/council/forms/EHCNA-PARENT/selector/", most_bytes=300_000),
        Place("building:map", "/council/forms/EHCNA-PARENT/map/", most_bytes=200_000),
        Place("building:group-new", "/council/forms/EHCNA-PARENT/groups/new/"),
        wrong("building:group-new", "/council/forms/EHCNA-PARENT/groups/new/"),
        Place("building:group", "/council/forms/EHCNA-PARENT/groups/child/"),
        Place("building:group-delete", "/council/forms/EHCNA-PARENT/groups/child/delete/"),
        Place("building:group-rule", "/council/forms/EHCNA-PARENT/groups/child/rule/"),
        Place("building:question-new", "/council/forms/EHCNA-PARENT/questions/new/"),
        wrong("building:question-new", "/council/forms/EHCNA-PARENT/questions/new/"),
        Place("building:placed", "/council/forms/EHCNA-PARENT/questions/CHILD_SURNAME/"),
        Place("building:question-rule", "/council/forms/EHCNA-PARENT/questions/CHILD_SURNAME/rule/"),
        Place("building:versions", "/council/forms/versions/EHCNA-PARENT/"),
        Place("building:withdraw", "/council/forms/withdraw/EHCNA-PARENT/"),
        Place("building:compare", "/council/forms/compare/EHCNA-PARENT/"),
        Place("building:import", "/council/forms/import/"),
        Place("building:preview", "/council/forms/preview/EHCNA-PARENT/"),
        Place("building:preview-step", "/council/forms/preview/EHCNA-PARENT/steps/child/"),
        Place("administration:schools", "/council/administration/schools/"),
        link("administration:school", "/council/administration/schools/", r"/schools/\d+/$"),
        Place("administration:school-changes", "/council/administration/schools/changes/"),
        Place("administration:school-requests", "/council/administration/schools/requests/"),
        Place("administration:school-upload", "/council/administration/schools/import/"),
        Place("administration:job-titles", "/council/administration/job-titles/"),
        Place("administration:school-site", "/council/administration/school-site/"),
        Place("administration:school-site-new", "/council/administration/school-site/new/"),
        Place("council:status", "/council/status/"),
        Place("administration:groups", f"{PEOPLE}/groups/"),
        Place(
            "administration:groups",
            f"{PEOPLE}/groups/",
            (
                "tick:input[value='auditor:users']",
                "tick:input[value='auditor:children']",
                "press:main form button.govuk-button",
            ),
        ),
        Place("administration:groups-printed", f"{PEOPLE}/groups/printed/"),
        Place("administration:group-new", f"{PEOPLE}/groups/new/"),
        wrong("administration:group-new", f"{PEOPLE}/groups/new/"),
        Place("administration:group", f"{PEOPLE}/groups/of-staff/helpline/"),
        Place("administration:group-end", f"{PEOPLE}/groups/of-staff/helpline/end/"),
        link("administration:groups-undo", f"{PEOPLE}/groups/", "/undo/$"),
        Place("administration:users", f"{PEOPLE}/users/"),
        Place("administration:users", f"{PEOPLE}/users/?q=angharat+pugh"),
        Place("administration:users", f"{PEOPLE}/users/?q=qqqqqq"),
        link("administration:user", f"{PEOPLE}/users/?q=angharad", USER),
        link("administration:user-places", f"{PEOPLE}/users/?q=angharad", USER, "/groups/$"),
        link("administration:user-act", f"{PEOPLE}/users/?q=angharad", USER, "/lock/$"),
        link("administration:user-email", f"{PEOPLE}/users/?q=angharad", USER, "/email/$"),
        Place("administration:user-new", f"{PEOPLE}/users/new/"),
        wrong("administration:user-new", f"{PEOPLE}/users/new/"),
        Place("administration:invitations", f"{PEOPLE}/invitations/"),
        Place("administration:invitation-new", f"{PEOPLE}/invitations/new/"),
        wrong("administration:invitation-new", f"{PEOPLE}/invitations/new/"),
        Place("administration:invitations-many", f"{PEOPLE}/invitations/many/"),
        Place(
            "administration:invitations-many",
            f"{PEOPLE}/invitations/many/",
            ("type:#lines=broken", "press:main form button.govuk-button"),
            422,
        ),
        link("administration:invitation-act", f"{PEOPLE}/invitations/", "/withdraw/$"),
        Place("administration:settings", "/council/administration/settings/"),
        Place("administration:setting", "/council/administration/settings/password/"),
        Place("administration:setting", "/council/administration/settings/ecs/"),
        Place("administration:setting", "/council/administration/settings/printing/"),
        Place("administration:setting", "/council/administration/settings/application/"),
        Place("administration:setting", "/council/administration/settings/application-types/"),
        Place("administration:setting", "/council/administration/settings/scheduled-task/"),
        Place("administration:setting", "/council/administration/settings/cases/"),
        Place("administration:setting", "/council/administration/settings/look/"),
        Place("administration:setting-history", "/council/administration/settings/drafts/history/"),
        Place("administration:announcements", "/council/administration/announcements/"),
        Place("administration:tiles", "/council/administration/tiles/"),
        Place("administration:tile", "/council/administration/tiles/transport/"),
        Place("administration:footer", "/council/administration/footer/"),
        Place("administration:footer-page", "/council/administration/footer/about/"),
        Place("administration:cache", "/council/administration/cache/"),
        Place("administration:cache-clear", "/council/administration/cache/everything/clear/"),
        Place("administration:consent-cache", "/council/administration/consent/cache/"),
        Place("administration:texts", "/council/administration/texts/?area=account&q=emailsubject"),
        Place("administration:texts", "/council/administration/texts/?area=admissions"),
        Place("administration:text", "/council/administration/texts/text-blocks/Email_Registration/en/"),
        Place("administration:texts-both", "/council/administration/texts/side-by-side/?area=home"),
        Place("administration:texts-import", "/council/administration/texts/spreadsheet/"),
        Place("administration:emails", "/council/administration/emails/"),
        Place("administration:email", "/council/administration/emails/Registration/"),
        Place("administration:templates", "/council/administration/templates/"),
        Place("administration:template-create", "/council/administration/templates/new/"),
        wrong("administration:template-create", "/council/administration/templates/new/"),
        link("administration:template", "/council/administration/templates/", r"/templates/\d+/$"),
        link(
            "administration:template-edit",
            "/council/administration/templates/",
            r"/templates/\d+/$",
            r"/templates/\d+/edit/$",
        ),
        link(
            "administration:template-delete",
            "/council/administration/templates/",
            r"/templates/\d+/$",
            r"/templates/\d+/delete/$",
        ),
        Place("administration:consent", f"{CONSENT}/"),
        Place("administration:consent-questions", f"{CONSENT}/questions/"),
        link("administration:consent-question", f"{CONSENT}/questions/", r"/questions/\d+/$"),
        Place("administration:consent-question-add", f"{CONSENT}/questions/add/"),
        Place(
            "administration:consent-question-add",
            f"{CONSENT}/questions/add/",
            ("type:#statement_en=Words", "type:#agreement_en=I agree", "press:button[value=en].govuk-button"),
        ),
        wrong("administration:consent-question-add", f"{CONSENT}/questions/add/"),
        Place("administration:consent-schedule", f"{CONSENT}/schedule/"),
        link("administration:consent-statement", f"{CONSENT}/schedule/", r"/statements/\d+/$"),
        Place("administration:consent-schedule-add", f"{CONSENT}/schedule/add/"),
        wrong("administration:consent-schedule-add", f"{CONSENT}/schedule/add/"),
        Place("administration:consent-emails", f"{CONSENT}/emails/"),
        link("administration:consent-schedule-delete", f"{CONSENT}/schedule/", "/delete/$"),
        Place("administration:consent-withdrawals", f"{CONSENT}/withdrawals/"),
        link("administration:consent-children", f"{CONSENT}/withdrawals/", "/children/$"),
        Place("administration:consent-withdrawals", f"{CONSENT}/withdrawals/?status=all"),
        Place("administration:consent-histories", f"{CONSENT}/histories/"),
        link("administration:consent-history", f"{CONSENT}/histories/", r"/histories/\d+/$"),
    ),
    AUDITOR: (
        Place("council:audit", "/council/audit/"),
        Place("administration:privacy", f"{PRIVACY}/"),
        Place("administration:privacy-new", f"{PRIVACY}/requests/new/"),
        wrong("administration:privacy-new", f"{PRIVACY}/requests/new/"),
        Place("administration:privacy-keeping", f"{PRIVACY}/keeping/"),
        Place("administration:privacy-kept", f"{PRIVACY}/keeping/forms/"),
        Place("administration:privacy-hold", f"{PRIVACY}/holds/new/"),
        wrong("administration:privacy-hold", f"{PRIVACY}/holds/new/"),
    ),
}

# Routes that no list above opens, and why.
ELSEWHERE = {
    "account:add-passkey": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:another-way": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:app-code": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:enrol": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:enrol-app": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:enrol-passkey": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:first-question": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:passkey": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:recovery-code": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:remove-way": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:rename-way": "needs a second step of its own kind, not opened here yet; tests/doors/account",
    "account:directory": "sends the browser to a directory; tests/doors/account",
    "account:directory-back": "where a directory sends the browser back to; tests/doors/account",
    "administration:consent-cache-clear": "not opened here yet; tests/doors/administration",
    "administration:home": "not opened here yet; tests/doors/administration",
    "administration:job-title": "not opened here yet; tests/doors/administration",
    "administration:provider": "not opened here yet; tests/doors/administration",
    "administration:provider-add": "not opened here yet; tests/doors/administration",
    "administration:provider-remove": "not opened here yet; tests/doors/administration",
    "administration:providers": "not opened here yet; tests/doors/administration",
    "administration:school-act": "not opened here yet; tests/doors/administration",
    "administration:school-add": "not opened here yet; tests/doors/administration",
    "administration:school-import": "not opened here yet; tests/doors/administration",
    "administration:school-request": "not opened here yet; tests/doors/administration",
    "administration:school-site-entry": "not opened here yet; tests/doors/administration",
    "administration:school-site-remove": "not opened here yet; tests/doors/administration",
    "administration:school-template": "a file",
    "council:archive": "a file",
    "logo": "a picture",
    "schools:case": "not opened here yet; tests/doors/schools/test_cases.py",
    "schools:case-abandon": "not opened here yet; tests/doors/schools/test_cases.py",
    "schools:case-start": "not opened here yet; tests/doors/schools/test_cases.py",
    "schools:cases": "not opened here yet; tests/doors/schools/test_cases.py",
    "schools:new-case": "not opened here yet; tests/doors/schools/test_cases.py",
    "schools:case-pdf": "a file",
    "professionals:invitation": "needs the link of an email; tests/doors/administration",
    "schools:secure-service": "needs an approver's choice; tests/doors/schools/test_secure.py",
    "schools:ask-for-account": "for a recorded head or office; tests/doors/schools/test_front.py",
    "schools:end-duty": "needs a duty; tests/doors/schools/test_users.py",
    "schools:import": "needs a spreadsheet; tests/doors/schools/test_importing.py",
    "schools:template": "a file",
    "families:announced": "needs an announcement; tests/doors/families/test_services.py",
    "administration:announced": "needs an announcement; tests/doors/families/test_services.py",
    "alive": "no page: for whoever watches the machine",
    "ready": "no page: for whoever watches the machine",
    "brand": "no page: the authority's colours",
    "account:register-sign-in": "opened in the journey of the main job",
    "account:register-code": "opened in the journey of the main job",
    "account:terms": "opened in the journey of the main job",
    "account:code": "opened by everybody who signs in",
    "account:held": "opened in the journey of a session that ends",
    "account:new-email": "its password is asked again first; tests/doors/account",
    "account:new-email-sent": "needs the step before; tests/doors/account",
    "account:new-statement": "needs a newer statement; tests/doors/account/test_consent.py",
    "account:decline-statement": "needs a newer statement; tests/doors/account/test_consent.py",
    "account:secret-question": "only while the setting is on; tests/doors/account",
    "families:own-forms": "the Forms page of a child, about oneself",
    "filling:resume": "sends on to a step",
    "filling:step": "opened in the journey of the main job",
    "filling:row": "opened in the journey of the main job",
    "filling:summary": "opened in the journey of the main job",
    "filling:sent": "opened in the journey of the main job",
    "filling:pdf": "downloaded in the journey of the main job",
    "filling:word": "a download, as the PDF",
    "council:entry-print": "the same page as council:case-print",
    "administration:print-sample": "a file",
    "filling:file": "a file",
    "building:publish": "needs a form that is being built; tests/doors/building",
    "building:translate": "needs a form that is being built; tests/doors/building",
    "building:publish-again": "needs a form that was published again; tests/doors/building",
    "building:export": "a file, no page; tests/doors/building",
    "filling:upgrade": "needs a form that was published again; tests/doors/filling",
    "filling:delete": "needs a draft; tests/doors/filling",
    "inbox:conversation": "needs a case of one's own; tests/doors/inbox",
    "inbox:file": "a file",
    "administration:texts-export": "a file",
    "administration:privacy-request": "needs a request; tests/doors/administration/test_privacy.py",
    "administration:privacy-check": "needs a gathered pack; tests/doors/administration/test_privacy.py",
    "administration:privacy-whole": "a file",
    "administration:privacy-lift": "needs a hold; tests/doors/administration/test_privacy_keeping.py",
    "administration:privacy-run": "needs a list; tests/doors/administration/test_privacy_keeping.py",
    "administration:privacy-pack": "a file",
    "council:file": "downloaded in the journey of the main job",
    "council:decide": "opened in the journey of the main job",
    "council:sharing": "opened in the journey of the main job",
    "council:done": "opened in the journey of the main job",
    "council:pass-on": "for people with two teams; tests/doors/council",
    "council:entry": "needs a chronology; tests/doors/council",
}
