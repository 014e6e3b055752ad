"""A directory that is honest, but for people whose names say otherwise."""

from collections.abc import Iterable
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

OFFICER = {"email": "send.officer@council.example.org", "email_verified": True}
# What the identity token says of a person, or instead of the truth, by the name of the person.
SAYS: dict[str, dict[str, Any]] = {
    "honest": OFFICER,
    "twice-sure": OFFICER | {"amr": ["pwd", "mfa"], "acr": "two-steps"},
    "wrong-issuer": OFFICER | {"iss": "https://elsewhere.example"},
    "wrong-nonce": OFFICER | {"nonce": "of another question"},
    "wrong-audience": OFFICER | {"aud": "another-client"},
    "expired": OFFICER | {"exp": 1_700_000_000, "iat": 1_600_000_000},
    "unverified": OFFICER | {"email_verified": False},
    "unknown": {"email": "nobody@council.example.org", "email_verified": True},
    "elsewhere": {"email": "send.officer@elsewhere.example.org", "email_verified": True},
    "family": {"email": "dilys@council.example.org", "email_verified": True},
}


class MischievousAdapter(DefaultOIDCAdapter):
    def populate_id_token(
        self, id_token: dict[str, Any], client: Any, scopes: Iterable[str], **kwargs: Any
    ) -> None:
        person = self.get_user_by_sub(client, id_token["sub"])
        id_token.update(SAYS[person.get_username()] if person else {})
