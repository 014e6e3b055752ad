"""Secrets of the authority at rest: sealed with a key that is made of SECRET_KEY and never kept.

After the secret key was changed, what an older one (SECRET_KEY_FALLBACKS) sealed can still be read.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """The secret was sealed with a key that this installation no longer has: it must be typed again."""


def seal(words: str) -> str:
    """``words`` as they may be kept."""
    return _keys().encrypt(words.encode()).decode()


def unseal(sealed: str) -> str:
    """What ``seal`` was given. Raises Unreadable."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _keys() -> MultiFernet:
    return MultiFernet([_key(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"guildhall authority secrets")
    return Fernet(base64.urlsafe_b64encode(made.derive(secret.encode())))
