from django.urls import URLPattern, URLResolver, path

from . import decide, home, review

app_name = "council"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("review/", review.review, name="review"),
    path("review/<slug:reference>/", review.case, name="case"),
    path("review/<slug:reference>/files/<uuid:file_id>/", review.file, name="file"),
    path("review/<slug:reference>/assign/", review.assign, name="assign"),
    path("review/<slug:reference>/take-up/", review.take_up, name="take-up"),
    path("review/<slug:reference>/pass-on/", decide.pass_on, name="pass-on"),
    path("review/<slug:reference>/decide/<slug:verb>/", decide.decide, name="decide"),
    path("review/<slug:reference>/sharing/<int:version>/", decide.sharing, name="sharing"),
    path("review/<slug:reference>/done/<int:version>/", decide.done, name="done"),
]
