from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "guildhall.foundation.access"
    label = "access"

    def ready(self) -> None:
        from . import check  # noqa: F401, PLC0415  (registers the system check)
