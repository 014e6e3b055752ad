"""The addresses of schools: their people, job titles, site and changes."""

from django.urls import URLPattern, path

from . import (
    case_types,
    job_titles,
    keyfobs,
    responsibilities,
    school_changes,
    school_imports,
    school_site,
    supervisors,
)

urlpatterns: list[URLPattern] = [
    path("schools/", supervisors.index, name="schools"),
    path("schools/changes/", school_changes.changes, name="school-changes"),
    path("schools/requests/", supervisors.requests, name="school-requests"),
    path("schools/requests/<int:pk>/", supervisors.request_, name="school-request"),
    path("schools/import/", school_imports.upload, name="school-upload"),
    path("schools/import/template/", school_imports.template, name="school-template"),
    path("schools/import/<int:pk>/", school_imports.preview, name="school-import"),
    path("schools/import/<int:pk>/problems/", school_imports.problems, name="school-problems"),
    path("schools/import/<int:pk>/decide/", school_imports.decide, name="school-decide"),
    path("schools/people/<int:pk>/remote-access/", keyfobs.person, name="school-remote-access"),
    path("schools/people/<int:pk>/<slug:name>/", supervisors.act, name="school-act"),
    path("schools/<int:pk>/", supervisors.school, name="school"),
    path("schools/<int:pk>/keyfobs/", keyfobs.keyfobs, name="school-keyfobs"),
    path("schools/<int:pk>/add/", supervisors.add, name="school-add"),
    path("job-titles/", job_titles.index, name="job-titles"),
    path("job-titles/<int:pk>/", job_titles.change, name="job-title"),
    path("responsibilities/", responsibilities.index, name="responsibilities"),
    path("responsibilities/<int:pk>/", responsibilities.change, name="responsibility"),
    path("responsibilities/proposals/", responsibilities.proposals, name="responsibility-proposals"),
    path("responsibilities/proposals/<int:pk>/", responsibilities.proposal, name="responsibility-proposal"),
    path("case-types/", case_types.index, name="case-types"),
    path("case-types/<slug:code>/", case_types.change, name="case-type"),
    path("school-site/", school_site.index, name="school-site"),
    path("school-site/new/", school_site.new, name="school-site-new"),
    path("school-site/<int:pk>/", school_site.change, name="school-site-entry"),
    path("school-site/<int:pk>/remove/", school_site.remove, name="school-site-remove"),
]
