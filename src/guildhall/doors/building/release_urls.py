"""The addresses of publishing, comparing and seeing a form."""

from django.urls import URLPattern, path

from . import compare, publishing

urlpatterns: list[URLPattern] = [
    path("publish/<slug:code>/", publishing.publish, name="publish"),
    path("versions/<slug:code>/", publishing.versions, name="versions"),
    path("versions/<slug:code>/<slug:number>/publish/", publishing.publish_again, name="publish-again"),
    path("withdraw/<slug:code>/", publishing.withdraw, name="withdraw"),
    path("planned/<int:pk>/cancel/", publishing.cancel_plan, name="plan-cancel"),
    path("compare/<slug:code>/", compare.compare, name="compare"),
]
