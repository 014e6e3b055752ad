"""Words of a statement in one language, as a person reads them. Touches no table."""

from collections.abc import Mapping
from dataclasses import dataclass

from guildhall.foundation.texts import queries as texts

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class Shown:
    """A statement as it is shown: Markdown, the words beside the box, and the language both are in.

    ``elsewhere``: there are no words in the language that was asked for.
    """

    wording: str
    agreement: str
    language: str
    elsewhere: bool = False


def shown(wording: Mapping[str, str], agreement: Mapping[str, str], language: str | None) -> Shown:
    """The statement in ``language``, else in the one it has; placeholders are filled."""
    wanted = (language or "en")[:2]
    have = [one for one in (wanted, *LANGUAGES) if wording.get(one)]
    spoken = have[0] if have else wanted
    return Shown(
        texts.fill(wording.get(spoken, ""), spoken, {}),
        texts.fill(agreement.get(spoken, ""), spoken, {}),
        spoken,
        elsewhere=spoken != wanted,
    )


def frozen(words: Mapping[str, str]) -> dict[str, str]:
    """``words`` as they are published: the names in them never change again, only languages that have any."""
    return {
        language: texts.fill(said, language, {}) for language in LANGUAGES if (said := words.get(language))
    }
