"""XML parts parsed with every door closed: no document type, no entities, no network, bounded depth and size."""

from __future__ import annotations

import codecs
from typing import TypeAlias

from lxml import etree

from mingchuang.reading.formats.archive import DAMAGED_ARCHIVE, doctype
from mingchuang.reading.formats.extract import Unreadable

Element: TypeAlias = etree._Element


def parse_part(data: bytes) -> Element:
    """The root element of an XML part.

    Raises ``Unreadable``: ``doctype`` when the part carries a document type declaration (Office never writes one;
    it is the door for external and exploding entities, and parsers that "ignore" it lose the text), ``damaged``
    when the part is no well-formed XML.
    """
    if b"<!DOCTYPE" in data or _declares_in_utf16(data):
        raise doctype()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable("damaged", DAMAGED_ARCHIVE) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise doctype()
    return root


def _declares_in_utf16(data: bytes) -> bool:
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return any("<!DOCTYPE".encode(encoding) in data for encoding in ("utf-16-le", "utf-16-be"))
