from django.apps import AppConfig


class CouncilDoorConfig(AppConfig):
    name = "guildhall.doors.council"
    label = "council_door"
    default_auto_field = "django.db.models.BigAutoField"
