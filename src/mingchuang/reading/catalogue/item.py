"""A row of a catalogue of 公开事项 as data (norms.md §11: the columns of the standard catalogues)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from mingchuang.reading.catalogue.time_limit import TimeLimit

#: city, county, township, village: the levels at which an item is made public.
Level = Literal["city", "county", "township", "village"]
LEVELS: dict[Level, str] = {"city": "市级", "county": "县级", "township": "乡级", "village": "村级"}
#: to everybody, or to a group that the row names.
Audience = Literal["", "public", "group"]
AUDIENCES: dict[Audience, str] = {"public": "全社会", "group": "特定群体"}
#: proactively, or on request.
Mode = Literal["", "proactive", "on_request"]
MODES: dict[Mode, str] = {"proactive": "主动", "on_request": "依申请"}

#: The channels of the standard catalogue's check list, in its order; what else is ticked stands in `other_channel`.
CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
)
OTHER_CHANNEL = "其他"


@dataclass(frozen=True, slots=True)
class Element:
    """One 要素 of an item. `required` (●) unless the catalogue marks it optional (○)."""

    name: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One 公开事项. Texts are tidied (no line breaks, no blanks at the ends); empty means: not said.

    `field` is the 领域; `names` of the first to the third level; `basis` one law or document each; `channels` a subset
    of `CHANNELS` in their order; `levels` in the order of `LEVELS`. `kind` says which kind of record makes the item,
    `rule` under which rule of `norms` its time runs: two columns of ours that an office's sheet need not have.
    """

    level1: str
    level2: str
    level3: str = ""
    field: str = ""
    stage: str = ""
    elements: tuple[Element, ...] = ()
    basis: tuple[str, ...] = ()
    limit: TimeLimit = dataclasses.field(default_factory=TimeLimit)
    organ: str = ""
    channels: tuple[str, ...] = ()
    other_channel: str = ""
    audience: Audience = ""
    group: str = ""
    mode: Mode = ""
    levels: tuple[Level, ...] = ()
    note: str = ""
    kind: str = ""
    rule: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same item in two catalogues: field and the names of its levels."""
        return (self.field, self.level1, self.level2, self.level3)

    @property
    def title(self) -> str:
        """The name of the deepest level."""
        return self.level3 or self.level2 or self.level1
