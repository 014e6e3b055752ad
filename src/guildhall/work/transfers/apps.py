from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "guildhall.work.transfers"
    label = "transfers"
    default_auto_field = "django.db.models.BigAutoField"
