"""What people type on the pages of their account, and what is wrong with it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit import identifiers
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts import queries as texts
from guildhall.foundation.texts.forms import DayField, WordedForm
from guildhall.people.accounts import queries
from guildhall.people.accounts.models import User
from guildhall.people.accounts.rules import age_on

LEAST_AGE = 16
MOST_AGE = 120
ADDRESS_FIELDS = ("property_name", "house_number", "street", "town", "postcode")


class Line(forms.CharField):
    """Words on one line, cleaned before they are counted."""

    def to_python(self, value: Any) -> str:
        return one_line(value)


def line(most: int, *, required: bool = False, **attrs: Any) -> Line:
    """A field for up to ``most`` characters."""
    return Line(
        max_length=most, required=required, widget=forms.TextInput(attrs={"spellcheck": False} | attrs)
    )


def password_field(autocomplete: str = "new-password") -> forms.CharField:
    return forms.CharField(
        max_length=1000, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete})
    )


class AccountForm(WordedForm):
    area = "account"


class Name(AccountForm):
    title = line(20, autocomplete="honorific-prefix", width=5)
    forename = line(60, required=True, autocomplete="given-name")
    midname = line(60, autocomplete="additional-name")
    surname = line(60, required=True, autocomplete="family-name")
    born_on = DayField(widget=DayField.widget(attrs={"born": True}))

    def clean_born_on(self) -> date | None:
        return _adults_birthday(self.cleaned_data["born_on"], self.initial["today"])


def _adults_birthday(born_on: date | None, today: date) -> date | None:
    if born_on is None:
        return None
    if born_on > today:
        raise ValidationError("", code="future")
    if age_on(born_on, today) > MOST_AGE:
        raise ValidationError("", code="invalid")
    if age_on(born_on, today) < LEAST_AGE:
        raise ValidationError("", code="too_young")
    return born_on


class Address(AccountForm):
    property_name = line(60)
    house_number = line(10, width=5)
    street = line(80, autocomplete="address-line1")
    town = line(60, autocomplete="address-level2")
    postcode = line(12, required=True, autocomplete="postal-code", width=10)
    home_phone = line(30, autocomplete="home tel", inputmode="tel", width=20)
    mobile = line(30, autocomplete="mobile tel", inputmode="tel", width=20)
    work_phone = line(30, autocomplete="work tel", inputmode="tel", width=20)

    def clean_postcode(self) -> str:
        return postcode_of(self.cleaned_data["postcode"])

    def clean_home_phone(self) -> str:
        return _phone(self.cleaned_data["home_phone"])

    def clean_mobile(self) -> str:
        return _phone(self.cleaned_data["mobile"])

    def clean_work_phone(self) -> str:
        return _phone(self.cleaned_data["work_phone"])

    @property
    def details(self) -> dict[str, Any]:
        """The fields of User that this page gives."""
        given = self.cleaned_data
        phones = {name: given[name] for name in ("home_phone", "mobile", "work_phone")}
        return phones | {"address": address_of(given)}


def address_of(given: dict[str, Any]) -> dict[str, Any]:
    """An address as it is kept: lines, town and postcode, and the boxes it was typed in."""
    street = " ".join(part for part in (given["house_number"], given["street"]) if part)
    boxes = {name: given[name] for name in ADDRESS_FIELDS}
    return {"lines": [line for line in (given["property_name"], street) if line], **boxes}


def postcode_of(typed: str) -> str:
    """``typed`` as a postcode is kept. Raises ValidationError."""
    postcode = identifiers.normalise_postcode(typed)
    if not identifiers.valid_postcode(postcode):
        raise ValidationError("", code="invalid")
    return postcode


def _phone(typed: str) -> str:
    number = identifiers.normalise_phone(typed)
    if typed and not identifiers.valid_phone(number):
        raise ValidationError("", code="invalid")
    return number


class AboutYou(Address, Name):
    """Step 1 of registering: who you are and where you live."""

    professional = forms.BooleanField(required=False)
    job_role = line(100, autocomplete="organization-title")
    organisation = line(150, autocomplete="organization")
    field_order = [
        "title",
        "forename",
        "surname",
        "born_on",
        "professional",
        "job_role",
        "organisation",
        "postcode",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["midname"]
        self.fields["born_on"].required = not (self.is_bound and self.data.get("professional"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("job_role", "organisation"):
            if given.get("professional") and not given.get(name):
                self.add_error(name, ValidationError("", code="required"))
            elif not given.get("professional"):
                given[name] = ""
        return given

    @property
    def details(self) -> dict[str, Any]:
        names = ("title", "forename", "surname", "born_on", "job_role", "organisation")
        return super().details | {name: self.cleaned_data.get(name) for name in names}


class NewPassword(AccountForm):
    password = password_field()
    password_again = password_field()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, again = given.get("password"), given.get("password_again")
        if first and again and first != again:
            self.add_error("password_again", ValidationError("", code="different"))
        elif first:
            self._judge(first)
        return given

    def _judge(self, password: str) -> None:
        user = User(email=self.cleaned_data.get("email"), **self.initial.get("person", {}))
        try:
            validate_password(password, user)
        except ValidationError as refused:
            code = refused.error_list[0].code or ""
            if code == "length":
                self.refuse({"password": refused.messages[0]})
            else:
                self.add_error("password", ValidationError("", code="easy"))


class SecretQuestion(AccountForm):
    """A question out of a list, and its answer."""

    secret_question = forms.ChoiceField()
    secret_answer = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", ""), *queries.secret_questions()]
        self.fields["secret_question"].choices = offered  # type: ignore[attr-defined]


class SignInDetails(NewPassword, SecretQuestion):
    """Step 2 of registering: how you will sign in."""

    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"type": "email", "autocomplete": "email", "spellcheck": False}),
    )
    field_order = ["email", "password", "password_again", "secret_question", "secret_answer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not setting("secret_question.on"):
            del self.fields["secret_question"], self.fields["secret_answer"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class EmailOnly(AccountForm):
    email = SignInDetails.base_fields["email"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class ChangeEmail(EmailOnly):
    old_password = password_field("current-password")


class ChangePassword(NewPassword):
    """The old password, and the new one twice, called so."""

    old_password = password_field("current-password")
    field_order = ["old_password", "password", "password_again"]
    labels = {
        "old_password": "Renew_OldPassword",
        "password": "Renew_Password",
        "password_again": "Renew_PasswordAgain",
    }

    def label_of(self, name: str) -> str:
        return texts.say(f"account.{self.labels[name]}") if name in self.labels else super().label_of(name)


class PersonalDetails(Name):
    """``initial``: ``professional``, and ``employed`` when a school keeps the job and says where it is."""

    gender = forms.ChoiceField(required=False)
    job_role = line(100, autocomplete="organization-title")
    organisation = line(150, autocomplete="organization")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = genders()  # type: ignore[attr-defined]
        self.fields["born_on"].required = not self.initial["professional"]
        for name in ("job_role", "organisation"):
            if self.initial["professional"] and not self.initial.get("employed"):
                self.fields[name].required = True
            else:
                del self.fields[name]


def genders() -> list[tuple[str, str]]:
    """The answers to the question for a gender, in the active language."""
    return [("", "")] + [
        (key, texts.say(f"account.Gender_{key.title()}")) for key in ("female", "male", "other")
    ]


class Code(AccountForm):
    code = forms.CharField(
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": False, "width": 10}
        ),
    )


class RegistrationCode(Code):
    @property
    def stars(self) -> bool:
        """All steps of registering mark what must be answered."""
        return True


class TwoStep(AccountForm):
    method = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [  # type: ignore[attr-defined]
            (key, texts.say(f"account.TwoStep_{key.title()}")) for key in ("email", "none")
        ]
