from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "guildhall.work.emergency"
    label = "emergency"
    default_auto_field = "django.db.models.BigAutoField"
