"""Makes the reference's database and signed-in people; prints their cookies as JSON."""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "scripts.measure.reference.settings"

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from scripts.measure.reference.models import Thing


def main(count: int) -> None:
    call_command("migrate", verbosity=0, run_syncdb=True)
    people = []
    for number in range(count):
        user = User.objects.create(username=f"person{number}")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        people.append({"cookie": f"sessionid={session.session_key}", "thing": Thing.objects.create().pk})
    print(json.dumps(people))


if __name__ == "__main__":
    main(int(sys.argv[1]))
