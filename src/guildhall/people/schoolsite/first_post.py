"""The guides to post that the schools' site starts with."""

from typing import Any

from .first import _guide

POST_GUIDES: tuple[dict[str, Any], ...] = (
    _guide(
        "Post",
        "Post",
        """*Post* lists what the council sends for your responsibilities. If the page says that none is \
assigned to you, choose *Change User Responsibilities*.

**An item is read** once you open it, or when you tick it and choose *Mark as read*. **To put it away**, \
choose *Archive*. You find it under *Archived* and can restore it.

**What is to be done** stands in the column *To do*, with the last day. When it is done, choose *Mark as \
done*. It counts for the whole school, and the council sees it.

**To pass an item on**, open it and choose *Forward Post*. *Redirect within Schools' Portal* puts it \
into the post of any *Member of Staff*, at once. An email holds the text only when the item is \
Unrestricted, else a link to sign in.

**Supervisors** open *All School's Post*. *User* shows one person's post, and *Prompt about unread post* \
sends them an email. Opening a Protected or Controlled item that is not in your own post is recorded.

**To stop the daily email**, untick the box under *Post preferences* in *My account*.""",
        """Mae *Post* yn rhestru'r hyn y mae'r cyngor yn ei anfon ar gyfer eich cyfrifoldebau. Os yw'r \
dudalen yn dweud nad oes un wedi'i neilltuo i chi, dewiswch *Newid Cyfrifoldebau Defnyddwyr*.

**Mae eitem wedi'i darllen** ar ôl i chi ei hagor, neu pan fyddwch yn ei thicio ac yn dewis *Nodi fel \
wedi'i ddarllen*. **I'w rhoi o'r neilltu**, dewiswch *Archifo*. Mae i'w chael dan *Wedi'i archifo* a \
gallwch ei hadfer.

**Mae'r hyn sydd i'w wneud** yn y golofn *I'w wneud*, gyda'r diwrnod olaf. Ar ôl ei wneud, dewiswch \
*Marcio fel wedi'i wneud*. Mae'n cyfrif ar ran yr ysgol gyfan, ac mae'r cyngor yn ei weld.

**I drosglwyddo eitem**, agorwch hi a dewiswch *Anfon Post Ymlaen*. Mae *Ailgyfeirio o fewn Porth yr \
Ysgolion* yn ei rhoi ym mhost unrhyw *Aelod o Staff*, ar unwaith. Dim ond pan fydd yr eitem Heb \
Gyfyngiad y mae e-bost yn cynnwys y testun, fel arall dolen i fewngofnodi.

Mae **goruchwylwyr** yn agor *Holl Bost yr Ysgol*. Mae *Defnyddiwr* yn dangos post un person, ac mae \
*Atgoffa am bost heb ei ddarllen* yn anfon e-bost ato. Cofnodir agor eitem Warchodedig neu Reoledig nad \
yw yn eich post eich hun.

**I atal yr e-bost dyddiol**, dad-diciwch y blwch dan *Dewisiadau post* yn *Fy nghyfrif*.""",
        "post",
        "all-post",
    ),
    _guide(
        "Returning a file from a post item",
        "Dychwelyd ffeil o eitem bost",
        """Some items ask for a file, such as a form that you fill in. The column *To do* says *File to \
return*, with the last day.

1. Open the item and save the form from *Attachments*.
2. Fill it in and save it on your computer.
3. Under *Return a file*, choose the file and then *Return file*.

The item now says *Returned*. The council sees your school, your name, the date and the time.

**If it was the wrong file**, choose another one under the same heading. You can do so until the council \
has accepted it. **If the council sends it back**, you read why, and return it again.""",
        """Mae rhai eitemau'n gofyn am ffeil, fel ffurflen yr ydych yn ei llenwi. Mae'r golofn *I'w \
wneud* yn dweud *Ffeil i'w dychwelyd*, gyda'r diwrnod olaf.

1. Agorwch yr eitem a chadwch y ffurflen o *Atodiadau*.
2. Llenwch hi a'i chadw ar eich cyfrifiadur.
3. Dan *Dychwelyd ffeil*, dewiswch y ffeil ac yna *Dychwelyd y ffeil*.

Mae'r eitem nawr yn dweud *Dychwelwyd*. Mae'r cyngor yn gweld eich ysgol, eich enw, y dyddiad a'r amser.

**Os oedd y ffeil yn anghywir**, dewiswch un arall dan yr un pennawd. Gallwch wneud hynny nes bod y \
cyngor wedi'i derbyn. **Os bydd y cyngor yn ei hanfon yn ôl**, byddwch yn darllen pam, ac yn ei \
dychwelyd eto.""",
        "post",
    ),
)
