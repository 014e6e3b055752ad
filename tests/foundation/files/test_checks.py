import contextlib
import io
import os
import struct
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guildhall.foundation.files import checks, kinds

from . import corpus

_SEEDS = list(corpus.good())


@pytest.mark.req("SP-095", "CP-034")
@pytest.mark.parametrize("sample", list(corpus.good()), ids=str)
def test_a_good_file_of_every_kind_is_taken_and_its_contents_stay(sample: corpus.Sample):
    kept = checks.inspect(sample.content, kinds.extension_of(sample.name))

    if kinds.extension_of(sample.name) in kinds.PICTURES:
        assert _pixels(kept) == _pixels(sample.content)
    else:
        assert kept == sample.content


@pytest.mark.req("SP-097", "CP-035")
@pytest.mark.parametrize("sample", [s for s in corpus.bad() if s.refused != "Kind"], ids=str)
def test_a_bad_file_is_refused_for_its_own_reason(sample: corpus.Sample):
    with pytest.raises(checks.Objection) as objection:
        checks.inspect(sample.content, kinds.extension_of(sample.name))

    assert objection.value.reason == sample.refused


@pytest.mark.req("GH-028")
@pytest.mark.parametrize(("form", "kind"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_picture_loses_where_it_was_taken_and_keeps_its_pixels(form: str, kind: str):
    content = corpus.picture(form, exif=corpus.located_exif())
    assert _exif(content).get_ifd(0x8825)

    kept = checks.inspect(content, kind)

    assert not _exif(kept).get_ifd(0x8825)
    assert b"A camera" not in kept
    assert _pixels(kept) == _pixels(content)


@pytest.mark.req("GH-028")
def test_a_photo_taken_on_its_side_is_still_shown_upright():
    kept = checks.inspect(corpus.picture("JPEG", exif=corpus.located_exif(orientation=6)), "jpg")

    assert _exif(kept)[0x0112] == 6


@pytest.mark.req("GH-028")
def test_what_hides_behind_a_photo_goes_with_its_location():
    hidden = b"<x:xmpmeta exif:GPSLatitude='51'>" + corpus.picture("JPEG", exif=corpus.located_exif())

    kept = checks.inspect(corpus.picture("JPEG") + hidden, "jpg")

    assert b"GPSLatitude" not in kept
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.req("GH-028")
def test_a_moving_picture_loses_what_programs_wrote_into_it_and_goes_on_moving():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"Harbour Road")
    packet = b"<x:xmpmeta exif:GPSLatitude='51'>"
    xmp = b"!\xff\x0bXMP DataXMP" + bytes([len(packet)]) + packet + b"\x00"
    content = made.getvalue()[:-1] + xmp + b";"

    kept = checks.inspect(content, "gif")

    assert b"Harbour Road" not in kept and b"GPSLatitude" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.n_frames, picture.info["loop"]) == (2, 0)
    assert _pixels(kept) == _pixels(content)


def test_a_bomb_is_refused_without_being_unpacked():
    bomb = corpus.docx({"word/x.xml": b"\0" * 90_000_000})
    tracemalloc.start()
    try:
        with pytest.raises(checks.Objection):
            checks.inspect(bomb, "docx")
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


def _pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.convert("RGB").tobytes()


def _exif(content: bytes) -> Image.Exif:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.getexif()


def _big() -> dict[str, bytes]:
    noise = os.urandom(19 * 1024 * 1024)
    picture = corpus.picture("JPEG")
    comment = b"\xff\xfe\xff\xff" + b"c" * 65_533
    return {
        "txt": b"word " * (4 * 1024 * 1024 - 1),
        "pdf": b"%PDF-1.7\n1 0 obj\n<< /Length 1 >>\nstream\n" + noise + b"\nendstream\nendobj\n%%EOF\n",
        "jpg": picture[:2] + comment * 300 + picture[2:],
        "docx": corpus.docx({"word/media/a.bin": noise}),
        "doc": corpus.doc(more={"Data": noise[: 6 * 1024 * 1024]}),
    }


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["txt", "pdf", "jpg", "docx", "doc"])
def test_checking_the_largest_file_needs_little_memory(kind: str):
    content = _big()[kind]
    tracemalloc.start()
    try:
        checks.inspect(content, kind)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 48 * 1024 * 1024  # beside the 20 MB that came


def test_an_old_container_that_claims_endless_tables_is_refused_at_once():
    content = bytearray(corpus.doc(more={"Data": os.urandom(1024 * 1024)}))
    again = struct.pack("<I", 0) * 127 + struct.pack("<I", 1)
    for sector in range(1, 2_000):
        content[(sector + 1) * 512 : (sector + 2) * 512] = again[:-4] + struct.pack("<I", sector + 1)
    content[68:72] = struct.pack("<I", 1)
    tracemalloc.start()
    try:
        with pytest.raises(checks.Objection):
            checks.inspect(bytes(content), "doc")
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_file_makes_the_check_itself_fail(data: st.DataObject):
    sample = data.draw(st.sampled_from(_SEEDS))
    content = bytearray(sample.content)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    with contextlib.suppress(checks.Objection):
        checks.inspect(bytes(content), kinds.extension_of(sample.name))
