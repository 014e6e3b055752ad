from django.urls import URLPattern, URLResolver, path

from . import audit, children, chronology_new, decide, home, matching, merging, printing, review, status

app_name = "council"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("review/", review.review, name="review"),
    path("review/<slug:reference>/", review.case, name="case"),
    path("review/<slug:reference>/files/<uuid:file_id>/", review.file, name="file"),
    path("review/<slug:reference>/files/", review.archive, name="archive"),
    path("review/<slug:reference>/print/", printing.case_print, name="case-print"),
    path("review/<slug:reference>/assign/", review.assign, name="assign"),
    path("review/<slug:reference>/take-up/", review.take_up, name="take-up"),
    path("review/<slug:reference>/pass-on/", decide.pass_on, name="pass-on"),
    path("review/<slug:reference>/decide/<slug:verb>/", decide.decide, name="decide"),
    path("review/<slug:reference>/sharing/<int:version>/", decide.sharing, name="sharing"),
    path("review/<slug:reference>/done/<int:version>/", decide.done, name="done"),
    path("matching/", matching.matching, name="matching"),
    path("matching/<int:pk>/", matching.mention, name="mention"),
    path("matching/<int:pk>/<slug:verb>/", matching.mention_sure, name="mention-sure"),
    path("matching/decisions/<int:pk>/undo/", matching.undo, name="undo"),
    path("children/", children.children, name="children"),
    path("children/<int:pk>/", children.child, name="child"),
    path("children/<int:pk>/change/", children.child_change, name="child-change"),
    path("children/<int:pk>/chronology/", children.child_chronology, name="child-chronology"),
    path("children/<int:pk>/chronology/new/", chronology_new.new_form, name="new-form"),
    path("children/<int:pk>/chronology/new/<slug:code>/", chronology_new.begin, name="new-form-begin"),
    path("children/<int:pk>/chronology/check/<uuid:draft_id>/", chronology_new.form_check, name="form-check"),
    path("children/<int:pk>/forms/", children.child_forms, name="child-forms"),
    path("children/<int:pk>/looked/", children.child_looked, name="child-looked"),
    path("children/<int:pk>/merge/", merging.merge_choose, name="child-merge"),
    path("children/<int:pk>/merge/<int:other>/", merging.merge, name="child-merge-with"),
    path("children/merges/<int:pk>/undo/", merging.merge_undo, name="merge-undo"),
    path("status/", status.status, name="status"),
    path("status/<int:pk>/again/", status.again, name="status-again"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
    path("children/entries/<int:pk>/", children.entry, name="entry"),
    path("children/entries/<int:pk>/print/", printing.entry_print, name="entry-print"),
]
    path("for-family/", keying_forms.for_family, name="for-family"),
    path("for-family/<slug:code>/", keying_forms.begin, name="for-family-begin"),
