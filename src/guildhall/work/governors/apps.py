from django.apps import AppConfig


class GovernorsConfig(AppConfig):
    name = "guildhall.work.governors"
    label = "governors"
    default_auto_field = "django.db.models.BigAutoField"
