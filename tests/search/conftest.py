"""A small, varied set of documents, and an index of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from mingchuang.search.entry import Entry
from mingchuang.search.index import Index

DOCUMENTS = (
    Entry(
        key="r:1",
        kind="policy",
        kind_name="政策文件",
        unit="u1",
        unit_name="市政府办公室",
        title="青铜峡市2019年政务公开工作要点",
        url="/records/1/",
        number="青政办发〔2019〕60号",
        body="各镇人民政府、市直各部门：\n为全面推进政务公开工作，\n制定本要点。行政许可、行政处罚7个工作日内公\n开。",
        date=dt.date(2019, 9, 26),
    ),
    Entry(
        key="r:2",
        kind="policy",
        kind_name="政策文件",
        unit="u2",
        unit_name="市审计局",
        title="关于做好审计整改的通知",
        url="/records/2/",
        number="青审发〔2020〕60号",
        summary="审计整改结果公开的要求。",
        body="根据青政办发[2019] 60号文件精神，审计结果应当公开。成文日期：二〇二〇年三月五日。负责人李某喆。",
        date=dt.date(2020, 3, 5),
    ),
    Entry(
        key="r:3",
        kind="penalty",
        kind_name="行政处罚",
        unit="u3",
        unit_name="市市场监督管理局",
        title="行 政 处 罚 决 定 书",
        url="/records/3/",
        body="当事人使用ＡＢＣ-12型电梯未经检验。依法行政，务工人员安全第一。2020-03-05 送达。covid19 期间 A4纸 3.5%。",
        date=dt.date(2020, 3, 6),
    ),
    Entry(
        key="r:4",
        kind="notice",
        kind_name="公告",
        unit="u1",
        unit_name="市政府办公室",
        title="停水公告",
        url="/records/4/",
        body="因管网检修，峡口镇停水。" + "其他事项另行通知。" * 40 + "联系人在供水站值班，抄表到户。",
    ),
)


@pytest.fixture
def documents() -> tuple[Entry, ...]:
    return DOCUMENTS


@pytest.fixture
def indexed(tmp_path: Path) -> Callable[[Iterable[Entry]], Index]:
    """Makes an index of given entries."""

    def make(entries: Iterable[Entry] = DOCUMENTS) -> Index:
        index = Index(tmp_path / "index")
        with index.writer() as writer:
            writer.rebuild([list(entries)], position=1)
        return index

    return make


@pytest.fixture
def index(indexed: Callable[..., Index]) -> Index:
    return indexed()


def put(path: Path, content: bytes) -> None:
    """Another file under this name. A file cut short in place would take its pages from under the engine's map of it,
    and the process would die (SIGBUS) in whichever thread looks there next."""
    beside = path.with_name(f"{path.name}.put")
    beside.write_bytes(content)
    beside.replace(path)
