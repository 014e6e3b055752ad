"""What a person agrees to before a form is sent."""

# ruff: noqa: E501  (the fixed words stand as they are in the catalogue)

from dataclasses import dataclass
from typing import Any

from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import Definition

from .destinations import destination_of


@dataclass(frozen=True)
class Declaration:
    """``key`` is first or second; ``body`` is read first, ``agreement`` stands beside the tick box."""

    key: str
    body: tuple[str, ...]
    agreement: tuple[str, ...]
    problem: str

    @property
    def words(self) -> str:
        return "\n".join((*self.body, *self.agreement))


# The second declaration of SP-085, word for word. It is no site text: nobody can change it on the portal.
_SHARING_BODY = {
    "en": (
        "The information that you have put into this form will be used to decide:",
        "a. whether the local authority agrees with you that an education, health and care needs assessment"
        " on your child is required.",
        "b. if there is agreement to do an assessment, whether your child needs an education health and care plan.",
        "c. if there is agreement to create an education, health and care plan, what should be in it?",
        "It is important that the people working with you to answer these questions are able to see the information"
        " you are sending in and to share it with each other. They may also share or discuss this information with"
        " your child.",
        "Before sending in this information, you must agree that it is ok to share it with professionals, the local"
        " authority and your child. If you do not agree to this, you will not be able to send it using this online"
        " form.",
    ),
    "cy": (
        "Defnyddir yr wybodaeth a roesoch yn y ffurflen hon i benderfynu:",
        "a. a yw’r awdurdod lleol yn cytuno â chi bod angen asesiad o anghenion addysg, iechyd a gofal ar eich plentyn.",
        "b. os cytunir i gynnal asesiad, a oes angen cynllun addysg, iechyd a gofal ar eich plentyn.",
        "c. os cytunir i greu cynllun addysg, iechyd a gofal, beth ddylai fod ynddo?",
        "Mae’n bwysig bod y bobl sy’n gweithio gyda chi i ateb y cwestiynau hyn yn gallu gweld yr wybodaeth rydych"
        " yn ei hanfon a’i rhannu â’i gilydd. Gallant hefyd rannu neu drafod yr wybodaeth hon â’ch plentyn.",
        "Cyn anfon yr wybodaeth hon, rhaid i chi gytuno ei bod yn iawn ei rhannu â gweithwyr proffesiynol, yr awdurdod"
        " lleol a’ch plentyn. Os nad ydych yn cytuno â hyn, ni fyddwch yn gallu ei hanfon drwy’r ffurflen ar-lein hon.",
    ),
}
_SHARING_AGREEMENT = {
    "en": (
        "I agree that the information I am submitting can be shared with professionals, the local authority and my"
        " child to decide:",
        "• whether an assessment is needed",
        "• whether an education, health and care plan is needed",
        "• what should be in any plan.",
    ),
    "cy": (
        "Rwy’n cytuno y gellir rhannu’r wybodaeth rwy’n ei chyflwyno â gweithwyr proffesiynol, yr awdurdod lleol a’m"
        " plentyn i benderfynu:",
        "• a oes angen asesiad",
        "• a oes angen cynllun addysg, iechyd a gofal",
        "• beth ddylai fod mewn unrhyw gynllun.",
    ),
}


def declarations_for(definition: Definition, language: str) -> tuple[Declaration, ...]:
    """What has to be agreed to before this form is sent, in order (SP-084, SP-085)."""
    destination = destination_of(definition.destination)
    own = definition.declaration.in_(language) if definition.declaration else ""
    first = Declaration(
        "first", (), (own or texts.say(destination.declaration, language),), "send.Error_Declaration_First"
    )
    if not destination.shares:
        return (first,)
    tongue = "cy" if language.startswith("cy") else "en"
    second = Declaration(
        "second", _SHARING_BODY[tongue], _SHARING_AGREEMENT[tongue], "send.Error_Declaration_Second"
    )
    return (first, second)


def shown_texts(definition: Definition, language: str) -> dict[str, Any]:
    """The declarations as the sender read them, for the submission to keep."""
    return {
        "declarations": [
            {"key": each.key, "words": each.words} for each in declarations_for(definition, language)
        ]
    }
