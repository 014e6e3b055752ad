"""What this room adds to what others begin with: the guide to it."""

from typing import Any

GUIDE: dict[str, Any] = {
    "kind": "guide",
    "title": {"en": "Income and Expenditure", "cy": "Incwm a Gwariant"},
    "screens": ["finance"],
    "words": {
        "en": """*Income and Expenditure* shows your school's account each month, and the financial \
returns that the council asks for. You see it if you are responsible for Finance. If not, ask for \
Finance in *Change User Responsibilities*.

**To read a statement**, choose its month. Income and expenditure stand apart. For each account you \
see the budget for the year, what was received or spent so far, what is committed, what is left, and \
how much of the budget that is. Where there is a statement of the month before, its figures stand \
beside.

**To keep it**, choose *Download as a spreadsheet* or *Download as CSV*, or print the page.

**If it was corrected**, the newest version is shown. The earlier ones are listed below it. You get \
a message when a statement is published, corrected or withdrawn.

**To answer a return**, choose it in *Financial returns*. Type amounts such as 1234.56. Choose *Save \
and come back later* as often as you like: others at your school who are responsible for Finance can \
go on with it. Choose *Save and check* to see what is missing and what it adds up to, then *Send the \
return*. You get a reference.

**You cannot change what you sent.** If something is wrong, tell the council's finance team. It \
sends the return back with a reason, and you send a new version. Both are kept.

**You are reminded** a week before a return is due, and once when it is late.""",
        "cy": """Mae *Incwm a Gwariant* yn dangos cyfrif eich ysgol bob mis, a'r ffurflenni ariannol \
y mae'r cyngor yn gofyn amdanynt. Byddwch yn ei weld os ydych yn gyfrifol am Gyllid. Os nad ydych, \
gofynnwch am Gyllid yn *Newid Cyfrifoldebau Defnyddwyr*.

**I ddarllen datganiad**, dewiswch ei fis. Mae incwm a gwariant ar wahân. Ar gyfer pob cyfrif fe \
welwch y gyllideb am y flwyddyn, yr hyn a dderbyniwyd neu a wariwyd hyd yma, yr hyn a ymrwymwyd, yr \
hyn sydd ar ôl, a faint o'r gyllideb yw hynny. Lle mae datganiad o'r mis cynt, mae ei ffigurau wrth \
ymyl.

**I'w gadw**, dewiswch *Lawrlwytho fel taenlen* neu *Lawrlwytho fel CSV*, neu argraffwch y dudalen.

**Os cafodd ei gywiro**, dangosir y fersiwn ddiweddaraf. Rhestrir y rhai cynharach oddi tani. \
Byddwch yn cael neges pan gaiff datganiad ei gyhoeddi, ei gywiro neu ei dynnu'n ôl.

**I ateb ffurflen**, dewiswch hi yn *Ffurflenni ariannol*. Teipiwch symiau megis 1234.56. Dewiswch \
*Cadw a dod yn ôl wedyn* mor aml ag y dymunwch: gall eraill yn eich ysgol sy'n gyfrifol am Gyllid \
fynd ymlaen â hi. Dewiswch *Cadw a gwirio* i weld beth sydd ar goll a beth yw'r cyfanswm, yna *Anfon \
y ffurflen*. Byddwch yn cael cyfeirnod.

**Ni allwch newid yr hyn a anfonwyd.** Os oes rhywbeth o'i le, dywedwch wrth dîm cyllid y cyngor. \
Bydd yn anfon y ffurflen yn ôl gyda rheswm, a byddwch yn anfon fersiwn newydd. Cedwir y ddwy.

**Cewch eich atgoffa** wythnos cyn bod ffurflen i'w hanfon, ac unwaith pan fydd yn hwyr.""",
    },
}
