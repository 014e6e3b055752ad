"""The guide to traded services that the schools' site starts with."""

from typing import Any

GUIDE: dict[str, Any] = {
    "kind": "guide",
    "screens": ["traded"],
    "title": {"en": "Traded services", "cy": "Gwasanaethau masnachol"},
    "words": {
        "en": """*My Traded Services* lists what your school can buy from the council. Search it, or choose \
a category.

**Open a service** to read what it does, who it is for, what it costs and whom to ask. Where there is a \
brochure, you can download it.

**To ask the team**, choose *Ask about this service*. If your school may buy it, choose *Tell us you are \
interested*. You get a reference. This does not buy anything yet.

**To see the answer**, open *What your school asked*. Each enquiry is sent, answered, bought or closed. \
Everybody at your school sees it, and whoever asked gets a message. You can write again, or say that you do \
not need it any more.""",
        "cy": """Mae *Fy Ngwasanaethau Masnachol* yn rhestru'r hyn y gall eich ysgol ei brynu gan y cyngor. \
Chwiliwch y rhestr, neu dewiswch gategori.

**Agorwch wasanaeth** i ddarllen beth mae'n ei wneud, i bwy y mae, faint mae'n ei gostio a phwy i'w holi. \
Lle mae llyfryn, gallwch ei lawrlwytho.

**I holi'r tîm**, dewiswch *Holi am y gwasanaeth hwn*. Os gall eich ysgol ei brynu, dewiswch *Dweud wrthym \
fod gennych ddiddordeb*. Cewch gyfeirnod. Nid yw hyn yn prynu dim eto.

**I weld yr ateb**, agorwch *Yr hyn a ofynnodd eich ysgol*. Mae pob ymholiad wedi'i anfon, ei ateb, ei brynu \
neu ei gau. Mae pawb yn eich ysgol yn ei weld, a bydd pwy bynnag a ofynnodd yn cael neges. Gallwch \
ysgrifennu eto, neu ddweud nad oes ei angen arnoch mwyach.""",
    },
}
