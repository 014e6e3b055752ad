"""What an officer chose for each field where two do not say the same."""

from collections.abc import Iterable

from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts import queries as texts

from ..differences import Choices, Difference


class ChoiceMissing(Refusals):
    """A conflict has no choice, or one that the field does not offer."""


def checked_choices(differences: Iterable[Difference], choices: Choices) -> Choices:
    """One choice for every difference. What only the other says is taken when nobody chose.

    Raises ChoiceMissing (by ``choice-<field>``).
    """
    chosen, problems = {}, {}
    for each in differences:
        choice = choices.get(each.field) or ("" if each.conflict else "theirs")
        if choice in each.choices:
            chosen[each.field] = choice
        else:
            problems[f"choice-{each.field}"] = texts.say(f"matching.Error_Choice_{each.field}")
    if problems:
        raise ChoiceMissing(problems)
    return chosen
