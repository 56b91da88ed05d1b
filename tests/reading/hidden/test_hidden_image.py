"""Photos: place, camera, people, thumbnail, appendix: found, gone, the pixels kept and upright."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin
from tests.reading.hidden.planted import found_in, holds, rules_in

from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate import cleaning

_SECRET = "PLANTED-CAMERA-OWNER"


def pixels() -> Image.Image:
    picture = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    picture.paste((200, 20, 20), (0, 0, 12, 8))
    return picture


def exif(orientation: int = 1, *, in_tiff: bool = False) -> Image.Exif:
    held = Image.Exif()
    held[0x0110], held[0x013B], held[0x0112] = "planted model", _SECRET, orientation
    place = {1: "N", 2: (37.0, 40.0, 12.0), 3: "E", 4: (105.0, 57.0, 40.0)}
    if not in_tiff:  # Pillow writes no inner directory that did not come out of a file
        held[0x8825] = place
    return held


def saved(kind: str, picture: Image.Image | None = None, **options: object) -> bytes:
    stream = io.BytesIO()
    (picture or pixels()).save(stream, format=kind, **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_place_of_a_photo_is_found_and_gone_and_the_pixels_stay(kind: str) -> None:
    data = saved(kind, exif=exif(in_tiff=kind == "TIFF"), **({"lossless": True} if kind == "WEBP" else {}))
    found = {one.rule.id: one.result for one in found_in(data)}
    assert kind == "TIFF" or found["hidden.location"] == "fail"
    assert found["hidden.person"] == found["hidden.exif"] == "uncertain"
    cleaned = cleaning.strip(data)
    assert found_in(cleaned.data) == [] and cleaned.removed
    assert not holds(cleaned.data, _SECRET) and not holds(cleaned.data, "planted model")
    assert opened(cleaned.data).tobytes() == opened(data).tobytes()
    assert opened(cleaned.data).format == kind


@pytest.mark.parametrize(("kind", "exact"), [("JPEG", False), ("PNG", True), ("WEBP", True)])
def test_a_turned_photo_is_set_upright(kind: str, exact: bool) -> None:
    data = saved(kind, exif=exif(6), **({"lossless": True} if kind == "WEBP" else {}))
    upright = opened(data).transpose(Image.Transpose.ROTATE_270)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and not holds(cleaned, _SECRET)
    made = opened(cleaned).convert("RGB")
    assert made.size == upright.size == (32, 48)
    far = max(abs(a - b) for a, b in zip(made.tobytes(), upright.convert("RGB").tobytes(), strict=True))
    assert far == 0 if exact else far <= 24


def test_words_xmp_and_an_appendix_go() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", _SECRET)
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{_SECRET}</x:xmpmeta>")
    for data in (
        saved("PNG", pnginfo=told),
        saved("JPEG", comment=_SECRET.encode()),
        saved("GIF", comment=_SECRET.encode()),
        saved("WEBP", xmp=f"<x>{_SECRET}</x>".encode()),
        saved("PNG") + _SECRET.encode(),
        saved("JPEG") + saved("JPEG", comment=_SECRET.encode()),
    ):
        assert rules_in(data) & {"hidden.exif", "hidden.version"}
        cleaned = cleaning.strip(data).data
        assert found_in(cleaned) == [] and not holds(cleaned, _SECRET)
        assert opened(cleaned).convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()


def test_a_thumbnail_of_the_uncropped_picture_is_found() -> None:
    base = exif()
    data = saved("JPEG", exif=_with_thumbnail(base.tobytes()))
    assert "hidden.thumbnail" in rules_in(data)
    assert found_in(cleaning.strip(data).data) == []


def _with_thumbnail(block: bytes) -> bytes:
    """The EXIF block with a second directory that leads to a small JPEG (TIFF 6.0, big or little endian as it is)."""
    order = "little" if block[6:8] == b"II" else "big"
    body = bytearray(block[6:])
    first = int.from_bytes(body[4:8], order)  # type: ignore[arg-type]
    count = int.from_bytes(body[first : first + 2], order)  # type: ignore[arg-type]
    link = first + 2 + 12 * count
    at = len(body)
    small = saved("JPEG", pixels().resize((8, 8)))

    def entry(tag: int, number: int) -> bytes:
        parts = (tag.to_bytes(2, order), (4).to_bytes(2, order), (1).to_bytes(4, order), number.to_bytes(4, order))  # type: ignore[arg-type]
        return b"".join(parts)

    directory = (2).to_bytes(2, order) + entry(0x0201, at + 30) + entry(0x0202, len(small)) + bytes(4)  # type: ignore[arg-type]
    body[link : link + 4] = at.to_bytes(4, order)  # type: ignore[arg-type]
    return block[:6] + bytes(body) + directory + small


def test_bare_pictures_are_silent_and_come_back_as_they_are() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP"):
        data = saved(kind)
        assert found_in(data) == [] and cleaning.strip(data).data == data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_cut_off_pictures_are_told_in_one_sentence(kind: str) -> None:
    data = saved(kind, **({"exif": exif()} if kind != "GIF" else {}))[:60]
    for work in (found_in, cleaning.strip):
        with pytest.raises(Unreadable) as caught:
            work(data)
        assert caught.value.message.count("。") == 1
