from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "guildhall.mail.messages"
    label = "mail_messages"
    default_auto_field = "django.db.models.BigAutoField"
