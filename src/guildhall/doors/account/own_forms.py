"""What people change about their own account, beside the forms that registering has too."""

from typing import Any

from django import forms

from guildhall.people.accounts import queries

from .forms import AccountForm, Address, PersonalDetails, password_field

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


class SecretQuestion(AccountForm):
    secret_question = forms.ChoiceField()
    secret_answer = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False})
    )
    old_password = password_field("current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", ""), *queries.secret_questions()]
        self.fields["secret_question"].choices = offered  # type: ignore[attr-defined]


class Language(AccountForm):
    language = forms.ChoiceField(choices=[("en", "English"), ("cy", "Cymraeg")])
    radios = frozenset({"language"})


class Emails(AccountForm):
    message_waiting = forms.BooleanField(required=False)
