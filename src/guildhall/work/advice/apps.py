from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "guildhall.work.advice"
    label = "advice"
    default_auto_field = "django.db.models.BigAutoField"
