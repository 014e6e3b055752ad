from django.apps import AppConfig


class SchoolsDoorConfig(AppConfig):
    name = "guildhall.doors.schools"
    label = "schools_door"
    default_auto_field = "django.db.models.BigAutoField"
