"""The web program. It does not start while a view declares no door, or with the key that everybody knows."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guildhall.config.settings")
program = get_wsgi_application()

from guildhall.config.selfcheck import refuse_known_key  # noqa: E402
from guildhall.foundation.access.check import refuse_silent_views  # noqa: E402
from guildhall.foundation.audit.tasks import prepare_spool  # noqa: E402
from guildhall.foundation.kit.turns import in_turn  # noqa: E402

refuse_silent_views()
refuse_known_key()
prepare_spool()
slow = frozenset({reverse("account:sign-in")})
application = in_turn(program, slow=slow, waiting=settings.SIGN_INS_WAITING)
