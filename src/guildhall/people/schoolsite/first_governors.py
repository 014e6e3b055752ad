"""The guides to the governors' area and to downloads that the schools' site starts with."""

from typing import Any

from .first import _guide

GOVERNORS_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "Governors' area",
        "Ardal y llywodraethwyr",
        """The *Governors' area* is for the Chair of Governors, governors and the governor clerk. \
Nobody else \
at the school sees it. If you cannot open it, ask your school's account operator whether your user \
type is right.

**To read papers**, open *Papers* and choose a meeting. What you have not opened is marked. A search goes \
through all papers.

**The clerk and the chair** add a meeting, then *Publish a paper*: agenda, minutes, report or \
other. Publish \
nothing about a pupil; the page asks you to confirm this. *Replace the file* keeps the older version, and \
everybody has the paper to read again. *Withdraw* can be undone. A paper's page shows who has opened it.

**Headteachers** read papers only if the clerk ticks them under *Let headteachers read papers*.

**Training** lists the council's courses with the places left. Choose a course, then *Book a \
place*. The link \
of an online course shows when you have booked. *Cancel my place* gives it to somebody else. *Your \
training \
record* lists what you attended.

**News for governors** comes from the council, newest first.""",
        """Mae *Ardal y llywodraethwyr* i Gadeirydd y Llywodraethwyr, llywodraethwyr a chlerc y \
llywodraethwyr. \
Nid oes neb arall yn yr ysgol yn ei gweld. Os na allwch ei hagor, gofynnwch i weithredwr cyfrifon \
eich ysgol a \
yw eich math o ddefnyddiwr yn gywir.

**I ddarllen papurau**, agorwch *Papurau* a dewiswch gyfarfod. Mae'r hyn nad ydych wedi'i agor \
wedi'i farcio. \
Mae chwiliad yn mynd drwy'r holl bapurau.

Mae'r **clerc a'r cadeirydd** yn ychwanegu cyfarfod, yna *Cyhoeddi papur*: agenda, cofnodion, \
adroddiad neu \
arall. Peidiwch â chyhoeddi dim am ddisgybl; mae'r dudalen yn gofyn i chi gadarnhau hyn. Mae \
*Disodli'r ffeil* \
yn cadw'r fersiwn hŷn, ac mae gan bawb y papur i'w ddarllen eto. Gellir dadwneud *Tynnu'n ôl*. Mae tudalen \
papur yn dangos pwy sydd wedi'i agor.

Dim ond os bydd y clerc yn eu ticio o dan *Gadael i benaethiaid ddarllen papurau* y bydd \
**penaethiaid** yn \
darllen papurau.

Mae **Hyfforddiant** yn rhestru cyrsiau'r cyngor gyda'r lleoedd sydd ar ôl. Dewiswch gwrs, yna \
*Archebu lle*. \
Mae dolen cwrs ar-lein yn ymddangos pan fyddwch wedi archebu. Mae *Canslo fy lle* yn ei roi i rywun \
arall. Mae \
*Eich cofnod hyfforddi* yn rhestru'r hyn yr oeddech yn bresennol ynddo.

Daw **Newyddion i lywodraethwyr** gan y cyngor, y diweddaraf yn gyntaf.""",
        "governors",
    ),
    _guide(
        "Downloads and floor plans",
        "Lawrlwythiadau a chynlluniau llawr",
        """*Downloads* lists documents and tools from the council. Each line has the newest version \
and its \
date. A search finds words of titles, descriptions and names of files.

**Floor plans** of your own school open in the browser; there is nothing to install. Choose a size \
to make a \
picture larger. A PDF has its own buttons to make it larger and to print it. *Download* keeps the \
plan on your \
computer. Do not pass plans on.

**If you see an error and no plan**, open the plan on a page of its own, or download it. If that does not \
work, install one of the free viewers named on the page once.""",
        """Mae *Lawrlwythiadau* yn rhestru dogfennau ac offer gan y cyngor. Mae gan bob llinell y fersiwn \
diweddaraf a'i ddyddiad. Mae chwiliad yn canfod geiriau teitlau, disgrifiadau ac enwau ffeiliau.

Mae **cynlluniau llawr** eich ysgol eich hun yn agor yn y porwr; nid oes dim i'w osod. Dewiswch \
faint i wneud \
llun yn fwy. Mae gan PDF ei fotymau ei hun i'w wneud yn fwy ac i'w argraffu. Mae *Lawrlwytho* yn \
cadw'r cynllun \
ar eich cyfrifiadur. Peidiwch â phasio cynlluniau ymlaen.

**Os ydych yn gweld gwall a dim cynllun**, agorwch y cynllun ar ei dudalen ei hun, neu lawrlwythwch \
ef. Os nad \
yw hynny'n gweithio, gosodwch un o'r darllenwyr di-dâl a enwir ar y dudalen unwaith.""",
        "downloads",
    ),
)
