"""PDF: letters that cannot be seen, layers, attachments, scripts, remarks, earlier versions: found, rebuilt, gone."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image, ImageDraw
from tests.reading.hidden.planted import ID_NUMBER, found_in, holds, rules_in

from mingchuang.reading.formats import Unreadable, extract
from mingchuang.reading.gate import cleaning, hidden
from mingchuang.reading.gate.cleaning.text_layer import Placed, text_layer

_HEAD = '#set page(paper: "a4", margin: 3cm)\n#set text(font: "Noto Serif CJK SC", size: 14pt)\n'
_BOX = "#place(top + left, dx: {dx}pt, dy: -3pt, rect(fill: {fill}, width: {width}pt, height: 22pt))"


def typeset(body: str) -> bytes:
    return bytes(typst.compile((_HEAD + body).encode()))


def text_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def edited(data: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        stream = io.BytesIO()
        document.save(stream)
    return stream.getvalue()


def test_twenty_pages_with_black_boxes_over_live_text_are_found_rebuilt_and_empty_beneath() -> None:
    pages = [
        f"第{number}号决定。\n\n#block[当事人身份证号{ID_NUMBER}"
        + _BOX.format(dx=0, fill="black", width=360)
        + "]\n\n罚款二百元。"
        for number in range(1, 21)
    ]
    data = typeset("\n#pagebreak()\n".join(pages))
    found = found_in(data, "决定.pdf")
    covered = [one for one in found if one.rule.id == "hidden.covered"]
    assert [one.place.page for one in covered] == list(range(1, 21))
    assert {one.result for one in covered} == {"fail"}
    numbers = [one for one in found if one.rule.id == "privacy.id_number"]
    assert [one.place.page for one in numbers] == list(range(1, 21)) and all(one.place.box for one in numbers)
    assert len({one.text_hash for one in numbers}) == 1
    assert all(ID_NUMBER not in str(one.to_json()) for one in found)

    cleaned = cleaning.strip(data)
    assert ("重建的页面", 20) in {(one.what, one.count) for one in cleaned.removed}
    assert found_in(cleaned.data) == []
    assert not holds(cleaned.data, ID_NUMBER) and not holds(cleaned.data, "当事人")
    assert text_of(cleaned.data) == [f"第{number}号决定。罚款二百元。" for number in range(1, 21)]
    before, after = (
        pypdfium2.PdfDocument(one)[0].render(scale=1, grayscale=True).to_pil() for one in (data, cleaned.data)
    )
    assert before.size == after.size
    different = sum(abs(a - b) > 96 for a, b in zip(before.tobytes(), after.tobytes(), strict=True))
    assert different < 0.002 * before.width * before.height


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        ("可见。\n\n#text(fill: white)[白字秘密]", "白字秘密"),
        ("可见。\n\n#block[下面的秘密" + _BOX.format(dx=0, fill="white", width=120) + "]", "下面的秘密"),
        ("可见。\n\n#text(size: 0.3pt)[极小秘密]", "极小秘密"),
        ("可见。\n\n#box(width: 1pt, height: 1pt, clip: true)[#move(dx: 30pt)[剪去秘密]]", "剪去秘密"),
        ("可见。\n\n#place(dx: 700pt)[页外秘密]", "页外秘密"),
        ("可见。\n\n#rect(fill: rgb(0, 90, 0))[#text(fill: rgb(0, 90, 0))[同色秘密]]", "同色秘密"),
    ],
)
def test_every_way_to_make_letters_unseen(body: str, secret: str) -> None:
    data = typeset(body)
    assert [one.place.page for one in found_in(data) if one.rule.id == "hidden.covered"] == [1]
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    assert text_of(cleaned) == ["可见。"] and not holds(cleaned, secret)


@pytest.mark.parametrize(
    "body",
    [
        "普通文字，#underline[下划线]。\n\n#table(columns: 2, fill: luma(230), [甲], [乙])",
        "#rect(fill: navy)[#text(fill: white)[深底白字]]",
        "#highlight[荧光笔]与#rect(fill: rgb(0, 0, 0, 30))[透明框]",
        "#place(rotate(45deg)[水印]) 正文 . 。 一 ，",
        '#text(size: 7pt)[一、二．三: #link("https://www.example.gov.cn")[网址.] 一—一 ... ]',
    ],
)
def test_what_can_be_seen_is_not_reported(body: str) -> None:
    assert found_in(typeset(body)) == []


def test_text_under_a_picture_is_found(tmp_path: Path) -> None:
    Image.effect_noise((200, 60), 80).save(tmp_path / "noise.png")
    body = 'A。\n\n#block[图下秘密#place(top + left, dy: -4pt, image("noise.png", width: 100pt, height: 30pt))]'
    (tmp_path / "a.typ").write_text(_HEAD + body, "utf-8")
    data = bytes(typst.compile(tmp_path / "a.typ"))
    assert "hidden.covered" in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and text_of(cleaned) == ["A。"] and not holds(cleaned, "图下秘密")


def scan(lines: list[str], *, blackened: bool) -> bytes:
    """A searchable scan: a page that is one picture, the recognised letters invisible over it."""
    page = typeset("\n\n".join(lines))
    source = pypdfium2.PdfDocument(page)[0]
    picture = source.render(scale=2, grayscale=True).to_pil().convert("L")
    letters = source.get_textpage()
    placed = []
    for index in range(letters.count_chars()):
        char = letters.get_text_range(index, 1)
        if char.strip():
            left, bottom, right, top = letters.get_charbox(index, loose=True)
            placed.append(Placed(char, left, bottom, right - left, top - bottom))
    if blackened:
        first = next(one for one in placed if one.char == "密")
        height = source.get_height()
        box = (
            first.left * 2,
            (height - first.bottom - first.height) * 2,
            first.left * 2 + 300,
            (height - first.bottom) * 2,
        )
        ImageDraw.Draw(picture).rectangle(box, fill=0)
    stream = io.BytesIO()
    picture.save(stream, format="PDF", resolution=144)

    def add_layer(document: pikepdf.Pdf) -> None:
        content, fonts = text_layer(document, placed)
        document.pages[0].contents_add(content)
        document.pages[0].Resources.Font = fonts

    return edited(stream.getvalue(), add_layer)


def test_the_text_layer_of_a_scan_is_not_hidden_text() -> None:
    data = scan(["关于公开工作的通知", "各县区人民政府：一、二、三。"], blackened=False)
    assert text_of(data) == ["关于公开工作的通知各县区人民政府：一、二、三。"]
    assert not {"hidden.covered"} & rules_in(data)


def test_recognised_text_under_blackened_parts_of_a_scan_is_found_and_gone() -> None:
    data = scan(["公开的话", "密级名单甲乙丙丁"], blackened=True)
    assert "hidden.covered" in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    assert text_of(cleaned) == ["公开的话"] and not holds(cleaned, "名单")


def test_layers_that_are_off_go_with_what_is_in_them() -> None:
    def add_layer(document: pikepdf.Pdf) -> None:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="草稿层"))
        document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
        page = document.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(L1=layer)
        page.Resources.Font.Hv = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.contents_add(b"/OC /L1 BDC BT /Hv 14 Tf 100 300 Td (DRAFTSECRET) Tj ET EMC")

    data = edited(typeset("可见。"), add_layer)
    assert {"hidden.layer", "hidden.covered"} <= rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and text_of(cleaned) == ["可见。"]
    assert not holds(cleaned, "DRAFTSECRET") and not holds(cleaned, "草稿层")


def _add_everything(document: pikepdf.Pdf) -> None:
    document.attachments["名册.txt"] = ID_NUMBER.encode()
    document.docinfo["/Author"] = "作者甲"
    document.docinfo["/CaseFile"] = "内部卷号"
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('planted script')")
    document.Root.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private="原稿内容"))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[50, 50, 70, 70],
        Contents=f"来电人{ID_NUMBER}",
        T="批注者乙",
    )
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[80, 80, 120, 100],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///C:/Users/zhao/list.xls"),
    )
    web = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[80, 120, 120, 140],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.example.gov.cn/"),
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="f",
        V="隐藏域值",
        F=2,
        Rect=[0, 0, 9, 9],
    )
    held = [document.make_indirect(one) for one in (note, link, web, field)]
    document.pages[0].Annots = pikepdf.Array(held)
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[held[3]])


def test_attachments_scripts_remarks_fields_and_properties_go() -> None:
    data = edited(typeset("可见。"), _add_everything)
    expected = {"embedded", "person", "property", "macro", "comment", "external", "field"}
    assert {f"hidden.{name}" for name in expected} <= rules_in(data)
    note = next(one for one in found_in(data) if one.rule.id == "privacy.id_number")
    assert note.place.page == 1
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and text_of(cleaned) == ["可见。"]
    for secret in (
        ID_NUMBER,
        "名册",
        "作者甲",
        "内部卷号",
        "planted script",
        "原稿内容",
        "批注者乙",
        "zhao",
        "隐藏域值",
    ):
        assert holds(data, secret) and not holds(cleaned, secret), secret
    with pikepdf.open(io.BytesIO(cleaned)) as document:
        assert [str(one.A.URI) for one in document.pages[0].Annots] == ["https://www.example.gov.cn/"]


def _with_revision(first: bytes, second: bytes) -> bytes:
    """The second file's content saved over the first as an incremental update, as editors do."""
    with pikepdf.open(io.BytesIO(first)) as old, pikepdf.open(io.BytesIO(second)) as new:
        number = old.pages[0].Contents.objgen[0]
        del new
        body = b"BT ET"
        size = int(old.trailer.Size)
        root = old.Root.objgen[0]
    at = len(first)
    update = f"{number} 0 obj\n<</Length {len(body)}>>\nstream\n".encode() + body + b"\nendstream\nendobj\n"
    start = first.rindex(b"startxref") + len(b"startxref")
    previous = int(first[start:].split()[0])
    table = (
        f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\n"
        f"startxref\n{at + len(update)}\n%%EOF\n"
    )
    return first + update + table.encode()


def test_the_text_of_an_earlier_version_is_found_and_gone() -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset(f"删去的号码{ID_NUMBER}"))) as document:
        document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = _with_revision(stream.getvalue(), stream.getvalue())
    assert text_of(data) == [""]
    found = {one.rule.id: one for one in found_in(data)}
    assert found["hidden.version"].result == "fail" and "privacy.id_number" in found
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and cleaned.count(b"%%EOF") == 1 and not holds(cleaned, ID_NUMBER)


def test_a_mark_that_asks_for_blackening_is_carried_out() -> None:
    def add_mark(document: pikepdf.Pdf) -> None:
        mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Redact, Rect=[60, 730, 540, 790])
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(mark)])

    data = edited(typeset("要涂黑的话\n\n#v(5cm)\n留下的话"), add_mark)
    assert "hidden.covered" in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and text_of(cleaned) == ["留下的话"] and not holds(cleaned, "要涂黑")


def test_a_turned_page_keeps_its_letters_in_place() -> None:
    def turn(document: pikepdf.Pdf) -> None:
        document.pages[0].Rotate = 90

    data = edited(typeset("可见的一行。\n\n#text(fill: white)[白字]"), turn)
    cleaned = cleaning.strip(data).data
    assert text_of(cleaned) == ["可见的一行。"] and found_in(cleaned) == []
    page = pypdfium2.PdfDocument(cleaned)[0]
    assert page.get_width() > page.get_height()


def test_photos_in_a_pdf_lose_their_place() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (37.0, 1.0, 2.0)}
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), (10, 120, 30)).save(picture, format="JPEG", exif=exif)

    def add_photo(document: pikepdf.Pdf) -> None:
        photo = pikepdf.Stream(document, picture.getvalue())
        for key, value in {
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 300, "/Height": 200,
            "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode,
        }.items():  # fmt: skip
            photo[key] = value
        document.pages[0].Resources.XObject = pikepdf.Dictionary(P=photo)
        document.pages[0].contents_add(b"q 200 0 0 150 100 200 cm /P Do Q")

    data = edited(typeset("照片。"), add_photo)
    assert "hidden.location" in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and text_of(cleaned) == ["照片。"]


def test_text_and_hidden_content_out_of_one_process() -> None:
    data = typeset("可见。\n\n#text(fill: white)[白字]")
    inspection = hidden.inspect(data)
    assert not isinstance(inspection.text, Unreadable)
    assert inspection.text == extract(data, "a.pdf")
    assert [one.rule for one in inspection.hidden if one.rule] == ["hidden.covered"]


def test_a_password_and_damage_are_told_in_one_sentence() -> None:
    data = typeset("可见。")
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    for spoiled, code in ((stream.getvalue(), "encrypted"), (b"%PDF-1.7\n" + b"\0" * 500, "damaged")):
        for work in (found_in, cleaning.strip):
            with pytest.raises(Unreadable) as caught:
                work(spoiled)
            assert caught.value.code == code and caught.value.message.count("。") == 1
