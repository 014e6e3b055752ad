"""The message of a decision: the words it begins with, and what an officer made of them."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils import translation

from guildhall.foundation.kit.speech import day
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.models import MessageTemplate
from guildhall.mail.messages.templates_store import queries as templates
from guildhall.work.cases.models import Case
from guildhall.work.cases.moves import Move
from guildhall.work.cases.queries import reasons, team_name
from guildhall.work.cases.services import Letter, MessageIncomplete

from .showing import full_title

# The text that each decision begins with (messaging.Subject_…, text-blocks.Message_…).
BEGINS: dict[str, str] = {
    Move.APPROVE: "Approve",
    Move.REJECT: "Reject",
    Move.REQUEST: "RequestInformation",
    Move.RESUBMIT: "Resubmit",
    "write": "Write",
}
_TO_FILL_IN = re.compile(r"\[[^\[\]\n]+\](?!\()")


@dataclass(frozen=True)
class Written:
    """What stands in the form of a decision; ``seen`` is the version of the case the officer looked at."""

    verb: str
    subject: str
    body: str
    seen: int
    may_answer: bool = True
    reason: str = ""
    reopen: bool = False
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def letter(self) -> Letter:
        """What goes to the sender; one who is asked for more may always answer."""
        return Letter(self.subject, self.body, self.may_answer or self.verb == Move.REQUEST)

    @property
    def chosen(self) -> dict[str, Any]:
        """What else the service of this decision takes."""
        return {"reason": self.reason, "reopen": self.reopen} if self.verb == Move.REQUEST else {}


def first_words(case: Case, verb: str) -> Written:
    """The default message, in the language of the person it goes to (SP-191)."""
    language = case.submission.sender.language
    with translation.override(language):
        values = {
            "name": str(case.submission.sender),
            "child": case.child_name,
            "title": full_title(case, language),
            "received": day(case.received_at),
            "reference": case.reference,
            "team": team_name(case.team, language),
        }
        subject = say(f"messaging.Subject_{BEGINS[verb]}", **values)
        return Written(verb, subject, say(f"text-blocks.Message_{BEGINS[verb]}", **values), case.version)


def begun_with(letter: Written, template: MessageTemplate, case: Case) -> Written:
    """The letter with the template's words for its reader; what was typed already stays, above them."""
    first = first_words(case, letter.verb)
    subject, body = templates.words_for(template, case.submission.sender)
    typed = letter.body.strip() not in {"", first.body.strip()}
    kept = letter.subject if letter.subject.strip() not in {"", first.subject} else subject
    return replace(
        letter, subject=kept, body=f"{letter.body.rstrip()}\n\n{body}" if typed else body, problems={}
    )


def read(data: QueryDict, case: Case, verb: str) -> Written:
    """What was typed, with problems where the officer has to look again before it can go."""
    letter = Written(
        verb,
        subject=data.get("subject", ""),
        body=data.get("body", "").replace("\r\n", "\n"),
        seen=number(data.get("seen", "")),
        may_answer=data.get("may_answer") == "yes",
        reason=data.get("reason", ""),
        reopen=data.get("reopen") == "yes",
    )
    if verb == Move.REQUEST and letter.reason not in dict(reasons("en")):
        letter.problems["reason"] = say("send.Error_Reason")
    try:
        letter.letter.demand_words()
    except MessageIncomplete as incomplete:
        letter.problems.update(incomplete.problems)
    begun = _TO_FILL_IN.findall(first_words(case, verb).body)
    if left := next((words for words in begun if words in letter.body), ""):
        letter.problems["body"] = say("send.Error_FillIn", words=left)
    return (
        letter if letter.letter.may_answer else replace(letter, body=_without_offer(letter.body, case, verb))
    )


def _without_offer(body: str, case: Case, verb: str) -> str:
    """The message with what it began with about answering here put right, as answers are switched off."""
    language = case.submission.sender.language
    here = say("send.Process_AnswerHere", language).lower()
    for begun in first_words(case, verb).body.split("\n\n"):
        if here in begun.lower():
            body = body.replace(begun, say("text-blocks.Message_NoAnswer", language))
    return body
