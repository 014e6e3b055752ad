from django.urls import URLPattern, URLResolver, path

from . import listing, loading, meetings, pupils, recording, sending

PATTERNS: list[URLPattern | URLResolver] = [
    path("annual-reviews/", listing.reviews, name="reviews"),
    path("annual-reviews/export", listing.export, name="reviews-export"),
    path("annual-reviews/ended/", listing.ended, name="reviews-ended"),
    path("annual-reviews/pupils/new", pupils.add, name="review-add"),
    path("annual-reviews/pupils/spreadsheet/", loading.upload, name="reviews-load"),
    path("annual-reviews/pupils/spreadsheet/template", loading.template, name="reviews-template"),
    path("annual-reviews/pupils/spreadsheet/<int:pk>/", loading.preview, name="reviews-loading"),
    path("annual-reviews/pupils/spreadsheet/<int:pk>/decide", loading.decide, name="reviews-decide"),
    path("annual-reviews/pupils/<int:pk>/", pupils.pupil, name="review-pupil"),
    path("annual-reviews/pupils/<int:pk>/dates", pupils.dates, name="review-dates"),
    path("annual-reviews/pupils/<int:pk>/end", pupils.end, name="review-end"),
    path("annual-reviews/pupils/<int:pk>/put-back", pupils.put_back, name="review-put-back"),
    path("annual-reviews/pupils/<int:pk>/meeting", meetings.plan_meeting, name="review-meeting"),
    path("annual-reviews/<int:pk>/cancel", meetings.cancel, name="review-cancel"),
    path("annual-reviews/<int:pk>/", sending.check, name="review-check"),
    path("annual-reviews/<int:pk>/documents/", recording.documents, name="review-documents"),
    path("annual-reviews/<int:pk>/documents/<uuid:file_id>", recording.draft_file, name="review-draft-file"),
    path(
        "annual-reviews/<int:pk>/documents/<uuid:file_id>/remove",
        recording.remove_document,
        name="review-remove-file",
    ),
    path("annual-reviews/<int:pk>/correct", sending.correct, name="review-correct"),
    path("annual-reviews/<int:pk>/correct/drop", sending.drop, name="review-drop"),
    path("annual-reviews/<int:pk>/versions/<int:number>/", sending.report, name="review-report"),
    path("annual-reviews/<int:pk>/versions/<int:number>/pdf", sending.pdf, name="review-pdf"),
    path(
        "annual-reviews/<int:pk>/versions/<int:number>/files/<uuid:file_id>",
        sending.file,
        name="review-file",
    ),
    path("annual-reviews/<int:pk>/record/<slug:name>", recording.part, name="review-part"),
]
