from django.apps import AppConfig


class FamiliesDoorConfig(AppConfig):
    name = "guildhall.doors.families"
    label = "families_door"
    default_auto_field = "django.db.models.BigAutoField"
