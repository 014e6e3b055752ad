"""The web program. It does not start while a view declares no door, or with the key that everybody knows."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guildhall.config.settings")
application = get_wsgi_application()

from guildhall.config.selfcheck import refuse_known_key  # noqa: E402
from guildhall.foundation.access.check import refuse_silent_views  # noqa: E402

refuse_silent_views()
refuse_known_key()
