from django.urls import URLPattern, URLResolver, path

from . import cases, keying_forms, many_forms
from .actions.urls import PATTERNS as ACTIONS
from .admissions.urls import PATTERNS as ADMISSIONS
from .area import views as area
from .calendar.urls import PATTERNS as CALENDAR
from .downloads.urls import PATTERNS as DOWNLOADS
from .emergency.urls import PATTERNS as EMERGENCY
from .finance.urls import PATTERNS as FINANCE
from .folder.urls import PATTERNS as FOLDER
from .governors.urls import PATTERNS as GOVERNORS
from .invoices.urls import PATTERNS as INVOICES
from .meals.urls import PATTERNS as MEALS
from .notices.urls import PATTERNS as NOTICES
from .post.urls import PATTERNS as POST
from .returns.urls import PATTERNS as RETURNS
from .reviews.urls import PATTERNS as REVIEWS
from .traded.urls import PATTERNS as TRADED
from .transfers.urls import PATTERNS as TRANSFERS
from .views import (
    acts,
    directory,
    duties,
    forms_page,
    front,
    helping,
    imports,
    network,
    overview,
    people,
    responsibilities,
    secure,
)

app_name = "schools"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("search", front.search, name="search"),
    path("a-z", front.a_to_z, name="a-z"),
    path("jobs", front.jobs, name="jobs"),
    path("pages/<int:pk>/", front.entry, name="entry"),
    path("directory/", directory.directory, name="directory"),
    path("details", front.details, name="details"),
    path("switch", front.switch, name="switch"),
    path("feedback", front.feedback, name="feedback"),
    path("users/", people.users, name="users"),
    path("users/new", people.add, name="add"),
    path("users/import/", imports.upload, name="upload"),
    path("users/import/template", imports.template, name="template"),
    path("users/import/<int:pk>", imports.preview, name="import"),
    path("users/import/<int:pk>/problems", imports.problems, name="import-problems"),
    path("users/import/<int:pk>/decide", imports.decide, name="decide-import"),
    path("users/<int:pk>/", people.edit, name="edit"),
    path("users/<int:pk>/<slug:name>", acts.act, name="act"),
    path("account-management/", people.account_management, name="account-management"),
    path("account-management/<int:pk>/", people.user_details, name="user-details"),
    path("account-management/<int:pk>/services", secure.choose, name="choose-services"),
    path("account-management/overview", overview.overview, name="overview"),
    path("account-management/overview/pdf", overview.overview_pdf, name="overview-pdf"),
    path(
        "account-management/<int:pk>/responsibilities", responsibilities.of_person, name="responsibilities-of"
    ),
    path("responsibilities/", responsibilities.own, name="responsibilities"),
    path("responsibilities/areas", overview.areas, name="areas"),
    path("responsibilities/areas/pdf", overview.areas_pdf, name="areas-pdf"),
    path("responsibilities/requests/<int:pk>", responsibilities.decide, name="responsibility-request"),
    path("responsibilities/new", overview.new_category, name="new-category"),
    path("responsibilities/consultations/<int:pk>", overview.consultation, name="consultation"),
    path("alerts/", overview.alerts, name="alerts"),
    path("services/", secure.services, name="secure"),
    path("services/<slug:key>/", secure.service, name="secure-service"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<int:pk>/end", duties.end, name="end-duty"),
    path("network/", network.network, name="network"),
    path("cases/", cases.my_cases, name="cases"),
    path("cases/new", cases.new_case, name="new-case"),
    path("cases/new/<slug:code>", cases.start, name="case-start"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/pdf", cases.case_pdf, name="case-pdf"),
    path("cases/<int:pk>/abandon", cases.abandon, name="case-abandon"),
    path("cases/<int:pk>/copy", cases.copy, name="case-copy"),
    path("cases/new/<slug:code>/many", many_forms.begin, name="many-begin"),
    path("cases/many/<int:pk>/", many_forms.children, name="many"),
    path("cases/many/<int:pk>/child", many_forms.add, name="many-add"),
    path("cases/many/<int:pk>/child/<int:row_id>", many_forms.change, name="many-change"),
    path("cases/many/<int:pk>/child/<int:row_id>/remove", many_forms.remove, name="many-remove"),
    path("cases/many/<int:pk>/paste", many_forms.paste, name="many-paste"),
    path("cases/many/<int:pk>/questions", many_forms.questions, name="many-questions"),
    path("cases/many/<int:pk>/send", many_forms.send, name="many-send"),
    path("for-family/", keying_forms.for_family, name="for-family"),
    path("for-family/<slug:code>", keying_forms.begin, name="for-family-begin"),
    *CALENDAR,
    path("area/", area.area, name="area"),
    *FOLDER,
    *GOVERNORS,
    *DOWNLOADS,
    path("forms/", forms_page.forms, name="forms"),
    *INVOICES,
    *FINANCE,
    *RETURNS,
    *MEALS,
    *ADMISSIONS,
    *EMERGENCY,
    *POST,
    *TRADED,
    *NOTICES,
    *REVIEWS,
    *TRANSFERS,
    *ACTIONS,
    path("help/", helping.guidance, name="help"),
    path("help/requirements", helping.requirements, name="requirements"),
    path("help/service-request", helping.service_request, name="service-request"),
    path("help/account", helping.account_help, name="account-help"),
    path("help/new-account", helping.ask_for_account, name="ask-for-account"),
]
