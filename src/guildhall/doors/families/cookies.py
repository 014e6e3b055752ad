"""Every cookie that the portal sets, and the name by which the cookies page tells of it.

All are strictly necessary for something the person asked for, so nobody is asked to agree to them.
Whoever adds one adds it here and to the text of the page; a test finds any other.
"""

from django.conf import settings

from guildhall.doors.account.letting_in import DEVICE_COOKIE
from guildhall.people.accounts.middleware import HELD_COOKIE, LAST_PERSON_COOKIE

COOKIES: dict[str, str] = {
    settings.SESSION_COOKIE_NAME: "session",
    settings.CSRF_COOKIE_NAME: "csrf",
    settings.LANGUAGE_COOKIE_NAME: "language",
    HELD_COOKIE: "held",
    LAST_PERSON_COOKIE: "last-person",
    DEVICE_COOKIE: "device",
}
