"""What was typed of an alert, and what its page shows of it."""

from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guildhall.doors.administration.privacy_moments import NoSuchMoment, moment_of, shown_moment, typed_moment
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.components.options import Option
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.work.alerts.models import Alert
from guildhall.work.alerts.rules import CONTEXTS, Context
from guildhall.work.alerts.services import Definition


def definition_of(alert: Alert) -> Definition:
    """An alert as it is kept."""
    return Definition(
        kind=alert.kind,
        reason=alert.reason,
        description=alert.description,
        based_on=alert.based_on,
        fields=tuple(alert.fields),
        query=alert.query,
        include_result=alert.include_result,
        fire_on_row=alert.fire_on_row,
        next_at=alert.next_at,
        every=alert.every,
        unit=alert.unit,
        template=alert.template_id,
    )


def typed_definition(post: QueryDict, *, kind: str) -> Definition:
    """What was posted; the fields of the context that was chosen, out of those of all contexts."""
    based_on = one_line(post.get("based_on"))
    unread = []
    try:
        next_at = moment_of(typed_moment(post, "next_at"))
    except NoSuchMoment:
        next_at = None
        unread.append("next_at")
    every = one_line(post.get("every"))
    return Definition(
        kind=kind,
        reason=one_line(post.get("reason")),
        description=paragraphs(post.get("description")),
        based_on=based_on,
        fields=tuple(one_line(each) for each in post.getlist(f"fields_{based_on}")),
        query=paragraphs(post.get("query")),
        include_result=post.get("include_result") == "yes",
        fire_on_row=kind == Alert.Kind.TRIGGER or post.get("fire_on_row") == "yes",
        next_at=next_at,
        every=number(every, otherwise=0) if every else None,
        unit=one_line(post.get("unit")),
        template=number(post.get("template"), otherwise=0) or None,
        unread=tuple(unread),
    )


def moment_shown(definition: Definition, post: QueryDict | None) -> dict[str, Any]:
    """The parts of the next time: as they were typed, where they were."""
    return typed_moment(post, "next_at") if post is not None else shown_moment(definition.next_at)


def contexts_shown(definition: Definition, problem: str) -> list[Option]:
    """What a trigger alert can be based on, each with its trigger, table and fields below it."""
    return [
        Option(
            one.key,
            say(f"administration.Alerts_BasedOn_{one.key}"),
            conditional=_below(one, definition, problem if one.key == definition.based_on else ""),
        )
        for one in CONTEXTS.values()
    ]


def _below(context: Context, definition: Definition, problem: str) -> SafeString:
    facts = [("DatabaseTrigger", context.trigger), ("Table", context.table)]
    lines = format_html_join(
        "",
        '<p class="govuk-body govuk-!-margin-bottom-1">{}: <code>{}</code></p>',
        ((say(f"administration.Alerts_{name}"), value) for name, value in facts),
    )
    boxes = components.checkboxes_field(
        Field(
            f"fields_{context.key}",
            say("administration.Alerts_Fields"),
            tooltip=say("administration.Alerts_Fields_Tooltip"),
            problem=problem,
            id="fields" if context.key == definition.based_on else "",
        ),
        options=[(name, say(text)) for name, text in context.fields.items()],
        values=definition.fields if context.key == definition.based_on else (),
        small=True,
    )
    return format_html("{}{}", lines, boxes)
