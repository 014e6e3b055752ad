"""The guide to SEN annual review recording."""

from typing import Any

REVIEWS_GUIDES: tuple[dict[str, Any], ...] = (
    {
        "kind": "guide",
        "title": {"en": "SEN annual review recording", "cy": "Cofnodi adolygiadau blynyddol AAA"},
        "words": {
            "en": """*SEN annual reviews* is on the home page and on the page *Forms*. You see it if \
you are responsible \
for Special Educational Needs and Disabilities, or if you are a supervisor. If you do not, ask for \
the responsibility in *Change User Responsibilities*.

**To begin**, choose *Add a pupil with a plan*. Enter the name, date of birth and UPN as in your \
records, the date of the plan and the day of the last review. The next review is due 12 months \
later, or earlier if you say so.

**Reviews are flagged eight weeks before they are due.** You get an email, once, and an alert until \
a meeting is planned. The links above the list show who is due, overdue, planned, held or sent, with \
how many of each.

**To plan the meeting**, open the pupil and choose *Plan the meeting*. A day later than the law asks \
is kept, and the pages say so.

**To record the review**, fill in five parts: *Meeting and people*, *Views*, *Outcomes*, \
*Recommendation* and *Documents*. Each is saved as a draft, so that colleagues can write different \
parts. If somebody saved the same part while you wrote, you see their words beside yours, and \
nothing is lost.

**To send it**, read the page of the review and choose *Send the review to the council*. The report \
is due within two weeks of the meeting, and the page says how many days are left. What is sent \
cannot be changed. To put something right, choose *Correct what was sent*: the council gets it as a \
new version, and both are kept.

**The council decides** within four weeks of the meeting: keep, amend or cease the plan. You get an \
email and an alert. The next review then begins with its own date, and with the outcomes that were \
not met.

**When a pupil leaves**, choose *Take the pupil off the list*. You can put them back. *Download as a \
PDF* prints a review. Keep it safe: it is about a child.""",
            "cy": """Mae *Adolygiadau blynyddol AAA* ar yr hafan ac ar y dudalen *Ffurflenni*. \
Byddwch yn ei weld os \
ydych yn gyfrifol am Anghenion Addysgol Arbennig ac Anableddau, neu os ydych yn oruchwyliwr. Os nad \
ydych, gofynnwch am y cyfrifoldeb yn *Newid Cyfrifoldebau Defnyddwyr*.

**I ddechrau**, dewiswch *Ychwanegu disgybl sydd â chynllun*. Rhowch yr enw, y dyddiad geni a'r UPN \
fel yn eich cofnodion, dyddiad y cynllun a diwrnod yr adolygiad diwethaf. Mae'r adolygiad nesaf i'w \
gynnal 12 mis yn ddiweddarach, neu'n gynt os dywedwch hynny.

**Caiff adolygiadau eu nodi wyth wythnos cyn y dyddiad.** Byddwch yn cael e-bost, unwaith, a rhybudd \
nes bod cyfarfod wedi'i drefnu. Mae'r dolenni uwchben y rhestr yn dangos pwy sydd i'w hadolygu, yn \
hwyr, wedi'u trefnu, wedi'u cynnal neu wedi'u hanfon, a faint o bob un.

**I drefnu'r cyfarfod**, agorwch y disgybl a dewiswch *Trefnu'r cyfarfod*. Cedwir diwrnod sy'n \
hwyrach nag y mae'r gyfraith yn ei ofyn, ac mae'r tudalennau'n dweud hynny.

**I gofnodi'r adolygiad**, llenwch bum rhan: *Cyfarfod a phobl*, *Safbwyntiau*, *Canlyniadau*, \
*Argymhelliad* a *Dogfennau*. Caiff pob un ei chadw fel drafft, fel y gall cydweithwyr ysgrifennu \
gwahanol rannau. Os cadwodd rhywun yr un rhan tra oeddech yn ysgrifennu, byddwch yn gweld eu geiriau \
wrth ymyl eich rhai chi, ac ni chollir dim.

**I'w anfon**, darllenwch dudalen yr adolygiad a dewiswch *Anfon yr adolygiad at y cyngor*. Mae'r \
adroddiad i'w anfon o fewn pythefnos i'r cyfarfod, ac mae'r dudalen yn dweud faint o ddyddiau sydd \
ar ôl. Ni ellir newid yr hyn a anfonir. I gywiro rhywbeth, dewiswch *Cywiro'r hyn a anfonwyd*: bydd \
y cyngor yn ei gael fel fersiwn newydd, a chedwir y ddau.

**Bydd y cyngor yn penderfynu** o fewn pedair wythnos i'r cyfarfod: cadw, diwygio neu derfynu'r \
cynllun. Byddwch yn cael e-bost a rhybudd. Yna bydd yr adolygiad nesaf yn dechrau gyda'i ddyddiad ei \
hun, a chyda'r canlyniadau na chyflawnwyd.

**Pan fydd disgybl yn gadael**, dewiswch *Tynnu'r disgybl oddi ar y rhestr*. Gallwch ei roi'n ôl. \
Mae *Lawrlwytho fel PDF* yn argraffu adolygiad. Cadwch ef yn ddiogel: mae'n ymwneud â phlentyn.""",
        },
        "screens": ["reviews"],
    },
)
