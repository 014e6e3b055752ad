from django.apps import AppConfig


class EhcProcessConfig(AppConfig):
    name = "guildhall.work.ehcprocess"
    label = "ehcprocess"
    default_auto_field = "django.db.models.BigAutoField"
