from django.apps import AppConfig


class AccountDoorConfig(AppConfig):
    name = "guildhall.doors.account"
    label = "account_door"
    default_auto_field = "django.db.models.BigAutoField"
