"""The addresses of consent administration."""

from django.urls import path

from . import consent, consent_people

urlpatterns = [
    path("consent/", consent.home, name="consent"),
    path("consent/questions/", consent.questions, name="consent-questions"),
    path("consent/questions/add/", consent.add_question, name="consent-question-add"),
    path("consent/questions/<int:pk>/", consent.change_question, name="consent-question"),
    path("consent/schedule/", consent.schedule, name="consent-schedule"),
    path("consent/schedule/add/", consent.add_to_schedule, name="consent-schedule-add"),
    path("consent/schedule/<int:pk>/delete/", consent.unschedule, name="consent-schedule-delete"),
    path("consent/statements/<int:pk>/", consent.statement, name="consent-statement"),
    path("consent/emails/", consent_people.emails, name="consent-emails"),
    path("consent/withdrawals/", consent_people.withdrawals, name="consent-withdrawals"),
    path("consent/withdrawals/<int:pk>/children/", consent_people.children, name="consent-children"),
    path("consent/withdrawals/<int:pk>/actioned/", consent_people.actioned, name="consent-actioned"),
    path("consent/withdrawals/<int:pk>/to-do/", consent_people.not_actioned, name="consent-not-actioned"),
    path("consent/histories/", consent_people.histories, name="consent-histories"),
    path("consent/histories/<int:pk>/", consent_people.history, name="consent-history"),
]
