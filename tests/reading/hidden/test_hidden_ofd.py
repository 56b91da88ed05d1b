"""OFD: attachments, annotations, tags, people are told; the file is never changed."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.reading.hidden.planted import ID_NUMBER, found_in

from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate import cleaning

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def made(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        author = parts.pop("author", "")
        archive.writestr(
            "OFD.xml", f"<ofd:OFD {_NS}><ofd:DocInfo><ofd:Author>{author}</ofd:Author></ofd:DocInfo></ofd:OFD>"
        )
        for name, body in parts.items():
            archive.writestr(f"Doc_0/{name}.xml", f"<ofd:{name} {_NS}>{body}</ofd:{name}>")
    return stream.getvalue()


def test_what_an_ofd_carries_besides_its_pages_is_told() -> None:
    data = made(
        author="作者甲",
        Attachments='<ofd:Attachment ID="1" Name="名册.xlsx"/>',
        PageAnnot=f'<ofd:Annot Type="Stamp"><ofd:Remark>{ID_NUMBER}</ofd:Remark></ofd:Annot><ofd:Annot Type="Link"/>',
    )
    found = {one.rule.id: one for one in found_in(data)}
    assert set(found) == {"hidden.person", "hidden.embedded", "hidden.comment", "privacy.id_number"}
    assert found["privacy.id_number"].place.member == "Doc_0/PageAnnot.xml"
    assert all(ID_NUMBER not in str(one.to_json()) for one in found.values())
    assert found_in(made(Page="<ofd:Content/>")) == []
    with pytest.raises(Unreadable, match="OFD"):
        cleaning.strip(data)
