"""The bank that every authority starts with."""

import pytest
from django.core.management import call_command

from guildhall.paperwork.forms import services
from guildhall.paperwork.forms.editing import questions_in
from guildhall.paperwork.forms.library_files import library_paths, read_definition
from guildhall.paperwork.forms.models import Question, QuestionRevision

from ...standing import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.heavy
@pytest.mark.both
@pytest.mark.req("SP-132")
def test_the_bank_starts_with_every_question_of_the_library_and_loading_again_adds_nothing(capsys):
    call_command("load_bank")
    known = set(Question.objects.values_list("code", flat=True))
    for path in library_paths():
        assert {question["code"] for question in questions_in(read_definition(path))} <= known
    revisions = QuestionRevision.objects.count()
    call_command("load_bank")
    assert QuestionRevision.objects.count() == revisions == len(known)
    assert capsys.readouterr().out.splitlines()[1].startswith("0 questions added")


def test_a_form_in_other_words_leaves_the_banks_question_alone():
    first = {"code": "PET", "kind": "text", "text": {"en": "Your pet", "cy": "Eich anifail"}}
    other = first | {"text": {"en": "Name of your pet", "cy": "Enw eich anifail"}}
    group = {"key": "one", "number": 2}
    one = services.keep_questions_of({"groups": [group | {"questions": [first]}]}, by=None, now=NOON)
    two = services.keep_questions_of({"groups": [group | {"questions": [other]}]}, by=None, now=NOON)
    assert (one, two) == ({"PET": 1}, {})
    assert QuestionRevision.objects.get().content["text"]["en"] == "Your pet"
