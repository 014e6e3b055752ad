"""What every authority starts with: a consent statement that it can replace."""

from guildhall.foundation.texts.catalogue import catalogue


def statement() -> dict[str, dict[str, str]]:
    """Wording and agreement of the first statement, in every language, from the catalogue."""
    return {
        "wording": dict(catalogue()["text-blocks.Consent_Statement"]),
        "agreement": dict(catalogue()["text-blocks.Consent_Agreement"]),
    }
