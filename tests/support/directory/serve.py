"""Run the directory: ``python -m tests.support.directory.serve PORT REDIRECT…`` until it is ended."""

import sys
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

PASSWORD = "directory words for a test"
CLIENT, SECRET = "guildhall", "a secret between the two"


# The package imports this to fetch what clients say of themselves, which ours never does, and does not
# bring it along.
sys.modules.setdefault("requests", ModuleType("requests"))


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def _fill(redirects: list[str]) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password

    from .adapter import SAYS

    for name in SAYS:
        user = get_user_model().objects.create_user(name, f"{name}@people.example", PASSWORD)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    Client.objects.create(
        id=CLIENT,
        name="Guildhall",
        secret=make_password(SECRET),
        scopes="openid\nemail\nprofile",
        redirect_uris="\n".join(redirects),
        skip_consent=True,
    )


def main() -> None:
    port, *redirects = sys.argv[1:]
    django.setup()
    call_command("migrate", verbosity=0)
    _fill(redirects)
    make_server("127.0.0.1", int(port), get_wsgi_application(), handler_class=Quiet).serve_forever()


if __name__ == "__main__":
    main()
