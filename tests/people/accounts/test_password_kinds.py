"""Kinds of character count only where the authority asks for them."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from guildhall.foundation.authority import services as authority

from ...standing import NOON, PASSPHRASE


@pytest.mark.django_db
@pytest.mark.req("SP-296")
def test_a_password_needs_the_kinds_of_character_that_the_setting_names():
    validate_password(PASSPHRASE)
    authority.change_setting("password.kinds", value=["upper", "digit"], by=None, now=NOON)
    with pytest.raises(ValidationError, match="a capital letter, a number"):
        validate_password(PASSPHRASE)
    validate_password(PASSPHRASE.replace("river", "River7"))
