from django.apps import AppConfig


class TopConfig(AppConfig):
    name = "guildhall.config"
    label = "config"
