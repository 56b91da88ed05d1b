"""A DOCX without what it hides: revisions settled; comments, hidden text, properties, objects, links to files gone."""

from __future__ import annotations

import re

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.cleaning.cleaned import Choice, Cleaned, Tally
from mingchuang.reading.gate.cleaning.fields import unlink_file_fields
from mingchuang.reading.gate.cleaning.package import Rewriting, discard, unwrap
from mingchuang.reading.gate.cleaning.revisions import settle
from mingchuang.reading.gate.hidden.docx import COMMENT_KINDS, FILE_PATH, look_of, word_parts
from mingchuang.reading.gate.hidden.package import local
from mingchuang.reading.gate.hidden.word_look import Look, child

_COMMENT_MARKS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"})
_SETTINGS_GONE = frozenset(
    {"rsids", "docVars", "mailMerge", "attachedTemplate", "trackRevisions", "documentProtection"}
)
_REVISION_IDS = re.compile(r"rsid(?:R|RPr|RDefault|P|Tr|Sect|Del)\Z")
_DESCRIBED = frozenset({"docPr", "cNvPr", "imagedata", "shape"})
_GONE_WITH_LINK = frozenset(
    {
        "OLEObject",
        "control",
        "altChunk",
        "subDoc",
        "attachedTemplate",
        "externalData",
        "dataSource",
        "headerSource",
        "src",
    }
)
_RELATIONSHIPS = ("/officeDocument/2006/relationships}", "/officeDocument/relationships}")


def strip_docx(data: bytes, changes: Choice = "accept") -> Cleaned:
    """The document as its reader sees it, after all tracked changes were accepted (or rejected); raises ``Unreadable``.

    What stays: text, formats, visible pictures (bare of metadata), web links, notes, styles. An embedded object leaves
    the picture that stood for it.
    """
    tally = Tally()
    package = Rewriting(data, tally)
    parts = word_parts(package)
    for name in parts:
        tally.add("修订", settle(package.tree(name), changes))
    look = look_of(package)
    for name in parts:
        _clean_words(package.tree(name), look, tally)
    for name in list(package.reachable()):
        _clean_links(package, name)
    for name in package.of_kind("settings"):
        for one in list(package.tree(name)):
            if local(one) in _SETTINGS_GONE:
                discard(one)
    for name in package.reachable():
        if name and package.is_markup(name):
            _clean_names(package.tree(name))
    return Cleaned(package.write(), tally.removed())


def _elements(root: Element) -> list[Element]:
    return [one for one in root.iter() if isinstance(one.tag, str)]


def _clean_words(root: Element, look: Look, tally: Tally) -> None:
    hidden = [one for one in _elements(root) if local(one) == "r" and look.hides(one)]
    for run in hidden:
        _empty_run(run)
    tally.add("隐藏文字", len(hidden))
    for one in _elements(root):
        if local(one) in _COMMENT_MARKS:
            _discard_with_run(one)
        elif local(one) == "object":
            one.tag = str(one.tag).replace("}object", "}pict")
        elif local(one) == "dataBinding":
            discard(one)
    tally.add("链接外部文件或运行程序的域", unlink_file_fields(root))


def _empty_run(run: Element) -> None:
    """The run goes; one that opens or ends a field only loses its letters, for fields must stay whole."""
    if child(run, "fldChar") is None:
        discard(run)
        return
    for one in list(run):
        if local(one) not in {"rPr", "fldChar"}:
            run.remove(one)


def _discard_with_run(mark: Element) -> None:
    run = mark.getparent()
    discard(mark)
    if run is not None and local(run) == "r" and not [one for one in run if local(one) != "rPr"]:
        discard(run)


def _clean_links(package: Rewriting, name: str) -> None:
    comments = len([one for one in package.relations(name) if one.kind == "comments"])
    gone = package.unlink_hidden(name)
    gone |= package.unlink(name, COMMENT_KINDS)
    package.tally.add("批注", comments)
    if not gone or not name or not package.is_markup(name):
        return
    for one in _elements(package.tree(name)):
        keys = [
            key for key, value in one.attrib.items() if any(r in str(key) for r in _RELATIONSHIPS) and value in gone
        ]
        if not keys:
            continue
        if local(one) in _GONE_WITH_LINK:
            discard(one)
        elif local(one) == "hyperlink":
            unwrap(one)
        else:
            for key in keys:
                del one.attrib[key]


def _clean_names(root: Element) -> None:
    """Ids of editing sessions, and the names of pictures, which keep the path they came from."""
    for one in _elements(root):
        if local(one) == "rsid":
            discard(one)
        for key in [key for key in one.attrib if _REVISION_IDS.search(str(key))]:
            del one.attrib[key]
        if local(one) in _DESCRIBED:
            for key in [key for key in one.attrib if str(key).rpartition("}")[2] in {"name", "descr", "title", "alt"}]:
                if FILE_PATH.search(str(one.attrib[key])):
                    one.set(key, "")
