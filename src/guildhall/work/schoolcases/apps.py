from django.apps import AppConfig


class SchoolCasesConfig(AppConfig):
    name = "guildhall.work.schoolcases"
    label = "schoolcases"
    default_auto_field = "django.db.models.BigAutoField"
