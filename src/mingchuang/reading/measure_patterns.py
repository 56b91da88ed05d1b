"""The patterns of measures on folded text, one for each kind. ``measures.py`` reads their groups."""

from __future__ import annotations

import re

from mingchuang.reading.alternation import any_of
from mingchuang.reading.numerals import NUMBER

AT_LEAST = any_of(
    "不少于 不低于 不得少于 不得低于 不能少于 不能低于 不应少于 不应低于 不小于 不短于 至少 最少 最低 原则上不少于 "
    "超过 高于 多于 大于 ≥"
)
AT_MOST = any_of(
    "不超过 不得超过 不应超过 不能超过 不高于 不得高于 不多于 不得多于 不大于 不长于 至多 最多 最长 最迟 "
    "不晚于 不得晚于 不迟于 不得迟于 控制在 (?<![不得能应可])(?:低于|少于|小于) ≤"
)
_BOUND = rf"(?P<pre>(?:{AT_MOST}|{AT_LEAST})(?:为|于|有|{AT_MOST}|{AT_LEAST})?)"
_FROM_TO = rf"(?P<n>{NUMBER})(?:(?:-|至|到)(?P<to>{NUMBER}))?"
_LONG_UNITS = any_of("工作日 自然日 日历日 小时 星期 季度 月")  # 3个月, 3个工作日
_PLAIN_UNITS = any_of("工作日 自然日 日历日 小时 分钟 周 年 天 日")  # 3年, 3日; never 3月
_TIME = f"(?:个(?P<unit>{_LONG_UNITS})|(?P<unit2>{_PLAIN_UNITS}))"
_TIME_SAID = f"(?:个(?P<unit5>{_LONG_UNITS})|(?P<unit6>{_PLAIN_UNITS}))"
_TIME_AFTER = f"(?:个(?P<unit3>{_LONG_UNITS})|(?P<unit4>{_PLAIN_UNITS}))"
_COUNTED = any_of(
    "场次 人次 平方米 公里 万元 亿元 学时 课时 个 项 次 场 张 字 元 亩 吨 户次 "
    "期 篇 条 件 份 家 名 人 部 批 套 类 处 户 起 例 支 所 种 轮 遍 块 幅 分"
)
AIMED_AT = any_of(
    "建成 建设 建好 打造 培育 创建 设立 设置 确定 选取 选树 选出 推出 做强做优 做优做强 做强 做优 保留 开设 举办 开展 "
    "组织 召开 完成 制作 编制 发布 解读 新增 制定 出台 遴选 推荐 报送 整合为 形成 实现 培训 公开 公布 发放 达到 邀请 "
    "安排 投入 拨付"
)

_PER = (
    "(?:每(?P<every>年度?|半年|季度|季|个?月|周|日|天|学期|旬)"
    r"|(?P<span>(?<!\d)\d{1,2}|[一两二三])?年(?P<within>度?内)|全年|(?P<one>一|(?<!\d)1)年)"
)
FREQUENCY = re.compile(
    rf"{_PER}(?P<between>[^。；，、\d]{{0,24}}?)(?:{_BOUND})?(?P<n>{NUMBER})(?:-(?P<to>{NUMBER}))?"
    rf"(?P<unit>{_COUNTED})(?P<post>以上|及以上|以下)?"
)
EVERY = re.compile(
    r"每(?:(?P<n>(?<!\d)\d{1,2}|[两二三四五六])个?)?(?P<unit>年度?|半年|季度|季|月|周|星期|日|天|学期|旬|工作日)(?:度)?(?!报|志|刊)"
    r"|(?:按|逐)(?P<by>年度|季度|季|月|周|日|年)(?!份)"
)
LIMIT = re.compile(rf"(?:{_BOUND})?{_FROM_TO}{_TIME}(?:之内|以内|内)(?!部|容|在|蒙)")
SHORTENED = re.compile(rf"(?:压缩|缩短|压减|减少|减)(?:至|到|为){_FROM_TO}{_TIME}(?:之内|以内|内)?")
THIRDS = re.compile(r"(?P<part>[一二三四五六七八九十])分之(?P<n>[一二三四五六七八九])(?P<post>及?以上|及?以下)")
LIMIT_WITHOUT_IN = re.compile(rf"(?P<pre>{AT_MOST})(?P<n>{NUMBER}){_TIME}")
AHEAD = re.compile(
    rf"提前(?:{_BOUND})?{_FROM_TO}个?(?P<unit>工作日|自然日|日历日|小时|分钟|星期|季度|周|月|年|天|日)(?P<post>以上)?"
)
PERIOD = re.compile(
    rf"(?P<pre>{AT_LEAST})(?P<n>{NUMBER}){_TIME}"
    rf"|(?P<n2>{NUMBER}){_TIME_AFTER}(?P<post>以上|及以上|以前|之前|前)(?!\d)"
    rf"|期(?:限|间)?为(?P<n3>{NUMBER}){_TIME_SAID}"
)
_PLAIN_NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
RATE = re.compile(
    rf"(?:(?P<pre>{AT_MOST}|{AT_LEAST})|(?P<reach>达到|达|为|至|到|实现))?"
    rf"(?:(?<![\d.])(?P<n>{_PLAIN_NUMBER})%?(?:-(?P<to>{_PLAIN_NUMBER}))?%"
    rf"|百分之(?P<han>{NUMBER})"
    "|(?P<tenth>[一二三四五六七八九])成)"
    "(?P<post>及?以上|及?以下|以内)?(?!点)"
)
COUNT = re.compile(
    rf"(?:{_BOUND})?(?P<n>{NUMBER})(?:-(?P<to>{NUMBER}))?余?(?P<unit>[万亿]?(?:{_COUNTED}))(?P<post>以上|及以上|以下|以内)?"
)
NOUN = re.compile("[\u4e00-\u9fff]{1,8}(?=[，。；、：）]|$)")
BAN = re.compile(
    "(?<!依法)(?:严禁|严格禁止|禁止|坚决杜绝|杜绝|不允许|不得|不准|不许|一律不|切勿)"
    "(?!不|少于|低于|超过|高于|多于|晚于|迟于|已)[^，。；：！？（）]{1,60}"
)
BAN_AS_ATTRIBUTE = re.compile("(?:不得|禁止)[^的]{1,8}的(?:$|信息|事项|内容|情形)")
WEIGHING = re.compile("权重|分值|占比|比重")
VAGUE = re.compile(
    any_of(
        "第一时间 不定期 定期 及时 适时 按时 按期 尽快 尽早 逐步 逐渐 加快 抓紧 立即 即时 即刻 实时 随时 稳步 "
        "常态化 长期坚持 持续推进 适当 必要时 原则上"
    )
)
