"""Secrets that we must be able to read again: kept so that a copy of the database alone gives them away
to nobody. The key comes from the program's secret key; older ones still open what they sealed.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(ValueError):
    """What was sealed was sealed with another secret key."""


def seal(secret: str) -> str:
    """``secret``, so that only this installation can read it."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises CannotOpen."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("sealed with another secret key") from error


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_key(one)) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    digest = hashlib.sha256(b"guildhall.sealing:" + secret.encode())
    return base64.urlsafe_b64encode(digest.digest())
