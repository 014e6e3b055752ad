from django.urls import URLPattern, URLResolver, path

from . import listing, publishing, results, writing

app_name = "posting"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.postings, name="list"),
    path("new", writing.new, name="new"),
    path("<int:pk>/", listing.posting, name="posting"),
    path("<int:pk>/edit", writing.edit, name="edit"),
    path("<int:pk>/remove", writing.remove, name="remove"),
    path("<int:pk>/files/<uuid:file_id>", listing.file, name="file"),
    path("<int:pk>/files/<uuid:file_id>/remove", writing.detach, name="detach"),
    path("<int:pk>/publish", publishing.publish, name="publish"),
    path("<int:pk>/unschedule", publishing.unschedule, name="unschedule"),
    path("<int:pk>/correct", publishing.correct, name="correct"),
    path("<int:pk>/withdraw", publishing.withdraw, name="withdraw"),
    path("<int:pk>/schools/", results.report, name="report"),
    path("<int:pk>/schools/export", results.export, name="export"),
    path("<int:pk>/chase", results.chase, name="chase"),
    path("<int:pk>/returned/", results.returned, name="returned"),
    path("returned/<uuid:returned_id>/file", results.returned_file, name="returned-file"),
    path("returned/<uuid:returned_id>/accept", results.accept, name="accept"),
    path("returned/<uuid:returned_id>/send-back", results.send_back, name="send-back"),
]
