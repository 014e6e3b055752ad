"""The addresses of schools' calendars and closures."""

from django.urls import URLPattern, path

from . import calendars, calendars_closures, calendars_reasons

urlpatterns: list[URLPattern] = [
    path("calendars/", calendars.index, name="calendars"),
    path("calendars/<int:year>/", calendars.year, name="calendar-year"),
    path("calendars/bank-holidays/", calendars.bank_holidays, name="bank-holidays"),
    path("calendars/bank-holidays/<int:pk>/remove/", calendars.remove_holiday, name="bank-holiday-remove"),
    path("calendars/reasons/", calendars_reasons.index, name="closure-reasons"),
    path("calendars/reasons/<int:pk>/", calendars_reasons.change, name="closure-reason"),
    path("closures/", calendars_closures.index, name="closures"),
    path("closures/export/", calendars_closures.export, name="closures-export"),
    path("closures/<int:pk>/", calendars_closures.closure, name="closure"),
]
