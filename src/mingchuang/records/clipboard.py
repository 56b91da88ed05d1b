"""What Word, WPS and Excel put on the clipboard, as markup that a body may hold.

Tables keep merged cells, head rows and alignment, lists the numbers that stand before their lines (in an official
document the number is part of the text). Fonts, colours and office code go. What nobody saw in the source must not
reach the public with it: hidden rows and columns, hidden text, deleted text of tracked changes, comments. All that goes
is said. The last word has `markup.clean`, which sees everything again when the draft is saved.

The markup: Word writes `mso-list:Ignore` round a number, conditional comments round pictures, `mso-element` on lists of
comments; WPS and Excel write `<col>` for columns, one class a cell (`xl65`), whose alignment stands in a style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingchuang.reading.formats import Unreadable, limits, numerals
from mingchuang.reading.formats.web.depth import check_depth
from mingchuang.records import markup, structured, table_grid

_HAN: Final = "\u3400-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…·"
#: Office programs break their source at some eighty characters; between Han characters a break is no blank.
_WRAP_AT_HAN: Final = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]+[ \t]*|[ \t]*[\r\n]+[ \t]*(?=[{_HAN}])")
#: Blanks beside the edge of a block are the source's own.
_AT_BLOCK: Final = re.compile(
    r"(</?(?:p|h[2-4]|li|[uo]l|table|caption|t(?:body|head|foot|[rdh])|blockquote|[hb]r)\b[^>]*>)\s+"
    r"|\s+(</?(?:p|h[2-4]|li|[uo]l|table|caption|t(?:body|head|foot|[rdh])|blockquote|hr)\b[^>]*>)"
)
_RULE: Final = re.compile(r"([^{}<>]+)\{([^{}]*)\}")
_CLASS: Final = re.compile(r"^(?:[a-z][a-z0-9]*)?\.([\w-]+)$", re.IGNORECASE)
_ALIGN: Final = re.compile(r"text-align\s*:\s*(center|right|justify)", re.IGNORECASE)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE
)
_FONT: Final = re.compile(r"font-family\s*:\s*[\"']?(wingdings|symbol)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_OF_LIST: Final = re.compile(r"mso-list\s*:", re.IGNORECASE)
_COMMENT: Final = re.compile(
    r"mso-element\s*:\s*comment|mso-comment-reference|mso-special-character\s*:\s*comment", re.IGNORECASE
)
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
#: Marks with nothing in them, or parted without need.
_EMPTY_MARK: Final = re.compile(r"<(strong|em|u|s|sub|sup)></\1>|</(strong|em|u|s|sub|sup)><\2>")
_TABLE: Final = re.compile(r"(<table\b.*?</table>)", re.DOTALL)
_PLAIN_LINE: Final = re.compile(r"<p>((?:(?!</?p\b|<br).)*)</p>", re.DOTALL)
_MARKUP: Final = re.compile(r"<[^>]*>")
_MOST_HEAD_ROWS: Final = 5
#: Letters that stand for a bullet in a font of symbols; without the font they would be read as letters.
_BULLETS: Final[Mapping[str, str]] = {
    "l": "●", "n": "■", "u": "◆", "v": "❖", "q": "□", "p": "□", "Ø": "➢", "ü": "✓", "§": "▪", "w": "◆", "·": "·",
}  # fmt: skip
#: `type` of an ordered list → the number format of the same look (`reading.formats.numerals`).
_TYPES: Final[Mapping[str, str]] = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCountingThousand", "cjk-ideographic": "chineseCountingThousand",
    "japanese-counting": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
}  # fmt: skip
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Markup as `markup.clean` leaves it, one sentence for each sort of thing that went, and the size of its tables.

    A piece of one line comes without a paragraph round it: it goes into the line where the caret stands.
    """

    html: str
    removed: tuple[str, ...]
    rows: int
    cells: int


def of_text(text: str) -> Pasted:
    """Plain text: a line a paragraph, 一、 and （一） as headings where they stand alone."""
    lines = [line for line in text.splitlines() if line.strip()]
    html = structured.from_text(text) if len(lines) > 1 else escape(structured.tidy(text), quote=False)
    return Pasted(html, (), 0, 0)


def of_html(html: str) -> Pasted:
    """What an office program or a browser copied. Raises `Unreadable` for more than can be taken apart."""
    if len(html) > limits.MARKUP_BYTES:
        raise too_large()
    check_depth(html)
    tree = LexborHTMLParser(_WRAP_AT_HAN.sub("", html))
    if tree.body is None:
        return Pasted("", (), 0, 0)
    styles = _class_styles(tree)
    hidden = _take_hidden(tree.body, styles) if _HIDDEN.search(html) else 0
    deleted = _take(tree.body, "del[datetime], del[cite]")
    comments = _take_comments(tree.body) if _COMMENT.search(html) else 0
    for node in tree.body.css("[class]"):
        _align(node, styles)
    _write_numbers(tree.body)
    _write_lists(tree.body)
    for table in tree.body.css("table"):
        _mark_heads(table, styles)
    _lift_from_cells(tree.body)
    cleaned = markup.clean(tree.body.inner_html or "")
    shown = _tidied(cleaned.html)
    said = (
        (hidden, "已去掉原文中隐藏的行、列或者文字（{}处），请核对。"),
        (deleted, "已去掉修订中删除的文字（{}处），请核对。"),
        (comments, "已去掉批注（{}处）。"),
    )
    own = tuple(sentence.format(count) for count, sentence in said if count)
    rows, cells = (len(re.findall(rf"<{tag}\b", shown)) for tag in ("tr", "t[dh]"))
    return Pasted(_one_line(shown), (*own, *cleaned.removed), rows, cells)


def too_large() -> Unreadable:
    """More than is taken apart at once."""
    most = limits.MARKUP_BYTES // limits.MEBIBYTE
    return Unreadable("too_large", f"粘贴的内容超过 {most} MB，没有放进正文：请分几次粘贴，或者作为附件上传。")


def _style(node: LexborNode) -> str:
    return node.attributes.get("style") or ""


def _class_styles(tree: LexborHTMLParser) -> dict[str, str]:
    """Class → declarations, from the sheets that come along; of a class that is told twice both."""
    found: dict[str, str] = {}
    for sheet in tree.css("style"):
        for selectors, declared in _RULE.findall(re.sub("<!--|-->", "", sheet.text() or "")):
            for selector in selectors.split(","):
                match = _CLASS.match(selector.strip())
                if match:
                    found[match.group(1)] = f"{found.get(match.group(1), '')};{declared}"
    return found


def _styles_of(node: LexborNode, styles: Mapping[str, str]) -> str:
    classes = (node.attributes.get("class") or "").split()
    return ";".join([*(styles.get(name, "") for name in classes), _style(node)])


def _align(node: LexborNode, styles: Mapping[str, str]) -> None:
    """Alignment that a class tells, where the element does not tell it itself."""
    told = _ALIGN.search(_styles_of(node, styles))
    if told and not _ALIGN.search(_style(node)) and not node.attributes.get("align"):
        node.attrs["style"] = f"{_style(node)};text-align:{told.group(1)}"


def _words(node: LexborNode) -> str:
    return (node.text(deep=True) or "").replace("\xa0", " ").strip()


def _remove(nodes: Iterator[LexborNode] | list[LexborNode]) -> int:
    """Take elements out; how many of them held words."""
    count = 0
    for node in list(nodes):
        if node.parent is not None:
            count += bool(_words(node))
            node.decompose()
    return count


def _take(body: LexborNode, selector: str) -> int:
    return _remove(body.css(selector))


def _take_hidden(body: LexborNode, styles: Mapping[str, str]) -> int:
    """Rows, columns and text that the source did not show."""
    count = 0
    for table in body.css("table"):
        columns = [column for column in table.css("col") if table_grid.owner(column) == table.mem_id]
        gone = table_grid.positions(columns, lambda column: bool(_HIDDEN.search(_styles_of(column, styles))))
        count += _remove(table_grid.drop_columns(table, gone)) if gone else 0
    marked = [node for node in body.css("[style], [class]") if _HIDDEN.search(_styles_of(node, styles))]
    return count + _remove([node for node in marked if node.tag not in {"col", "colgroup", "body"}])


def _take_comments(body: LexborNode) -> int:
    """Comments, their marks in the text (one of both counts)."""
    marked = [node for node in body.css("[style]") if _COMMENT.search(_style(node))]
    lists = [node for node in marked if re.search(r"comment-list", _style(node), re.IGNORECASE)]
    count = sum(bool(re.search(r"mso-comment-reference", _style(node), re.IGNORECASE)) for node in marked)
    return max(count, _remove(lists), _remove(marked))


def _write_numbers(body: LexborNode) -> None:
    """The number or bullet before a line as plain characters, without the blanks that filled up to the tab stop."""
    for node in body.css("[style]"):
        if not _NUMBER.search(_style(node)) or node.parent is None or node.css("script, style"):
            continue
        number = " ".join(_words(node).split())
        font = _FONT.search(node.html or "") or _FONT.search(_style(node.parent))
        if font:
            number = _BULLETS.get(number, "·" if len(number) == 1 else number)
        node.replace_with(f"{number} " if number[-1:].isascii() and number[-1:].isalnum() else number)


def _write_lists(body: LexborNode) -> None:
    """Lists of Word, and those numbered in another way than 1, 2, 3, as lines that begin with their numbers."""
    for ordered in reversed(body.css("ol")):
        items = [child for child in ordered.iter() if child.tag == "li"]
        told = ordered.attributes.get("type") or "".join(_LIST_STYLE.findall(_style(ordered))[:1]) or "1"
        of_word = any(_OF_LIST.search(_style(item)) for item in items)
        if not of_word and told in {"1", "decimal"}:
            continue
        start = ordered.attributes.get("start") or "1"
        number = int(start) if start.isascii() and start.isdecimal() and len(start) < 5 else 1
        for item in items:
            value = item.attributes.get("value") or ""
            number = int(value) if value.isascii() and value.isdecimal() and len(value) < 5 else number
            form = _TYPES.get(told, "decimal")
            item.insert_before(_line(item, numerals.render(form, number) + ("、" if "hinese" in form else ".")))
            item.decompose()
            number += 1
        ordered.unwrap()


def _line(item: LexborNode, number: str) -> LexborNode:
    """A list item as a paragraph that begins with its number; blocks inside it stay as they are."""
    inside = item.inner_html or ""
    first = re.match(r"\s*<p\b[^>]*>", inside)
    made = f"{first.group(0)}{number}{inside[first.end() :]}" if first else f"<div>{number}{inside}</div>"
    parsed = LexborHTMLParser(f"<div>{made}</div>").css_first("div")
    assert parsed is not None  # noqa: S101 - it was just written
    return parsed


def _lift_from_cells(body: LexborNode) -> None:
    """A cell of one paragraph is the words of that paragraph, aligned as it was; a cell of blanks is empty."""
    for cell in body.css("td, th"):
        inside = [child for child in cell.iter(include_text=True) if child.tag != "-text" or child.text().strip()]
        if len(inside) == 1 and inside[0].tag in {"p", "div"}:
            paragraph = inside[0]
            told = _ALIGN.search(_style(paragraph))
            where = told.group(1) if told else paragraph.attributes.get("align")
            if where and not _ALIGN.search(_style(cell)):
                cell.attrs["style"] = f"{_style(cell)};text-align:{where}"
            paragraph.unwrap()
        if not _words(cell) and not cell.css("table, img"):
            for child in list(cell.iter(include_text=True)):
                child.decompose()


def _mark_heads(table: LexborNode, styles: Mapping[str, str]) -> None:
    """The cells of head rows as `<th>`: rows in a `<thead>`, else those at the top in which every word is bold."""
    rows = [row for row in table.css("tr") if table_grid.owner(row) == table.mem_id]
    heads = [row for row in rows if row.parent is not None and row.parent.tag == "thead"]
    if not heads and not table.css("th"):
        for row in rows[: _MOST_HEAD_ROWS + 1]:
            if not _is_bold(row, styles):
                break
            heads.append(row)
        if len(heads) in {len(rows), _MOST_HEAD_ROWS + 1}:
            return
    for row in heads:
        for cell in [child for child in row.iter() if child.tag == "td"]:
            spans = "".join(
                f' {name}="{escape(told)}"' for name in ("colspan", "rowspan", "style", "align")
                if (told := cell.attributes.get(name))
            )  # fmt: skip
            made = LexborHTMLParser(f'<table><tr><th scope="col"{spans}>{cell.inner_html or ""}</th></tr></table>')
            head = made.css_first("th")
            if head is not None:
                cell.replace_with(head)


def _is_bold(row: LexborNode, styles: Mapping[str, str]) -> bool:
    cells = [cell for cell in row.iter() if cell.tag == "td" and _words(cell)]
    return bool(cells) and all(_BOLD.search(_styles_of(cell, styles)) or _is_marked(cell) for cell in cells)


def _is_marked(cell: LexborNode) -> bool:
    bold = "".join(_words(node) for node in cell.css("b, strong"))
    return re.sub(r"\s", "", bold) == re.sub(r"\s", "", _words(cell))


def _tidied(html: str) -> str:
    """Without the source's blanks and empty marks; the usual alignment of a document unsaid; headings as headings."""
    html = _AT_BLOCK.sub(lambda match: match.group(1) or match.group(2), html).replace(' class="align-justify"', "")
    while (less := _EMPTY_MARK.sub("", html)) != html:
        html = less
    return "".join(
        part if part.startswith("<table") else _PLAIN_LINE.sub(_as_heading, part) for part in _TABLE.split(html)
    )


def _as_heading(match: re.Match[str]) -> str:
    inside = match.group(1)
    tag = structured.tag_of(structured.tidy(unescape(_MARKUP.sub("", inside))))
    return f"<{tag}>{inside}</{tag}>"


def _one_line(html: str) -> str:
    """The inside of a single plain paragraph; everything else as it is."""
    match = re.fullmatch(r"<p>((?:(?!</?p[ >]).)*)</p>", html, re.DOTALL)
    return match.group(1) if match else html
