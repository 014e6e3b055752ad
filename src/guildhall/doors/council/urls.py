from django.urls import URLPattern, URLResolver, path

from . import (
    audit,
    children,
    chronology_new,
    decide,
    home,
    keying_forms,
    matching,
    matching_doubts,
    matching_opinions,
    merging,
    printing,
    recalling,
    review,
    sharing,
    sharing_forms,
    status,
    why,
)
from .actions.urls import PATTERNS as ACTIONS
from .admissions.urls import PATTERNS as ADMISSIONS
from .advice.urls import PATTERNS as ADVICE
from .annual_reviews.urls import PATTERNS as ANNUAL_REVIEWS
from .communications.urls import PATTERNS as COMMUNICATIONS
from .downloads.urls import PATTERNS as DOWNLOADS
from .emergency.urls import PATTERNS as EMERGENCY
from .finance.urls import PATTERNS as FINANCE
from .governors.urls import PATTERNS as GOVERNORS
from .invoices.urls import PATTERNS as INVOICES
from .meals.urls import PATTERNS as MEALS
from .notices.urls import PATTERNS as NOTICES
from .persons.urls import PATTERNS as PERSONS
from .process.urls import PATTERNS as PROCESS
from .returns.urls import PATTERNS as RETURNS
from .traded.urls import PATTERNS as TRADED
from .transfers.urls import PATTERNS as TRANSFERS

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
    path("review/<slug:reference>/messages/<uuid:message_id>/withdraw/", recalling.recall, name="recall"),
    path("review/<slug:reference>/sharing/<int:version>/", decide.sharing, name="sharing"),
    path("review/<slug:reference>/done/<int:version>/", decide.done, name="done"),
    path("matching/", matching.matching, name="matching"),
    path("matching/<int:pk>/", matching.mention, name="mention"),
    path("matching/<int:pk>/opinion/", matching_opinions.opinion_ask, name="opinion-ask"),
    path("matching/doubts/", matching_doubts.matching_doubts, name="matching-doubts"),
    path("matching/doubts/<int:pk>/keep/", matching_doubts.doubt_keep, name="doubt-keep"),
    path("matching/opinions/<int:pk>/", matching_opinions.opinion_give, name="opinion-give"),
    path("matching/opinions/<int:pk>/withdraw/", matching_opinions.opinion_withdraw, name="opinion-withdraw"),
    path("matching/<int:pk>/<slug:verb>/", matching.mention_sure, name="mention-sure"),
    path("matching/decisions/<int:pk>/undo/", matching.undo, name="undo"),
    path("matching/decisions/<int:pk>/undo/since/", matching.undo_since, name="undo-since"),
    path("children/", children.children, name="children"),
    path("children/<int:pk>/", children.child, name="child"),
    path("children/<int:pk>/why/", why.why, name="child-why"),
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
    path("for-family/", keying_forms.for_family, name="for-family"),
    path("for-family/<slug:code>/", keying_forms.begin, name="for-family-begin"),
    *INVOICES,
    *RETURNS,
    *FINANCE,
    *MEALS,
    *ACTIONS,
    *GOVERNORS,
    *DOWNLOADS,
    *TRADED,
    *NOTICES,
    *ANNUAL_REVIEWS,
    *PROCESS,
    *ADVICE,
    *ADMISSIONS,
    *TRANSFERS,
    *EMERGENCY,
    *COMMUNICATIONS,
    *PERSONS,
    path("status/", status.status, name="status"),
    path("status/<int:pk>/again/", status.again, name="status-again"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
    path("children/entries/<int:pk>/", children.entry, name="entry"),
    path("children/entries/<int:pk>/print/", printing.entry_print, name="entry-print"),
    path("children/entries/<int:pk>/files/<uuid:file_id>/", sharing_forms.entry_file, name="entry-file"),
    path("children/entries/<int:pk>/share/", sharing_forms.share, name="share-form"),
    path("children/shared/<uuid:shared_id>/stop/", sharing_forms.stop, name="share-stop"),
    path("children/<int:pk>/sharing/", sharing.panel, name="child-sharing"),
    path("children/<int:pk>/sharing/add/", sharing.find, name="sharing-find"),
    path("children/<int:pk>/sharing/add/<int:user_id>/", sharing.add, name="sharing-add"),
    path("children/<int:pk>/sharing/<int:entry_id>/", sharing.change, name="sharing-change"),
]
