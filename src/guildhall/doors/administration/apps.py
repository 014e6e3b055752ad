from django.apps import AppConfig


class AdministrationDoorConfig(AppConfig):
    name = "guildhall.doors.administration"
    label = "administration_door"
    default_auto_field = "django.db.models.BigAutoField"
