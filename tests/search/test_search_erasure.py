"""Withdrawn text is in no file of the index: read back from every segment, removed documents included."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import tantivy

from mingchuang.search import erasure
from mingchuang.search.entry import Entry, stored
from mingchuang.search.index import Index
from mingchuang.search.query import Query

SECRET = "张某某身份证号绝密短语魑魅"


def everything_stored(index: Index) -> list[str]:
    """The text of every document that any segment on disk holds, decompressed; removed ones too."""
    folder = index.generations.current()
    engine = tantivy.Index.open(str(folder))
    searcher = engine.searcher()
    held = []
    for at, segment in enumerate(json.loads((folder / "meta.json").read_text())["segments"]):
        for number in range(segment["max_doc"]):
            entry = stored(searcher.doc(tantivy.DocAddress(at, number)))
            held.append(entry.title + entry.body if entry else "")
    listed = {
        segment["segment_id"].replace("-", "") for segment in json.loads((folder / "meta.json").read_text())["segments"]
    }
    on_disk = {
        path.stem.split(".")[0] for path in folder.iterdir() if re.fullmatch("[0-9a-f]{32}", path.stem.split(".")[0])
    }
    assert on_disk == listed, "no file of a segment that is no more"
    return held


def terms_on_disk(index: Index, term: str) -> bool:
    """Whether any term dictionary holds the token: the words outlive their document as its text does."""
    searcher = tantivy.Index.open(str(index.generations.current())).searcher()
    return bool(searcher.terms_with_prefix("grams", term))


@pytest.fixture
def many(indexed: Callable[..., Index]) -> Index:
    entries = [
        Entry(
            key=f"m:{n}",
            kind="k",
            unit="u",
            title=f"第{n}号通知",
            url=f"/{n}/",
            body=f"内容第{n}段。",
            codes=(f"c{n}",),
        )
        for n in range(40)
    ]
    return indexed([*entries, Entry(key="secret", kind="k", unit="u", title="通知", url="/s/", body=SECRET)])


def test_a_removed_document_is_held_until_it_is_erased_and_then_in_no_file(
    many: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "AT_ONCE", 15)
    with many.writer() as writer:
        writer.remove(["secret", "never there"])
        writer.commit(2)
        assert many.query(Query(text="绝密")).total == 0
        assert any(SECRET in text for text in everything_stored(many)), "the engine alone keeps it"
        assert terms_on_disk(many, "魑魅")
        steps = 1
        while writer.erase(2):
            steps += 1
    assert steps > 3, "in steps, so that others get their turn"
    assert not any(SECRET in text for text in everything_stored(many))
    assert not terms_on_disk(many, "魑魅")
    assert many.status().documents == 40
    assert many.position() == 2
    assert many.verify() == []
    assert many.query(Query(text="第7号通知")).hits[0].key == "m:7"
    assert not (many.generations.current() / erasure.MARK).exists()


def test_what_is_written_anew_is_what_was_written(many: Index, documents: tuple[Entry, ...]) -> None:
    with many.writer() as writer:
        writer.write([replace(documents[0], codes=("999901/2019-00001",), year=2018)])
        writer.commit(2)
        before = many.query(Query(text="政务公开")).hits
        writer.remove(["secret"])
        writer.commit(3)
        writer.write([replace(documents[0], title="其间又改", codes=("999901/2019-00001",), year=2018)])
        writer.commit(4)
        while writer.erase(4):
            pass
    found = many.query(Query(text="其间又改"))
    assert [hit.key for hit in found.hits] == ["r:1"]
    assert found.hits[0].date == before[0].date
    assert {bucket.value for bucket in found.facets["year"]} == {"2018"}
    assert many.query(Query(text="999901201900001")).hits[0].key == "r:1"


def test_a_killed_erasure_is_gone_on_with(many: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "AT_ONCE", 15)
    with many.writer() as writer:
        writer.remove(["secret"])
        writer.commit(2)
        assert writer.erase(2)
    with many.writer() as writer:
        while writer.erase(2):
            pass
    assert not any(SECRET in text for text in everything_stored(many))
    assert many.status().documents == 40


def test_earlier_texts_of_a_withdrawn_document_go_with_it(many: Index) -> None:
    with many.writer() as writer:
        writer.write([Entry(key="secret", kind="k", unit="u", title="通知", url="/s/", body="改正后的文字貔貅")])
        writer.commit(2)
        assert any(SECRET in text for text in everything_stored(many)), "replaced, and still in the old segment"
        writer.remove(["secret"])
        writer.commit(3)
        while writer.erase(3):
            pass
    held = everything_stored(many)
    assert not any(SECRET in text or "貔貅" in text for text in held)
    assert not terms_on_disk(many, "魑魅") and not terms_on_disk(many, "貔貅")
    assert many.status().documents == 40
