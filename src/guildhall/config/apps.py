from django.apps import AppConfig

from . import logs


class TopConfig(AppConfig):
    name = "guildhall.config"
    label = "config"

    def ready(self) -> None:
        logs.configure()
