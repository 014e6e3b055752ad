"""The guide to placing a notice that the schools' site starts with."""

from typing import Any

GUIDE: dict[str, Any] = {
    "kind": "guide",
    "screens": ["notices"],
    "title": {"en": "Placing a notice", "cy": "Rhoi hysbysiad"},
    "words": {
        "en": """*Activities and Events* shows the notices of every school. Search them, or choose a kind.

**To place a notice**, choose *Submit an item* and then what it is about: for sale, free, an activity or an \
event. Say whom to ask. You can add a picture. Do not name or show a pupil.

**How long**: a notice is shown for 30 days, or until the day you choose. The council may look at it first. \
Then you get a message when it is decided.

**To change or withdraw it**, open *My notices*. What has ended stays there, and you can place it again. \
Your school's supervisor can do the same.

**If a notice should not be there**, open it and choose *Report this notice to the council*.""",
        "cy": """Mae *Gweithgareddau a Digwyddiadau* yn dangos hysbysiadau pob ysgol. Chwiliwch nhw, neu \
dewiswch fath.

**I roi hysbysiad**, dewiswch *Cyflwyno eitem* ac yna am beth y mae: ar werth, am ddim, gweithgaredd neu \
ddigwyddiad. Dywedwch pwy i'w holi. Gallwch ychwanegu llun. Peidiwch ag enwi na dangos disgybl.

**Am ba hyd**: caiff hysbysiad ei ddangos am 30 diwrnod, neu hyd y diwrnod a ddewiswch. Gall y cyngor edrych \
arno'n gyntaf. Yna cewch neges pan fydd wedi'i benderfynu.

**I'w newid neu ei dynnu'n ôl**, agorwch *Fy hysbysiadau*. Mae'r hyn sydd wedi dod i ben yn aros yno, a \
gallwch ei roi eto. Gall goruchwyliwr eich ysgol wneud yr un peth.

**Os na ddylai hysbysiad fod yno**, agorwch ef a dewiswch *Rhoi gwybod i'r cyngor am yr hysbysiad hwn*.""",
    },
}
