"""Codes and keys: how they are made, tidied, shown, and turned into digests. Touches no table."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_code(length: int) -> str:
    """``length`` random digits, leading zeros included."""
    return f"{secrets.randbelow(10**length):0{length}d}"


def new_key() -> str:
    """A random key for a link or a cookie: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def tidy(typed: str) -> str:
    """What was typed or pasted as a code, without spaces and hyphens."""
    return "".join(mark for mark in typed if not mark.isspace() and mark not in "-‐–")


def in_two_groups(code: str) -> str:
    """``12345678`` as ``1234 5678``."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def code_digest(code: str, *, about: str) -> str:
    """A keyed digest: codes are short, so a plain one could be turned back."""
    return salted_hmac(f"guildhall.code.{about}", code, algorithm="sha256").hexdigest()


def key_digest(key: str) -> str:
    """Keys are long and random, so a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def name_digest(name: str) -> str:
    """Names a person or an address in counts without keeping it readable."""
    return salted_hmac("guildhall.name", name, algorithm="sha256").hexdigest()[:32]
