"""The rule for a password's length. Common ones are refused by Django's own rule; there is no other."""

from typing import Any

from django.core.exceptions import ValidationError

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.texts import queries as texts


class LengthValidator:
    """12 to 128 characters (settings of the authority)."""

    def validate(self, password: str, user: Any = None) -> None:
        if not setting("password.minimum_length") <= len(password) <= setting("password.maximum_length"):
            raise ValidationError(self.get_help_text(), code="length")

    def get_help_text(self) -> str:
        """The rule in words."""
        return texts.say(
            "account.Password_Rule",
            least=setting("password.minimum_length"),
            most=setting("password.maximum_length"),
        )
