"""Guildhall's settings with the peer's form library beside it, for the rendering figure."""

from guildhall.config.settings import *  # noqa: F403
from guildhall.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "crispy_forms", "crispy_forms_gds"]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "gds"
