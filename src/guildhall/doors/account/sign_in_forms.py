"""What people type on the way in, and for their ways to sign in."""

from typing import Any

from django import forms

from guildhall.foundation.authority.queries import setting

from .forms import AccountForm, ChangePassword, Code, line

LONGEST_NAME = 60  # of an app or a passkey


class OldPassword(ChangePassword):
    """Changing the password before signing in."""

    name = line(254, required=True, autocomplete="username")
    field_order = ["name", "old_password", "password", "password_again"]


class AppCode(Code):
    """The code of an app; ``remember`` where this browser may be remembered."""

    app_code = Code.base_fields["code"]
    remember = forms.BooleanField(required=False)
    field_order = ["app_code", "remember"]

    def __init__(self, *args: Any, may_remember: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"]
        _offer_to_remember(self, may_remember)


class EmailedCode(Code):
    remember = forms.BooleanField(required=False)

    def __init__(self, *args: Any, may_remember: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_to_remember(self, may_remember)


def _offer_to_remember(form: AccountForm, may_remember: bool) -> None:
    if not may_remember:
        del form.fields["remember"]


class RecoveryCode(AccountForm):
    recovery_code = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False, "width": 20}),
    )


class NewApp(AccountForm):
    """The first code of an app that is being set up, and what its owner calls it."""

    app_code = Code.base_fields["code"]
    way_name = line(LONGEST_NAME)


class WayName(AccountForm):
    way_name = line(LONGEST_NAME, required=True)


class SecretAnswer(AccountForm):
    """The answer before a link is emailed. Empty for an account that has no question."""

    secret_answer = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )


def asks_secret_question() -> bool:
    """Whether the authority asks for secret questions at all."""
    return bool(setting("secret_question.on"))
