"""Every page of every door, in both languages, as a browser sees it."""

import pytest

from .looking import problems_of
from .pages import PLACES

pytestmark = pytest.mark.browser
# Who has most pages begins: begun last, they keep one worker busy while the other has nothing left.
LONGEST_FIRST = sorted(PLACES, key=lambda who: -len(PLACES[who]))


@pytest.mark.req("GH-059", "GH-060")
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("who", LONGEST_FIRST, ids=lambda who: who or "nobody")
def test_every_page_is_accessible_fits_and_speaks_one_language(portal, signed_in, who, language):
    page = signed_in(who).new_page()
    wrong = problems_of(page, portal, PLACES[who], language, {})
    page.close()

    assert not wrong, "\n".join(wrong)
