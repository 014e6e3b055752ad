from django.urls import URLPattern, URLResolver, path

from . import cases, keying_forms
from .views import acts, duties, front, helping, imports, people, secure

app_name = "schools"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("search", front.search, name="search"),
    path("a-z", front.a_to_z, name="a-z"),
    path("jobs", front.jobs, name="jobs"),
    path("pages/<int:pk>/", front.entry, name="entry"),
    path("details", front.details, name="details"),
    path("switch", front.switch, name="switch"),
    path("feedback", front.feedback, name="feedback"),
    path("users/", people.users, name="users"),
    path("users/new", people.add, name="add"),
    path("users/import/", imports.upload, name="upload"),
    path("users/import/template", imports.template, name="template"),
    path("users/import/<int:pk>", imports.preview, name="import"),
    path("users/import/<int:pk>/decide", imports.decide, name="decide-import"),
    path("users/<int:pk>/", people.edit, name="edit"),
    path("users/<int:pk>/<slug:name>", acts.act, name="act"),
    path("account-management/", people.account_management, name="account-management"),
    path("account-management/<int:pk>/", people.user_details, name="user-details"),
    path("account-management/<int:pk>/services", secure.choose, name="choose-services"),
    path("services/", secure.services, name="secure"),
    path("services/<slug:key>/", secure.service, name="secure-service"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<int:pk>/end", duties.end, name="end-duty"),
    path("cases/", cases.my_cases, name="cases"),
    path("cases/new", cases.new_case, name="new-case"),
    path("cases/new/<slug:code>", cases.start, name="case-start"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/pdf", cases.case_pdf, name="case-pdf"),
    path("cases/<int:pk>/abandon", cases.abandon, name="case-abandon"),
    path("cases/<int:pk>/copy", cases.copy, name="case-copy"),
    path("for-family/", keying_forms.for_family, name="for-family"),
    path("for-family/<slug:code>", keying_forms.begin, name="for-family-begin"),
    path("help/", helping.guidance, name="help"),
    path("help/requirements", helping.requirements, name="requirements"),
    path("help/service-request", helping.service_request, name="service-request"),
    path("help/account", helping.account_help, name="account-help"),
    path("help/new-account", helping.ask_for_account, name="ask-for-account"),
]
