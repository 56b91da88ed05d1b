"""What a document says of itself: title, issuer, number, date, disclosure property, addressees.

The red head and the lines up to the addressees say it on paper; web pages say it in lines like 发文字号：…. The red
head wins over the title, the title over the metadata, and the signature comes last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from mingchuang.norms import docnumber
from mingchuang.reading import shapes
from mingchuang.reading.issue_numbers import number_in, number_line, trouble
from mingchuang.reading.model import Property, ReadWarning
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection
from mingchuang.reading.zones import Part

_TITLE_ISSUER = re.compile(
    r"^(?P<issuer>.{2,80}?)(?:关于|印发|转发|公布|发布)|^(?P<office>[^《》，]{2,40}?(?:局|委员会|政府|办公室|办公厅|厅|中心))(?=(?:19|20)\d{2}年)"
)
_FIELD = re.compile(r"^[【〔]?(?P<name>[^：】〕]{2,8})[】〕]?：?(?P<value>.*)$")
_LONGEST_TITLE = 300
#: Text below a title; where there is some, the lines above it are all told to be no text.
_TEXT_ZONES = {"letter", "preamble", "addressees", "body"}
_SHORTEST_ORGAN = 4
_RUNS_ON = re.compile("(?:关于|[的和与及、]|年度?)$")
_AREA_WORDS = "(?:省|自治区|直辖市|自治州|计划单列市|设区市|市|州|盟|县|区|旗|乡|镇|街道)"
_AREA = re.compile(f"{_AREA_WORDS}$")
_AREAS = re.compile(f"各?{_AREA_WORDS}$")
_OF_AREAS = re.compile(f"{_AREA_WORDS}(?:（[^）]*）)?(?:人民政府|政府|党委)$")
_ORGAN = re.compile("[^、]{2}(?:局|委员会|委|厅|部|办公室|办公厅|人民政府|中心|公司|总工会|妇联)$")
_REST_OF_ORGAN = re.compile("办公[室厅]|员会|人民政府|人大|政协|常务")


@dataclass(slots=True)
class Header:
    """The fields of the document; None or empty where it does not say."""

    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: date | None = None
    property: Property | None = None
    addressees: tuple[str, ...] = ()
    title_place: tuple[int, int] | None = None
    warnings: list[ReadWarning] = field(default_factory=list)

    def warn(self, code: str, message: str, span: tuple[int, int] | None = None) -> None:
        """Note something a person should look at."""
        self.warnings.append(ReadWarning(code, message, span))


def read_header(parts: list[Part], projection: Projection) -> Header:
    """Read the fields from the zones of all parts; the first part is the document itself."""
    header = Header()
    first = parts[0]
    _title(header, parts, projection)
    _number(header, first, projection)
    _issuer(header, first, projection)
    _date(header, parts, projection)
    _property(header, parts, projection)
    called = next((p.of("addressees") for p in parts if p.of("addressees")), [])
    if called:
        header.addressees = addressees(projection, called[0].start, called[-1].end)
    return header


def _folded(projection: Projection, paragraph: Paragraph) -> str:
    return projection.folded[paragraph.start : paragraph.end]


def title_paragraphs(part: Part, projection: Projection) -> list[Paragraph]:
    """The lines of the title: a run of lines that makes a whole title, below the issue number where there is one.

    A second complete title below the first (the 要点 that a notice sends without a letter) is not part of it.
    """
    numbers = [p.start for p in part.of("head")]
    runs = [_first_title(run, projection) for run in _runs(part)]
    whole = [run for run in runs if shapes.title_complete(_joined(run, projection))]
    below = [run for run in (whole or runs) if numbers and run[0].start > numbers[-1]]
    if below:
        return below[0]
    if whole:
        return whole[-1] if numbers else whole[0]
    lines = _first_title(_without_red_head(part.of("title"), part, projection), projection)
    if any(zone in _TEXT_ZONES for zone in part.zones) or shapes.title_complete(_joined(lines, projection)):
        return lines
    return _short_title(lines, projection)


def _short_title(lines: list[Paragraph], projection: Projection) -> list[Paragraph]:
    """The title of a file that has nothing but short lines: the first of them, and those it can't be read without."""
    taken = lines[:1]
    for paragraph in lines[1:]:
        above, text = _joined(taken, projection), _folded(projection, paragraph)
        is_open = above.count("《") > above.count("》") or _RUNS_ON.search(above)
        is_organ = len(above) >= _SHORTEST_ORGAN and shapes.organisation_like(above)
        if not (is_open or is_organ or text.startswith(("关于", "的"))):
            break
        taken.append(paragraph)
    return taken


def _runs(part: Part) -> list[list[Paragraph]]:
    """Title lines that stand together."""
    found: list[list[Paragraph]] = []
    before = ""
    for paragraph, zone in zip(part.paragraphs, part.zones, strict=True):
        if zone == "title":
            if before != "title":
                found.append([])
            found[-1].append(paragraph)
        before = zone
    return found


def _joined(lines: list[Paragraph], projection: Projection) -> str:
    return "".join(_folded(projection, p) for p in lines)


def _first_title(lines: list[Paragraph], projection: Projection) -> list[Paragraph]:
    taken: list[Paragraph] = []
    joined = ""
    for paragraph in lines:
        text = _folded(projection, paragraph)
        if len(joined) > _LONGEST_TITLE or (shapes.title_complete(joined) and text[0] not in "（的"):
            break
        taken.append(paragraph)
        joined += text
    return taken


def _without_red_head(lines: list[Paragraph], part: Part, projection: Projection) -> list[Paragraph]:
    """The lines above the number belong to the red head when one of them ends in 文件 …"""
    heads = [p.start for p in part.of("head") if shapes.RED_HEAD.match(_folded(projection, p))]
    return [p for p in lines if not heads or p.start > heads[0]]


def _title(header: Header, parts: list[Part], projection: Projection) -> None:
    """The title; of a covering letter without one, that of the document it sends."""
    part = parts[0]
    lines = title_paragraphs(part, projection)
    if not lines and part.of("letter") and len(parts) > 1 and not parts[1].annex:
        lines = title_paragraphs(parts[1], projection)
        header.warn("title_missing", "印发通知没有标题，按所印发文件的标题读取。")
    named = _metadata(part, projection, "标题", "名称", "信息名称")
    if lines:
        header.title_place = _bare_title(projection, lines)
        header.title = projection.clean(*header.title_place)
    elif named:
        header.title = named
    else:
        header.warn("title_missing", "没有找到标题。")


def _bare_title(projection: Projection, lines: list[Paragraph]) -> tuple[int, int]:
    """The title without an issue number before or behind it and without book-title marks round all of it."""
    start, end = lines[0].start, lines[-1].end
    folded = projection.folded
    for number in docnumber.find(projection.clean(start, end)):
        if number.start == 0 and number.end < end - start:
            start += number.end
        elif number.end == end - start - 1 and folded[end - 1] == "）" and folded[start + number.start - 1] == "（":
            end = start + number.start - 1
        break
    closed = (
        folded[start] == "《" and folded[end - 1] == "》" and folded.find("》", start) >= folded.rfind("《", start, end)
    )
    if closed and end - start > 2 and folded.count("《", start, end) == folded.count("》", start, end):
        start, end = start + 1, end - 1
    return start, end


def _metadata(part: Part, projection: Projection, *names: str) -> str | None:
    """The value of a line like 发布机构：…; the value may stand in the next line."""
    heads = part.of("head", "imprint")
    for at, paragraph in enumerate(heads):
        match = _FIELD.match(_folded(projection, paragraph))
        if match is None or match["name"] not in names:
            continue
        if match["value"]:
            return projection.clean(paragraph.start + match.start("value"), paragraph.end)
        if at + 1 < len(heads) and not shapes.METADATA.match(_folded(projection, heads[at + 1])):
            return projection.clean(heads[at + 1].start, heads[at + 1].end)
    return None


def _number(header: Header, part: Part, projection: Projection) -> None:
    for paragraph in part.of("head"):
        text = _folded(projection, paragraph)
        stated = _FIELD.match(text) if shapes.METADATA.match(text) else None
        if stated and not re.search("文号|字号|文件编号", stated["name"]):
            continue
        start = paragraph.start + (stated.start("value") if stated else 0)
        if start == paragraph.end or not (stated or number_line(text)):
            continue
        written = projection.clean(start, paragraph.end)
        header.number = number_in(projection, start, paragraph.end)
        told = trouble(written) if header.number is None or docnumber.find(written) else None
        if told:
            code = "number_variant" if header.number else "number_unreadable"
            header.warn(code, told, projection.span(start, paragraph.end))
        if header.number:
            return
    header.number = _number_with_title(part, projection)
    if header.number is None and not any(w.code == "number_unreadable" for w in header.warnings):
        header.warn("number_missing", "没有找到发文字号。")


def _number_with_title(part: Part, projection: Projection) -> str | None:
    """A number before the title in its line, or in brackets behind it; numbers inside the title are cited ones."""
    for paragraph in part.of("title"):
        written = projection.clean(paragraph.start, paragraph.end)
        for number in docnumber.find(written):
            if number.start == 0 or (number.end >= len(written) - 1 and "《" not in written[number.start :]):
                return str(number.number)
    return None


def _issuer(header: Header, part: Part, projection: Projection) -> None:
    heads = part.of("head", "title")
    for at, paragraph in enumerate(heads):
        text = _folded(projection, paragraph)
        if shapes.RED_HEAD.match(text) and "公开工作" not in text:
            header.issuer = _red_issuers(heads, at, projection)
            return
    match = _TITLE_ISSUER.match(_shape(header.title or ""))
    named = (match["issuer"] or match["office"]) if match else ""
    if named and shapes.organisation_like(named):
        begin = header.title_place[0] if header.title_place else 0
        header.issuer = _joint(projection, begin, begin + len(named)) if begin or header.title_place else named
        return
    header.issuer = _metadata(
        part, projection, "发布机构", "发布机关", "发文机关", "发文单位", "发布单位", "制发机关", "公开主体"
    )
    signed = [p for p in part.of("signature") if shapes.organisation_like(_folded(projection, p))]
    if header.issuer is None and signed:
        header.issuer = "、".join(projection.clean(p.start, p.end) for p in signed)
    if header.issuer is None:
        header.issuer = _signed_on_one_line(part, projection)
    if header.issuer is None:
        header.warn("issuer_missing", "没有找到发文机关。")


def _red_issuers(heads: list[Paragraph], at: int, projection: Projection) -> str | None:
    """The organs of the red head whose line ``at`` ends in 文件; more of them may stand below that line."""
    lines = _red_lines(heads[: at + 1], projection)
    end = heads[at].start + _folded(projection, heads[at]).rindex("文件")
    names = [_joint(projection, lines[0].start, end)]
    for above, other in zip(heads[at:], heads[at + 1 : at + 6], strict=False):
        if other.start != above.end or not shapes.organisation_like(_folded(projection, other)):
            break
        names.append(projection.clean(other.start, other.end))
    return "、".join(filter(None, names)) or None


def _joint(projection: Projection, start: int, end: int) -> str:
    """Organs that a blank or a line break parts, joined by 、: 某市教育局 某市财政局. One organ may be broken too."""
    names, begin = [], start
    for at in range(start + 1, end):
        if projection.gap(at) and _ORGAN.search(projection.folded, begin, at) and _next_organ(projection, at, end):
            names.append(projection.clean(begin, at))
            begin = at
    return "、".join([*names, projection.clean(begin, end)]) if start < end else ""


def _next_organ(projection: Projection, start: int, end: int) -> bool:
    """Whether another organ begins here, not the rest of one (人民政府 / 办公室, 委 / 员会)."""
    rest = projection.folded[start:end]
    return len(rest) >= 4 and shapes.organisation_like(rest) and not _REST_OF_ORGAN.match(rest)


def _red_lines(lines: list[Paragraph], projection: Projection) -> list[Paragraph]:
    """The lines of the red head: from the last line above 文件 that cannot be the name of an organ."""
    taken = [lines[-1]]
    for paragraph in reversed(lines[:-1]):
        text = _folded(projection, paragraph)
        if len(text) > 30 or re.search(r"[，。：《》\d★]|秘密|机密|绝密|特急|加急|平急|紧急", text):
            break
        taken.append(paragraph)
    return taken[::-1]


def _signed_on_one_line(part: Part, projection: Projection) -> str | None:
    for paragraph in part.of("signature"):
        match = shapes.DATE.search(_folded(projection, paragraph))
        if match and match.start() > 1:
            return projection.clean(paragraph.start, paragraph.start + match.start())
    return None


def _shape(title: str) -> str:
    return Projection(title).folded if len(Projection(title)) == len(title) else title


def _date(header: Header, parts: list[Part], projection: Projection) -> None:
    """The date of signature: of the covering letter, else of the document, else as a web page states it."""
    dated = [p for part in parts if not part.annex or part is parts[-1] for p in part.of("signature")]
    dated = [p for p in dated if shapes.signature_date(_folded(projection, p))]
    for paragraph in dated:
        header.date = shapes.parse_date(_folded(projection, paragraph))
        if header.date is not None:
            return
    stated = _metadata(parts[0], projection, "成文日期", "发文日期", "生成日期")
    if stated:
        header.date = shapes.parse_date(Projection(stated).folded)
    if header.date is None and (dated or stated):
        span = projection.span(dated[0].start, dated[0].end) if dated else None
        said = projection.clean(dated[0].start, dated[0].end) if dated else stated
        header.warn("date_unreadable", f"成文日期“{said}”无法识别，请人工填写。", span)
    elif header.date is None:
        header.warn("date_missing", "没有找到成文日期。")


def _property(header: Header, parts: list[Part], projection: Projection) -> None:
    for paragraph in [p for part in parts for p in part.of("note", "head", "imprint")]:
        text = _folded(projection, paragraph)
        if not (shapes.PROPERTY.match(text) or re.match(r"公开(?:方式|属性|选项|类型|形式)", text)):
            continue
        if re.search("依申请公开", text):
            header.property = "依申请公开"
        elif re.search("不予公开|不公开|不对外|不宜公开", text):
            header.property = "不予公开"
        elif "公开" in text or "发布" in text:
            header.property = "主动公开"
        return


def addressees(projection: Projection, start: int, end: int) -> tuple[str, ...]:
    """The units called. A bare 单位 belongs to the name before it: 市直各部门、单位 is one."""
    folded = projection.folded
    found: list[list[int]] = []
    at, depth = start, 0
    for place in range(start, end + 1):
        char = folded[place] if place < end else "，"
        depth += (char == "（") - (char == "）")
        if char not in "，、；：" or depth > 0:
            continue
        if at < place:
            bare = folded[at:place] in {
                "单位",
                "机构",
                "直属机构",
                "人民团体",
                "委",
                "办",
                "局",
                "部",
                "企业",
                "事业单位",
                "直属单位",
            }
            is_area_list = found and folded[found[-1][1]] == "、" and _AREAS.match(folded[found[-1][0] : found[-1][1]])
            if is_area_list and _OF_AREAS.match(folded[at:place]):  # 各省、自治区、直辖市人民政府
                while len(found) > 1 and _AREA.match(folded[found[-1][0] : found[-1][1]]):
                    del found[-1]
                found[-1][1] = place
            elif bare and found and folded[found[-1][1]] == "、":
                found[-1][1] = place
            else:
                found.append([at, place])
        at = place + 1
    return tuple(projection.clean(a, b) for a, b in found)
