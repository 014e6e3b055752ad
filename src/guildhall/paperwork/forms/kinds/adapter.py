"""Stand-ins until foundation.kit.identifiers is there."""

import re

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def valid_upn(upn: str) -> bool:
    if not re.fullmatch(r"[A-Z]\d{11}[\dA-Z]", upn):
        return False
    values = [int(c) if c.isdigit() else _LETTERS.find(c) for c in upn[1:]]
    if -1 in values:
        return False
    return _LETTERS[sum(w * v for w, v in enumerate(values, 2)) % 23] == upn[0]


def valid_nhs_number(number: str) -> bool:
    if not re.fullmatch(r"\d{10}", number):
        return False
    check = 11 - sum(int(c) * w for c, w in zip(number, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(number[9]) and check != 10
