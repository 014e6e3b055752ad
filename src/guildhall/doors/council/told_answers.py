"""The answers of a form that stand on the chronology itself (SP-150)."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.text import Truncator

from guildhall.foundation.kit.markdown import to_plain
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms import spoken
from guildhall.paperwork.submissions.models import Submission

_LONGEST = 200


def answers_by_id(ids: Iterable[str], *, hides: bool) -> dict[str, list[tuple[str, str]]]:
    """Submission number → (question, answer in one short line) of the questions marked ``chronology``.

    ``hides`` leaves out where anybody lives. One query, however many.
    """
    rows = Submission.objects.filter(pk__in=[number for number in ids if number.isdigit()])
    sent = rows.only("pk", "version_id", "answers", "sent_at")
    return {str(submission.pk): _answers(submission, hides=hides) for submission in sent}


def _answers(submission: Submission, *, hides: bool) -> list[tuple[str, str]]:
    definition = forms.definition_of(submission.version_id)
    marked = {code: one.kind for code, one in definition.question_by_code.items() if one.chronology}
    if not marked:
        return []
    day = timezone.localdate(submission.sent_at)
    parts = spoken.sections(definition, submission.answers, active_language(), today=day)
    return [
        (
            pair.label,
            say("matching.Hidden") if hides and pair.code in definition.places else _short(pair, marked),
        )
        for part in parts
        for pair in part.pairs
        if pair.code in marked and pair.lines
    ]


def _short(pair: spoken.Spoken, kinds: dict[str, str]) -> str:
    lines = pair.lines
    if kinds[pair.code] == "memo":
        lines = to_plain("\n".join(lines))
    return Truncator("; ".join(line for line in lines if line.strip())).chars(_LONGEST)
