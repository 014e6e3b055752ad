"""The addresses of publishing, comparing and seeing a form."""

from django.urls import URLPattern, path

from . import compare, exchange, preview, preview_paper, publishing, translate, translate_sheet

urlpatterns: list[URLPattern] = [
    path("publish/<slug:code>/", publishing.publish, name="publish"),
    path("versions/<slug:code>/", publishing.versions, name="versions"),
    path("versions/<slug:code>/<slug:number>/publish/", publishing.publish_again, name="publish-again"),
    path("withdraw/<slug:code>/", publishing.withdraw, name="withdraw"),
    path("planned/<int:pk>/cancel/", publishing.cancel_plan, name="plan-cancel"),
    path("preview/<slug:code>/", preview.preview, name="preview"),
    path("preview/<slug:code>/forget/", preview.forget, name="preview-forget"),
    path("preview/<slug:code>/pdf/", preview_paper.pdf, name="preview-pdf"),
    path("preview/<slug:code>/word/", preview_paper.word, name="preview-docx"),
    path("preview/<slug:code>/steps/<slug:place>/", preview.step, name="preview-step"),
    path("export/<slug:code>/", exchange.export, name="export"),
    path("schema/", exchange.form_schema, name="schema"),
    path("import/", exchange.take_in, name="import"),
    path("translate/<slug:code>/", translate.translate, name="translate"),
    path("translate/<slug:code>/sheet/", translate_sheet.export, name="translate-export"),
    path("translate/<slug:code>/import/", translate_sheet.take_in, name="translate-import"),
    path("compare/<slug:code>/", compare.compare, name="compare"),
]
