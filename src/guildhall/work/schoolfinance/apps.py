from django.apps import AppConfig


class SchoolFinanceConfig(AppConfig):
    name = "guildhall.work.schoolfinance"
    label = "schoolfinance"
    default_auto_field = "django.db.models.BigAutoField"
