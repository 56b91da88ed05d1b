"""A large Chinese corpus that is the same on every machine, for the search benchmarks.

The vocabulary is every pair of common characters (GB 2312 level 1) that the segmenter's dictionary knows, weighted by
the dictionary's own frequency to the power 0.9, plus the words of a government office, raised so that some stand in a
tenth to a third of all documents, as they do in real notices. No text is copied from anywhere.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import rjieba

VERSION = 1
SEED = 640381
UNITS = 60
KINDS = ("policy", "notice", "penalty", "budget", "procurement", "appointment", "plan", "report")
_OFFICE = """
政务 公开 工作 信息 主动 政府 办公室 通知 意见 方案 要点 部门 单位 乡镇 街道 责任 落实 监督 检查 考核
行政 许可 处罚 强制 征收 决定 公示 公告 预算 决算 采购 招标 投标 项目 审批 服务 群众 企业 政策 解读
回应 关切 舆情 平台 网站 栏目 目录 依法 依申请 保密 审查 教育 医疗 卫生 社保 就业 扶贫 环保 安全 生产
食品 药品 农业 农村 水务 住建 自然 资源 交通 民政 财政 审计 统计 市场 监管 司法 公安 应急 文化 旅游
"""
OFFICE_WORDS = _OFFICE.split()


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document: `date` is ISO, `number` a document number of an invented issuer."""

    key: str
    kind: str
    unit: str
    title: str
    number: str
    date: str
    body: str


def vocabulary() -> tuple[list[str], np.ndarray]:
    """Returns words and their cumulative probabilities (float64, same length, last is 1.0)."""
    chars = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
    words = [a + b for a in chars for b in chars if rjieba.has_word(a + b)]
    weight = np.array([rjieba.suggest_freq(word) for word in words], dtype=np.float64) ** 0.9
    words += OFFICE_WORDS
    office = weight.sum() * 0.0018 / (1.0 + 0.045 * np.arange(len(OFFICE_WORDS)))
    weight = np.concatenate([weight, office])
    cumulative = np.cumsum(weight)
    return words, cumulative / cumulative[-1]


def _sentences(words: list[str], rng: np.random.Generator) -> str:
    """300 to 600 characters of sentences of 4 to 12 words, with commas, figures and full stops."""
    parts: list[str] = []
    length, target = 0, int(rng.integers(300, 601))
    position = 0
    while length < target:
        count = int(rng.integers(4, 13))
        sentence = "".join(words[position : position + count])
        position += count
        if position % 5 == 0:
            sentence += f"{int(rng.integers(1, 100))}个"
        sentence += "。" if position % 3 else "，"
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts)


def generate(count: int) -> Iterator[CorpusDocument]:
    """Yields `count` documents; the n-th is the same whatever `count` is."""
    words, cumulative = vocabulary()
    start = dt.date(2018, 1, 1)
    for n in range(count):
        rng = np.random.default_rng((SEED, n))
        drawn = [words[i] for i in np.searchsorted(cumulative, rng.random(330), side="right")]
        day = start + dt.timedelta(days=int(rng.integers(0, 3000)))
        unit = min(UNITS - 1, int(rng.exponential(9.0)))
        yield CorpusDocument(
            key=f"doc:{n}",
            kind=KINDS[min(len(KINDS) - 1, int(rng.exponential(1.6)))],
            unit=f"U{unit:02d}",
            title="关于" + "".join(drawn[:5]) + "的通知",
            number=f"样政办发〔{day.year}〕{n % 997 + 1}号",
            date=day.isoformat(),
            body=_sentences(drawn[5:], rng),
        )


def cached(count: int) -> list[CorpusDocument]:
    """The corpus, kept in a file of the system's temporary folder; the first call makes it (100,000: half a minute)."""
    folder = Path(tempfile.gettempdir()) / "mingchuang-bench"
    folder.mkdir(exist_ok=True)
    path = folder / f"corpus-v{VERSION}-{count}.jsonl"
    if not path.exists():
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as out:
            for document in generate(count):
                out.write(json.dumps(asdict(document), ensure_ascii=False) + "\n")
        partial.replace(path)
    with path.open(encoding="utf-8") as lines:
        return [CorpusDocument(**json.loads(line)) for line in lines]
