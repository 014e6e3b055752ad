from django.apps import AppConfig


class FillingDoorConfig(AppConfig):
    name = "guildhall.doors.filling"
    label = "filling_door"
    default_auto_field = "django.db.models.BigAutoField"
