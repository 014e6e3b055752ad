"""Speaking OpenID Connect with a directory: the code flow with PKCE. Touches no table.

Everything the directory says is checked before anybody believes it: who issued it, for whom, when, and that
it answers what this browser asked.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]
SECONDS = 10.0
LEEWAY = 60
MOST_BYTES = 1_000_000
SCOPE = "openid email profile"


class DirectoryTrouble(Exception):
    """The directory did not answer, or what it said cannot be believed. The message is for operators."""


@dataclass(frozen=True)
class Client:
    """Who we are to the directory at ``issuer``."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True)
class Question:
    """Where the browser goes, and what its answer must fit (kept in its session)."""

    address: str
    kept: dict[str, str]


@dataclass(frozen=True)
class Person:
    """Whom the directory vouches for, and how it made sure of them."""

    subject: str
    email: str
    email_verified: bool
    acr: str
    amr: tuple[str, ...]
    id_token: str


def safe_issuer(issuer: str) -> bool:
    """Only over a safe connection; on this very machine (for tests) without."""
    site = urlsplit(issuer)
    if site.query or site.fragment or not site.hostname or site.username:
        return False
    return site.scheme == "https" or (site.scheme == "http" and site.hostname in {"127.0.0.1", "localhost"})


def discover(issuer: str) -> dict[str, Any]:
    """What the directory says of itself. Raises DirectoryTrouble."""
    if not safe_issuer(issuer):
        raise DirectoryTrouble("The issuer's address is not a safe one.")
    found = _json("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise DirectoryTrouble(f"It calls itself {str(found.get('issuer'))[:120]!r}.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not safe_issuer(str(found.get(name, "")).partition("?")[0]):
            raise DirectoryTrouble(f"It names no safe {name}.")
    return found


def ask(client: Client) -> Question:
    """What to send the browser away with. Raises DirectoryTrouble."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    query = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "scope": SCOPE,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": create_s256_code_challenge(kept["verifier"]),
        "code_challenge_method": "S256",
    }
    endpoint = discover(client.issuer)["authorization_endpoint"]
    between = "&" if "?" in endpoint else "?"
    return Question(f"{endpoint}{between}{urlencode(query)}", kept)


def answer(client: Client, given: Mapping[str, str], kept: Mapping[str, str], *, now: datetime) -> Person:
    """Who came back with ``given`` (the query), to what was ``kept``. Raises DirectoryTrouble."""
    if not kept.get("state") or not secrets.compare_digest(
        given.get("state", "").encode(), kept["state"].encode()
    ):
        raise DirectoryTrouble("The answer is to another question.")
    if given.get("iss", client.issuer) != client.issuer:
        raise DirectoryTrouble("The answer comes from another directory.")
    if not given.get("code"):
        raise DirectoryTrouble(f"It refused: {given.get('error', 'no code')[:80]}.")
    about = discover(client.issuer)
    tokens = _exchange(client, about, given["code"], kept["verifier"])
    claims = _claims(client, about, str(tokens.get("id_token", "")), kept["nonce"], now)
    return _person(claims, about, tokens)


def _exchange(client: Client, about: dict[str, Any], code: str, verifier: str) -> dict[str, Any]:
    data = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": verifier,
    }
    methods = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    auth = None
    if "client_secret_basic" in methods:
        auth = httpx.BasicAuth(client.client_id, client.client_secret)
    else:
        data |= {"client_id": client.client_id, "client_secret": client.client_secret}
    return _json("POST", about["token_endpoint"], data=data, auth=auth)


def _claims(client: Client, about: dict[str, Any], token: str, nonce: str, now: datetime) -> CodeIDToken:
    """The claims of an identity token that is signed by the directory, for us, now, for this question."""
    try:
        keys = KeySet.import_key_set(_json("GET", about["jwks_uri"]))  # type: ignore[arg-type]
        read = jwt.decode(token, keys, algorithms=ALGORITHMS)
        expected = {
            "iss": {"essential": True, "value": client.issuer},
            "aud": {"essential": True, "value": client.client_id},
            "sub": {"essential": True},
        }
        params = {"nonce": nonce, "client_id": client.client_id}
        claims = CodeIDToken(read.claims, read.header, expected, params)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise DirectoryTrouble(
            f"Its identity token does not hold: {type(error).__name__} {error}"[:200]
        ) from error
    return claims


def _person(claims: CodeIDToken, about: dict[str, Any], tokens: dict[str, Any]) -> Person:
    said: Mapping[str, Any] = claims
    if "email" not in claims and safe_issuer(str(about.get("userinfo_endpoint", ""))):
        header = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        said = _json("GET", about["userinfo_endpoint"], headers=header)
        if said.get("sub") != claims["sub"]:
            raise DirectoryTrouble("It speaks of another person than its identity token.")
    amr = claims.get("amr")
    return Person(
        subject=str(claims["sub"])[:255],
        email=str(said.get("email") or "").strip().lower()[:254],
        email_verified=said.get("email_verified") is True,
        acr=str(claims.get("acr") or ""),
        amr=tuple(str(one) for one in amr) if isinstance(amr, list) else (),
        id_token=str(tokens.get("id_token", "")),
    )


def _json(method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as web:
            said = web.request(
                method, address, headers={"Accept": "application/json"} | more.pop("headers", {}), **more
            )
        if said.status_code != 200 or len(said.content) > MOST_BYTES:
            raise DirectoryTrouble(f"It answered {said.status_code} at {urlsplit(address).path}.")
        found = said.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise DirectoryTrouble(f"It cannot be reached: {type(error).__name__}.") from error
    if not isinstance(found, dict):
        raise DirectoryTrouble("It did not answer with an object.")
    return found


def way_out(client: Client, id_token: str, back: str) -> str:
    """The directory's own page for signing out, or "". Raises DirectoryTrouble."""
    endpoint = str(discover(client.issuer).get("end_session_endpoint", ""))
    if not safe_issuer(endpoint):
        return ""
    query = {"client_id": client.client_id, "post_logout_redirect_uri": back}
    return f"{endpoint}?{urlencode(query | ({'id_token_hint': id_token} if id_token else {}))}"
