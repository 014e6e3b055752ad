"""Every kind of question there is."""

from collections.abc import Mapping

from .base import Kind
from .choices import ChooseOne, ChooseSeveral, DropDown, YesNo
from .contact import Email, NhsNumber, Postcode, Telephone, Uln, Upn
from .dates import Date, DateRange, Time
from .numbers import Integer, Money, Number
from .people import Address, Person, School, Signature
from .text import Information, Memo, Text
from .uploads import Image, Upload

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        *(Text(), Memo(), Integer(), Number(), Money()),
        *(YesNo(), ChooseOne(), ChooseSeveral(), DropDown()),
        *(Date(), DateRange(), Time()),
        *(Email(), Telephone(), Postcode(), Upn(), NhsNumber(), Uln()),
        *(Address(), Person(), School(), Signature()),
        *(Image(), Upload(), Information()),
    )
}
