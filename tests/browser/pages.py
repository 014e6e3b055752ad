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
HEAD = "elin@ysgol.example.org"
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
        Place("schools:service-request", "/schools/help/service-request"),
        wrong("schools:service-request", "/schools/help/service-request", form="main form:has(textarea)"),
        Place("account:sign-in", "/account/sign-in?door=schools"),
        wrong("account:sign-in", "/account/sign-in?door=schools"),
        Place("schools:areas", "/schools/responsibilities/areas"),
        link("schools:entry", "/schools/", r"/schools/pages/\d+/$"),
        Place("families:front", "/"),
        Place("families:social-care", "/social-care"),
        Place("families:early-help", "/early-help"),
        Place("families:public", "/public"),
        Place("families:about", "/about"),
        Place("families:contact", "/contact-us"),
        Place("families:terms", "/terms-and-conditions"),
        Place("families:privacy", "/privacy-notice"),
        Place("families:cookies", "/cookies-policy"),
        Place("account:sign-in", "/account/sign-in"),
        Place("account:sign-in", "/account/sign-in?door=council"),
        Place("account:sign-in", "/account/sign-in?door=professionals"),
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
        Place("families:shared", "/shared/"),
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
        Place("account:rights", "/account/your-information"),
        Place("account:rights-ask", "/account/your-information/ask"),
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
        Place("professionals:shared", "/professionals/shared/"),
        link("professionals:shared-form", "/professionals/shared/", "/professionals/shared/[0-9a-f-]{36}/$"),
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
        Place("schools:overview", "/schools/account-management/overview"),
        Place("schools:responsibilities", "/schools/responsibilities/"),
        wrong("schools:responsibilities", "/schools/responsibilities/", form="main form.gh-boxes"),
        link(
            "schools:responsibilities-of",
            "/schools/account-management/overview",
            r"/account-management/\d+/responsibilities$",
        ),
        Place("schools:alerts", "/schools/alerts/"),
        link("schools:responsibility-request", "/schools/alerts/", r"/responsibilities/requests/\d+$"),
        Place("schools:new-category", "/schools/responsibilities/new"),
        wrong("schools:new-category", "/schools/responsibilities/new", form="main form:has(textarea)"),
        Place("schools:duties", "/schools/duties/"),
        Place("schools:network", "/schools/network/"),
        Place("schools:for-family", "/schools/for-family/"),
        Place("schools:for-family-begin", "/schools/for-family/ehcna-parent"),
        Place("schools:secure", "/schools/services/"),
        Place("schools:cases", "/schools/cases/"),
        Place("schools:new-case", "/schools/cases/new"),
        link("schools:case", "/schools/cases/", r"/schools/cases/\d+/$"),
        link("schools:case-start", "/schools/cases/new", r"/schools/cases/new/[\w-]+$"),
        Place("schools:account-help", "/schools/help/account"),
    ),
    HEAD: (link("schools:consultation", "/schools/alerts/", r"/consultations/\d+$"),),
    OFFICER: (
        Place("council:home", "/council/"),
        Place("council:review", "/council/review/"),
        Place("council:review", "/council/review/?status=approved"),
        Place("council:review", "/council/review/?start-day=31&start-month=2&start-year=2026", status=200),
        link("council:case", "/council/review/?status=opened", CASE),
        link("council:case", "/council/review/?status=not-opened", CASE),
        link("council:case-print", "/council/review/?status=opened", CASE, r"/print/$"),
        Place("council:matching", "/council/matching/"),
        Place("batches:list", "/council/matching/files/"),
        Place("council:matching", "/council/matching/?state=settled"),
        link("council:mention", "/council/matching/", MENTION),
        link("council:mention-sure", "/council/matching/", MENTION, r"/council/matching/\d+/add/"),
        link("council:mention-sure", "/council/matching/", MENTION, r"/council/matching/\d+/reject/"),
        link("council:opinion-ask", "/council/matching/", MENTION, r"/opinion/$"),
        Place("council:matching-doubts", "/council/matching/doubts/"),
        link("council:child-merge", "/council/children/?q=jones", CHILD, r"/merge/$"),
        Place("council:children", "/council/children/"),
        Place("council:children", "/council/children/?q=pritchard"),
        Place("council:children", "/council/children/?q=qqqq"),
        link("council:child", "/council/children/?q=jones", CHILD),
        link("council:child-change", "/council/children/?q=jones", CHILD, r"/change/$"),
        link("council:child-chronology", "/council/children/?q=jones", CHILD, r"/chronology/$"),
        link("council:new-form", "/council/children/?q=jones", CHILD, r"/chronology/$", r"/chronology/new/$"),
        Place("council:for-family", "/council/for-family/"),
        Place("council:for-family-begin", "/council/for-family/ehcna-parent/"),
        wrong("council:for-family-begin", "/council/for-family/ehcna-parent/"),
        link("council:child-forms", "/council/children/?q=jones", CHILD, r"/forms/$"),
        link("council:child-looked", "/council/children/?q=jones", CHILD, r"/looked/$"),
        link("council:child-sharing", "/council/children/?q=jones", CHILD, r"/sharing/$"),
        link("council:sharing-find", "/council/children/?q=jones", CHILD, r"/sharing/$", r"/sharing/add/$"),
        Place("account:home", "/account/"),
        Place("account:two-step", "/account/two-step-verification"),
    ),
    SAFEGUARDING: (
        Place("council:home", "/council/"),
        Place("council:review", "/council/review/"),
        link("council:case", "/council/review/", CASE),
        link("council:child-why", "/council/children/?q=jones", CHILD),
        wrong("council:child-why", "/council/children/?q=jones", f"link:{CHILD}"),
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
        Place("building:translate-import", "/council/forms/translate/EHCNA-PARENT/import/"),
        Place("building:preview", "/council/forms/preview/EHCNA-PARENT/"),
        Place("building:preview-step", "/council/forms/preview/EHCNA-PARENT/steps/child/"),
        Place("administration:schools", "/council/administration/schools/"),
        link("administration:school", "/council/administration/schools/", r"/schools/\d+/$"),
        Place("administration:school-changes", "/council/administration/schools/changes/"),
        Place("administration:school-requests", "/council/administration/schools/requests/"),
        Place("administration:school-upload", "/council/administration/schools/import/"),
        Place("administration:home", "/council/administration/"),
        link(
            "administration:school-keyfobs",
            "/council/administration/schools/",
            r"/schools/\d+/$",
            "/keyfobs/$",
        ),
        link("administration:school-add", "/council/administration/schools/", r"/schools/\d+/$", "/add/$"),
        Place("administration:providers", "/council/administration/sign-in-providers/"),
        Place("administration:provider-add", "/council/administration/sign-in-providers/add/"),
        wrong("administration:provider-add", "/council/administration/sign-in-providers/add/"),
        Place("administration:responsibilities", "/council/administration/responsibilities/"),
        wrong(
            "administration:responsibilities",
            "/council/administration/responsibilities/",
            form="main form:has(textarea)",
        ),
        link(
            "administration:responsibility",
            "/council/administration/responsibilities/",
            r"/responsibilities/\d+/$",
        ),
        Place(
            "administration:responsibility-proposals", "/council/administration/responsibilities/proposals/"
        ),
        link(
            "administration:responsibility-proposal",
            "/council/administration/responsibilities/proposals/",
            r"/proposals/\d+/$",
        ),
        Place("administration:case-types", "/council/administration/case-types/"),
        link("administration:case-type", "/council/administration/case-types/", r"/case-types/[a-z]+/$"),
        Place("administration:job-titles", "/council/administration/job-titles/"),
        link("administration:job-title", "/council/administration/job-titles/", r"/job-titles/\d+/$"),
        Place("administration:school-site", "/council/administration/school-site/"),
        link(
            "administration:school-site-entry", "/council/administration/school-site/", r"/school-site/\d+/$"
        ),
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
        Place("administration:linkage", "/council/administration/matching/?match=99.5&potential=90&low=5"),
        Place("administration:linkage", "/council/administration/matching/?match=1", (), 422),
        Place("administration:linkage-models", "/council/administration/matching/weights/"),
        Place("administration:linkage-model", "/council/administration/matching/weights/0/"),
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
        Place("administration:privacy-rights", f"{PRIVACY}/rights/"),
        Place("administration:privacy-right-new", f"{PRIVACY}/rights/new/"),
        wrong("administration:privacy-right-new", f"{PRIVACY}/rights/new/"),
        Place("administration:privacy-odd", f"{PRIVACY}/odd/"),
        Place("administration:privacy-reasons", f"{PRIVACY}/odd/reasons/"),
        Place("administration:privacy-breaches", f"{PRIVACY}/breaches/"),
        Place("administration:privacy-breach-new", f"{PRIVACY}/breaches/new/"),
        Place("administration:privacy-seen", f"{PRIVACY}/who-saw/"),
        Place("administration:privacy-map", f"{PRIVACY}/data-map/"),
        Place("administration:privacy-hold", f"{PRIVACY}/holds/new/"),
        wrong("administration:privacy-hold", f"{PRIVACY}/holds/new/"),
    ),
}

# Routes that show something and that no list of pages opens, and why.
A_FILE = "a file, no page"
ELSEWHERE = {
    **dict.fromkeys(
        (
            *("administration:privacy-pack", "administration:privacy-seen-export"),
            *(
                "administration:privacy-whole",
                "administration:print-sample",
                "administration:school-template",
            ),
            *("administration:texts-export", "batches:download", "building:export", "building:preview-docx"),
            *("building:preview-pdf", "building:schema", "building:translate-export", "council:archive"),
            *("council:audit-export", "council:file", "filling:file", "filling:part", "filling:pdf"),
            *("filling:word", "inbox:file", "logo", "schools:case-pdf", "schools:template"),
            *("schools:areas-pdf", "schools:overview-pdf"),
            *("council:entry-file", "families:shared-file", "families:shared-pdf"),
            *("professionals:shared-file", "professionals:shared-pdf"),
        ),
        A_FILE,
    ),
    **dict.fromkeys(
        ("account:add-passkey", "account:enrol-passkey", "account:passkey"),
        "only where the portal has a name: opened in test_passkeys.py",
    ),
    "account:directory": "sends the browser to a directory; tests/doors/account",
    "account:directory-back": "where a directory sends the browser back to; tests/doors/account",
    "alive": "no page: for whoever watches the machine",
    "ready": "no page: for whoever watches the machine",
    "brand": "no page: the authority's colours",
    "council:entry-print": "the same page as council:case-print",
    "filling:resume": "sends on to a step",
}
