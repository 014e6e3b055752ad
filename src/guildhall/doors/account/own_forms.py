"""What people change about their own account, beside the forms that registering has too."""

from typing import Any

from django import forms

from .forms import AccountForm, Address, PersonalDetails, SecretQuestion, password_field

OWN_NAMES = ("title", "forename", "midname", "surname", "born_on", "gender", "job_role", "organisation")
PHONES = ("home_phone", "mobile", "work_phone")


class Contact(Address):
    """``initial["work"]``: the account is for work, and needs no home address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].required = not self.initial["work"]

    def clean_postcode(self) -> str:
        return super().clean_postcode() if self.cleaned_data["postcode"] else ""


class UpdateAccount(Contact, PersonalDetails):
    """Everything that was given at registration but the email address, on one page."""

    @property
    def details(self) -> dict[str, Any]:
        given = self.cleaned_data
        return super().details | {name: given[name] for name in OWN_NAMES if name in given}


class ChangeSecretQuestion(SecretQuestion):
    old_password = password_field("current-password")


class Language(AccountForm):
    language = forms.ChoiceField(choices=[("en", "English"), ("cy", "Cymraeg")])
    radios = frozenset({"language"})


class Emails(AccountForm):
    """``initial["school"]``: the person works at a school, which gets post."""

    message_waiting = forms.BooleanField(required=False)
    post_daily = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial["school"]:
            del self.fields["post_daily"]
