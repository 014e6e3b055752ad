"""The addresses of alerts."""

from django.urls import path

from . import acts, editing, listing, recipients, runs

urlpatterns = [
    path("alerts/", listing.alerts, name="alerts"),
    path("alerts/new/", editing.new, name="alert-new"),
    path("alerts/<int:pk>/", editing.alert, name="alert"),
    path("alerts/<int:pk>/activate/", acts.activate, name="alert-activate"),
    path("alerts/<int:pk>/deactivate/", acts.deactivate, name="alert-deactivate"),
    path("alerts/<int:pk>/remove/", acts.remove, name="alert-remove"),
    path("alerts/<int:pk>/bring-back/", acts.bring_back, name="alert-back"),
    path("alerts/<int:pk>/recipients/", recipients.add, name="alert-recipients"),
    path("alerts/<int:pk>/recipients/<int:line>/remove/", recipients.remove, name="alert-recipient-remove"),
    path("alerts/<int:pk>/runs/", runs.runs, name="alert-runs"),
    path("alerts/<int:pk>/runs/<int:number>/", runs.run, name="alert-run"),
]
