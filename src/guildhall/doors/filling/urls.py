"""Every address of filling in: by form (start, overview), by draft, and of what was sent."""

from django.urls import URLPattern, URLResolver, path

from .views import checking, filing, lists, sending, sharing, starting, stepping, uploading

app_name = "filling"

# Those that are asked for most come first: addresses are tried in this order.
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:draft_id>/steps/<slug:place>/", stepping.step, name="step"),
    path("<uuid:draft_id>/autosave/", stepping.autosave, name="autosave"),
    path("<uuid:draft_id>/steps/<slug:place>/<slug:row_id>/", stepping.step, name="row"),
    path("<uuid:draft_id>/", stepping.resume, name="resume"),
    path("start/<slug:code>/", starting.start, name="start"),
    path("overview/<slug:code>/", starting.overview, name="overview"),
    path("overview/<slug:code>/next/", starting.overview_next, name="overview-next"),
    path("saved/", lists.saved, name="saved"),
    path("submitted/", lists.submitted, name="submitted"),
    path("sent/<uuid:key>/", sending.sent, name="sent"),
    path("submissions/<int:pk>/", sending.submission, name="submission"),
    path("submissions/<int:pk>/pdf/", sending.pdf, name="pdf"),
    path("submissions/<int:pk>/word/", sending.word, name="word"),
    path("files/<uuid:pk>/", filing.file, name="file"),
    path("<uuid:draft_id>/upload/", filing.upload, name="upload"),
    path("<uuid:draft_id>/uploads/", uploading.begin, name="uploads"),
    path("<uuid:draft_id>/uploads/<uuid:upload_id>/", uploading.part, name="part"),
    path("<uuid:draft_id>/summary/", checking.summary, name="summary"),
    path("<uuid:draft_id>/confirm/", checking.confirm, name="confirm"),
    path("<uuid:draft_id>/send/", sending.send, name="send"),
    path("<uuid:draft_id>/presence/", sharing.presence, name="presence"),
    path("<uuid:draft_id>/sharing/", sharing.sharing, name="sharing"),
    path("<uuid:draft_id>/extend/", lists.extend, name="extend"),
    path("<uuid:draft_id>/upgrade/", lists.upgrade, name="upgrade"),
    path("<uuid:draft_id>/delete/", lists.delete, name="delete"),
]
