"""What an earlier answer may stand for."""

import pytest

from guildhall.paperwork.forms.definition import compiled
from guildhall.paperwork.submissions.reuse import lendable

from ...definitions import every_kind, group, question, words


@pytest.mark.req("GH-021")
def test_a_consent_is_lent_to_no_form_however_an_older_version_was_published():
    asked = [
        question("CARE_STATUS", "yes_no", reuse="fill"),
        question("SHARING", "yes_no", text=words("Do you agree that we share this?"), reuse="fill"),
        question("CONSENT_ON", "date", reuse="fill"),
        question("SIGNED", "signature", reuse="fill"),
        question("PLAN", "file", reuse="fill"),
    ]
    form = compiled(every_kind(groups=[group("first", 2, *asked)]))
    assert [code for code, one in form.question_by_code.items() if lendable(one)] == ["CARE_STATUS"]
