"""The addresses of making a form: list, details, Question Selector, groups, questions, conditions."""

from django.urls import URLPattern, URLResolver, path

from . import bank, conditions, details, groups, listing, questions, selector

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.forms, name="list"),
    path("new/", listing.new, name="new"),
    path("questions/", bank.bank, name="bank"),
    path("questions/<slug:code>/", questions.question, name="question"),
    path("questions/<slug:code>/delete/", bank.delete, name="question-delete"),
    path("<slug:code>/", details.form, name="form"),
    path("<slug:code>/clone/", listing.clone, name="clone"),
    path("<slug:code>/selector/", selector.selector, name="selector"),
    path("<slug:code>/map/", conditions.whole, name="map"),
    path("<slug:code>/groups/new/", groups.new, name="group-new"),
    path("<slug:code>/groups/<slug:key>/", groups.group, name="group"),
    path("<slug:code>/groups/<slug:key>/delete/", groups.delete, name="group-delete"),
    path("<slug:code>/groups/<slug:key>/rule/", conditions.of_group, name="group-rule"),
    path("<slug:code>/questions/new/", questions.new, name="question-new"),
    path("<slug:code>/questions/<slug:question>/", questions.placed, name="placed"),
    path("<slug:code>/questions/<slug:question>/rule/", conditions.of_question, name="question-rule"),
]
