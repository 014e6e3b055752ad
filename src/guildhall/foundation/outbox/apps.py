from django.apps import AppConfig
from django.core.checks import register

from . import handlers


class OutboxConfig(AppConfig):
    name = "guildhall.foundation.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(handlers.every_handler_is_there, "outbox")
