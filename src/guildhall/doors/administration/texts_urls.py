"""Routes of the texts, the automatic emails and the templates of messages."""

from django.urls import URLPattern, path

from . import emails, templates_edit, templates_list, texts_both, texts_edit, texts_list, texts_sheet

urlpatterns: list[URLPattern] = [
    path("texts/", texts_list.texts, name="texts"),
    path("texts/side-by-side/", texts_both.both, name="texts-both"),
    path("texts/spreadsheet/", texts_sheet.take_in, name="texts-import"),
    path("texts/changes/<int:pk>/restore/", texts_edit.restore_change, name="text-change-restore"),
    path("texts/<slug:area>/export/", texts_sheet.export, name="texts-export"),
    path("texts/<slug:area>/<slug:key>/confirm-welsh/", texts_edit.confirm, name="text-confirm"),
    path("texts/<slug:area>/<slug:key>/<slug:culture>/", texts_edit.text, name="text"),
    path("texts/<slug:area>/<slug:key>/<slug:culture>/restore/", texts_edit.restore, name="text-restore"),
    path("emails/", emails.emails, name="emails"),
    path("emails/<slug:key>/", emails.email, name="email"),
    path("emails/<slug:key>/test/", emails.test, name="email-test"),
    path("templates/", templates_list.templates, name="templates"),
    path("templates/new/", templates_edit.create, name="template-create"),
    path("templates/preview/", templates_edit.preview, name="template-preview"),
    path("templates/<int:pk>/", templates_list.template, name="template"),
    path("templates/<int:pk>/edit/", templates_edit.edit, name="template-edit"),
    path("templates/<int:pk>/delete/", templates_list.delete, name="template-delete"),
    path("templates/<int:pk>/bring-back/", templates_list.bring_back, name="template-back"),
    path("templates/<int:pk>/test/", templates_list.test, name="template-test"),
]
