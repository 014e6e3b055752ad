from django.apps import AppConfig


class ProfessionalsDoorConfig(AppConfig):
    name = "guildhall.doors.professionals"
    label = "professionals_door"
    default_auto_field = "django.db.models.BigAutoField"
