"""The addresses of publishing, comparing and seeing a form."""

from django.urls import URLPattern, path

from . import compare, exchange, preview, publishing, translate

urlpatterns: list[URLPattern] = [
    path("publish/<slug:code>/", publishing.publish, name="publish"),
    path("versions/<slug:code>/", publishing.versions, name="versions"),
    path("versions/<slug:code>/<slug:number>/publish/", publishing.publish_again, name="publish-again"),
    path("withdraw/<slug:code>/", publishing.withdraw, name="withdraw"),
    path("planned/<int:pk>/cancel/", publishing.cancel_plan, name="plan-cancel"),
    path("preview/<slug:code>/", preview.preview, name="preview"),
    path("preview/<slug:code>/forget/", preview.forget, name="preview-forget"),
    path("preview/<slug:code>/steps/<slug:place>/", preview.step, name="preview-step"),
    path("export/<slug:code>/", exchange.export, name="export"),
    path("schema/", exchange.form_schema, name="schema"),
    path("import/", exchange.take_in, name="import"),
    path("translate/<slug:code>/", translate.translate, name="translate"),
    path("compare/<slug:code>/", compare.compare, name="compare"),
]
