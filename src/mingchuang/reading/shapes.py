"""What single lines of a document look like: issue number, date, signature, addressees, title, annex, imprint.

All patterns are for folded text (``projection.py``). A shape says what a line may be; ``zones.py`` decides what it is.
"""

from __future__ import annotations

import re
from datetime import date

from mingchuang.reading.alternation import any_of
from mingchuang.reading.numerals import han_number

_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇零九0Oo][〇零一二三四五六七八九0Oo]{2})"
_HAN_SMALL = "[一二三四五六七八九十廿]{1,3}"

DATE = re.compile(
    rf"(?P<y>{_YEAR})年(?P<m>\d{{1,2}}|{_HAN_SMALL})月(?P<d>\d{{1,2}}|{_HAN_SMALL})日"
    r"|(?P<y2>(?:19|20)\d{2})[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})"
)
# A line that wants to be a date: also 2019年  月  日, 2O19年8月l9日, 2019年13月40日, 二〇一九年八月.
DATE_LIKE = re.compile(
    r"[（]?(?:[\dOoIl一二三四五六七八九〇零十X*×]{2,6}年[\dOoIl一二三四五六七八九〇零十X*×]{0,3}月(?:[\dOoIl一二三四五六七八九〇零十廿X*×]{0,4}日?)?"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})[）]?"
)
KIND_OF_DOCUMENT = (
    "通知|通告|公告|通报|意见|方案|要点|办法|规定|决定|决议|报告|请示|批复|函|纪要|命令|计划|规划|细则|规则|规程|指南|"
    "目录|清单|分工|措施|制度|标准|预案|章程|条例|安排|汇编|分解表|任务分解|分工表|任务表|一览表|清单表"
)
TITLE_END = re.compile(
    rf"(?:{KIND_OF_DOCUMENT})(?:》)?(?:（[^（）]{{1,16}}）)?(?:的(?:通知|函|意见|决定|批复|报告))?(?:（[^（）]{{1,16}}）)?$"
)
RED_HEAD = re.compile(r"^[^，。；：《》]{0,60}文件(?:（[^（）]{1,12}）)?$")
_FIELDS = any_of(
    "当前位置 您的位置 首页 您现在的位置 索引号 发布机关 信息状态 统一登记号 视力保护色 浏览量 "
    "公开目录 公文种类 信息索引号 统一编号 发布机构 发文机关 发文单位 发布单位 制发机关 公开主体 "
    "主题分类 信息分类 主题词 体裁分类 组配分类 发文字号 文号 成文日期 发文日期 发布日期 "
    "发布时间 公开日期 生成日期 印发日期 生效日期 失效日期 废止日期 公开方式 公开形式 公开属性 "
    "公开范围 公开选项 有效性 是否有效 效力状态 时效性 信息来源 来源 名称 标题 信息名称 "
    "文件编号 关键词 内容概述 浏览次数 访问次数 阅读次数 点击次数 点击数 作者 责任编辑 字号 "
    "字体大小 字体 打印 分享 时间 日期"
)
# The labels of web pages; the longest that fits wins.
FIELD_LABEL = re.compile("|".join(sorted(_FIELDS.split("|"), key=len, reverse=True)))
METADATA = re.compile(rf"^(?:【|〔)?(?:{FIELD_LABEL.pattern})(?:】|〕)?(?:：|$|(?<=首页)>)")
NUMBER_ALONE = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,14}〔\d{4}〕\d{1,5}号")
PROPERTY = re.compile(
    r"^[（〔【]?(?:(?:此|本)(?:件|文|文件)|公开(?:属性|方式|类型|选项)|信息公开(?:选项|属性|类别|方式|类型)|政府信息公开选项)[^，。；]{0,14}"
    r"(?:公开|发布)[^，。；]{0,10}[）〕】]?$|^[（〔【](?:主动公开|依申请公开|不予公开)[）〕】]$"
)
CONTACT = re.compile(
    r"^[（〔]?(?:联系人|联系电话|联系方式|联\s*系\s*单\s*位|咨询电话|传真|电子邮箱|邮箱)[^。]{0,10}[：]"
)
CONTENTS_HEAD = re.compile(r"^目录$|^目次$")
ANNEX_ALONE = re.compile(r"^(?:附件|附表|附录|附)(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[-之]\d{1,2})?[：.]?$")
ANNEX_TITLED = re.compile(
    r"^(?:附件|附表|附录|附(?=：))(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[：.、]|(?=[^\d：.、]))(?P<title>[^。；]{2,60})$"
)
IMPRINT = re.compile(
    r"^(?:抄送|主送|抄报|分送|报送|发送|主题词)(?:单位|机关)?：|^[^，。；：]{2,40}(?:办公室|办公厅|局|委员会|政府|秘书科|文秘科)[^，。；：]{0,4}"
    r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:印发|印)$|^(?:共印|印发?份数|校对|打印|打字|录入|责任编辑)[^。]{0,30}$"
)
_ORGANISATION = re.compile(
    r"^[^，。；：！？《》“”（）\d]{1,40}(?:政府|办公室|办公厅|办|局|委员会|委|厅|部|院|处|署|会|组|中心|公司|学校|大学|队|站|所|社|行|镇|乡|街道|"
    r"检察院|法院|联合会|管委会|指挥部)(?:（[^（）]{1,16}）)?(?:（(?:代章|章|印章|公章|盖章)）)?$"
)
_ADDRESSED = re.compile(
    "各|政府|部门|单位|机构|机关|办事处|街道|委员会|委|局|办|公司|学校|中心|科室|站|所|镇|乡|县|区|院|厅|处"
)
_LETTER = re.compile(
    r"印发给你们|现印发|现转发|现下发|现将《|现将[^。]{0,60}(?:印发|转发|下发)|现予印发|予以印发|转发给你们|印发你们|下发给你们|"
    r"印发[^。]{0,12}，请[^。]{0,20}(?:贯彻|执行|落实)"
)


def letter_like(text: str) -> bool:
    """现将《…》印发给你们: the sentence that makes a covering letter."""
    return bool(_LETTER.search(text[:600]))


def organisation_like(text: str) -> bool:
    """A short line that is nothing but the name of an organ."""
    return bool(_ORGANISATION.match(text))


def addressees_like(text: str) -> bool:
    """各镇人民政府，市直各部门： - a line that calls units and ends with a colon."""
    if not text.endswith("：") or len(text) > 600 or "。" in text:
        return False
    if re.search("如下|通知|现将|要求|包括|以下|公开(?!办)|工作(?!部门|机构|机关|委)|原则|《|附件", text):
        return False
    return bool(_ADDRESSED.search(text))


def signature_date(text: str) -> str | None:
    """The date part of a line that is a date, or an organ and a date; None for any other line."""
    if len(text) > 70:
        return None
    if DATE_LIKE.fullmatch(text):
        return text
    match = DATE.search(text)
    if match and match.end() == len(text) and organisation_like(text[: match.start()]):
        return text[match.start() :]
    return None


def parse_date(text: str) -> date | None:
    """The first complete date in a folded text; None when there is none, or no such day."""
    match = DATE.search(text)
    if not match:
        return None
    year, month, day = (match[a] or match[b] for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2")))
    numbers = [int(part) if part.isdigit() else han_number(_with_han_zeros(part)) for part in (year, month, day)]
    try:
        return date(*(number or 0 for number in numbers))
    except ValueError:
        return None


def title_complete(text: str) -> bool:
    """Whether lines joined so far make a whole title: a kind of document at the end, every 《 closed."""
    return bool(TITLE_END.search(text)) and text.count("《") == text.count("》")


def year_in(text: str) -> int | None:
    """The first year in a folded text: 2019年, 二〇一九年, or 2019 before 政务公开."""
    match = re.search(rf"(?P<y>{_YEAR})(?=年|政务公开|年度)", text)
    if not match:
        return None
    return int(match["y"]) if match["y"].isdigit() else han_number(_with_han_zeros(match["y"]))


def _with_han_zeros(written: str) -> str:
    """二O二一, 二0二一: the letter and the digit that keyboards give for 〇."""
    return re.sub("[0Oo]", "〇", written)


def line_of_its_own(text: str) -> bool:
    """A line that neither ends in the next nor begins in the one before: an issue number, the list of annexes."""
    return bool(NUMBER_ALONE.fullmatch(text) or re.match(r"附件(?:\d?：|[一二三]：)", text))
