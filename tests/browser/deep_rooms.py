"""The pages of signing in, of schools and of the offices, on what ``stage_rooms.py`` set up."""

from .pages import (
    ADMINISTRATOR,
    ASKED_PARENT,
    AUDITOR,
    BENEFITS,
    NOBODY,
    OFFICER,
    PARENT,
    PLACING,
    PRIVACY,
    SUPERVISOR,
    Place,
    link,
    wrong,
)

ADMIN = "/council/administration"
GO = "press:main form button.govuk-button:not(.govuk-button--secondary, .govuk-button--warning)"
REGISTER = "/account/register/data-protection"
ABOUT_YOU = (
    "tick:#agree",
    GO,
    *("type:#forename=Menna", "type:#surname=Tudor", "type:#house_number=4", "type:#street=Heol y Bont"),
    *("type:#born_on=7", "type:#born_on-month=5", "type:#born_on-year=1990"),
    *("type:#town=Carreg", "type:#postcode=CY1 2AB"),
    GO,
)
SIGN_IN_DETAILS = (
    "type:#email=menna@example.org",
    "type:#password=quiet heron lantern bridge",
    "type:#password_again=quiet heron lantern bridge",
    "set:[name=secret_question]=pet",
    "type:#secret_answer=Mot",
    GO,
)


def _with(cookie: str, route: str, path: str, *then: str, status: int = 200) -> Place:
    """A page of the browser whose session is ``cookie``."""
    return Place(route, "/about", (f"cookie:session={{{cookie}}}", f"go:{path}", *then), status)


WAY = "/account/ways-to-sign-in/app/{app}"
SIGN_IN = "/account/sign-in"
ROOMS: dict[str, tuple[Place, ...]] = {
    NOBODY: (
        Place("account:register-sign-in", REGISTER, ABOUT_YOU),
        wrong("account:register-sign-in", REGISTER, *ABOUT_YOU),
        Place("account:register-code", REGISTER, (*ABOUT_YOU, *SIGN_IN_DETAILS)),
        wrong("account:register-code", REGISTER, *ABOUT_YOU, *SIGN_IN_DETAILS),
        Place("professionals:invitation", "{invitation}"),
        wrong("professionals:invitation", "{invitation}"),
        _with("half_in", "account:app-code", f"{SIGN_IN}/app"),
        wrong("account:app-code", "/about", "cookie:session={half_in}", f"go:{SIGN_IN}/app"),
        _with("half_in", "account:recovery-code", f"{SIGN_IN}/recovery-code"),
        _with("half_in", "account:another-way", f"{SIGN_IN}/another-way"),
        _with("half_in_by_email", "account:code", f"{SIGN_IN}/code"),
        wrong("account:code", "/about", "cookie:session={half_in_by_email}", f"go:{SIGN_IN}/code"),
        _with("enrolling", "account:enrol", f"{SIGN_IN}/enrol"),
        _with("enrolling", "account:enrol-app", f"{SIGN_IN}/enrol", "press:form button"),
        _with("terms", "account:terms", "/account/register/terms"),
        wrong("account:terms", "/about", "cookie:session={terms}", "go:/account/register/terms"),
        _with("unasked", "account:new-statement", "/account/data-protection"),
        wrong("account:new-statement", "/about", "cookie:session={unasked}", "go:/account/data-protection"),
        _with("unasked", "account:decline-statement", "/account/data-protection/decline"),
        _with("guarded", "account:ways", "/account/ways-to-sign-in"),
        _with("guarded", "account:rename-way", f"{WAY}/name"),
        _with("guarded", "account:remove-way", f"{WAY}/remove"),
        _with("guarded", "account:first-question", "/account/first-secret-question"),
        _with("guarded", "account:secret-question", "/account/change-secret-question"),
        _with("guarded", "families:announced", "/announcements"),
        _with("asking", "account:new-email-sent", "/account/change-email/sent"),
        Place("families:front", "/about", ("cookie:session=none", "go:/")),
    ),
    PARENT: (
        Place("account:new-email", "/account/change-email/new"),
        wrong("account:new-email", "/account/change-email/new"),
    ),
    ASKED_PARENT: (
        Place("filling:upgrade", "/forms/{older_draft}/upgrade/"),
        Place("account:rights", "/account/your-information"),
    ),
    SUPERVISOR: (
        Place("filling:sharing", "/forms/{school_draft}/sharing/"),
        Place("schools:case-abandon", "/schools/cases/{school_case}/abandon"),
        Place("schools:many", "/schools/cases/many/{many}/"),
        Place("schools:many-add", "/schools/cases/many/{many}/child"),
        Place("schools:many-change", "/schools/cases/many/{many}/child/{row}"),
        Place("schools:many-remove", "/schools/cases/many/{many}/child/{row}/remove"),
        Place("schools:secure", "/schools/services/"),
        Place("schools:secure-service", "/schools/services/results/"),
        Place("schools:ask-for-account", "/schools/help/new-account"),
        wrong("schools:ask-for-account", "/schools/help/new-account"),
        Place("schools:reviews-loading", "/schools/annual-reviews/pupils/spreadsheet/{review_rows}/"),
        Place("schools:end-duty", "/schools/duties/{duty}/end"),
        Place("schools:import", "/schools/users/import/{user_import}"),
    ),
    OFFICER: (
        Place("council:child-merge-with", "/council/children/{kept}/merge/{other}/"),
        wrong("council:child-merge-with", "/council/children/{kept}/merge/{other}/"),
        Place("council:merge-undo", "/council/children/merges/{merge}/undo/"),
        Place("council:opinion-give", "/council/matching/opinions/{opinion}/"),
        wrong("council:opinion-give", "/council/matching/opinions/{opinion}/"),
        Place("council:new-form-begin", "/council/children/{kept}/chronology/new/advice-education/"),
        Place("council:form-check", "/council/children/{kept}/chronology/check/{child_form}/"),
        Place("batches:run", "/council/matching/files/{batch}/"),
        Place("batches:run", "/council/matching/files/{batch}/?outcome=alone"),
        link("council:recall", "/council/review/{approved}/", "/withdraw/$"),
        Place("batches:remove", "/council/matching/files/{batch}/remove/"),
    ),
    BENEFITS: (
        Place("council:meals-loading", "/council/free-school-meals/load/{meals_loading}/"),
        Place("council:returns-return", "/council/returns/{census_return}/"),
        wrong("council:returns-return", "/council/returns/{census_return}/", form="main form[method=post]"),
    ),
    PLACING: (Place("council:admissions-loading", "/council/admissions/loads/{admissions_loading}/"),),
    ADMINISTRATOR: (
        Place("administration:consent-cache-clear", f"{ADMIN}/consent/cache/everything/clear/"),
        Place("administration:provider", f"{ADMIN}/sign-in-providers/{{provider}}/"),
        Place("administration:provider-remove", f"{ADMIN}/sign-in-providers/{{provider}}/remove/"),
        Place("administration:school-act", f"{ADMIN}/schools/people/{{school_person}}/reset-password/"),
        Place(
            "administration:school-remote-access", f"{ADMIN}/schools/people/{{school_person}}/remote-access/"
        ),
        wrong("administration:school-act", f"{ADMIN}/schools/people/{{school_person}}/reset-password/"),
        Place("administration:school-import", f"{ADMIN}/schools/import/{{council_import}}/"),
        Place("administration:school-request", f"{ADMIN}/schools/requests/{{account_request}}/"),
        Place("administration:school-site-remove", f"{ADMIN}/school-site/{{site_entry}}/remove/"),
        Place("building:publish", "/council/forms/publish/{built}/"),
        Place("building:publish-again", "/council/forms/versions/{built}/1/publish/"),
        Place("building:translate", "/council/forms/translate/{built}/", most_bytes=200_000),
    ),
    AUDITOR: (
        Place("administration:privacy", f"{PRIVACY}/"),
        Place("administration:privacy-request", f"{PRIVACY}/requests/{{request}}/"),
        Place("administration:privacy-check", f"{PRIVACY}/requests/{{request}}/check/"),
        Place("administration:privacy-right", f"{PRIVACY}/rights/{{right}}/"),
        Place("administration:privacy-right", f"{PRIVACY}/rights/{{complaint}}/"),
        Place("administration:privacy-erase", f"{PRIVACY}/rights/{{right}}/erase/"),
        wrong("administration:privacy-erase", f"{PRIVACY}/rights/{{right}}/erase/"),
        Place("administration:privacy-lift", f"{PRIVACY}/holds/{{hold}}/lift/"),
        wrong("administration:privacy-lift", f"{PRIVACY}/holds/{{hold}}/lift/"),
        Place("administration:privacy-run", f"{PRIVACY}/lists/{{run}}/"),
        Place("administration:privacy-odd-one", f"{PRIVACY}/odd/{{odd}}/"),
        wrong("administration:privacy-odd-one", f"{PRIVACY}/odd/{{odd}}/"),
        Place("administration:privacy-breach", f"{PRIVACY}/breaches/{{breach}}/"),
        Place("administration:privacy-recalls", f"{PRIVACY}/recalls/"),
    ),
}
