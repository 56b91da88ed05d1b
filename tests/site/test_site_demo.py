"""The demonstration county: something at every stage, what is fictional marked, nothing done twice."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mingchuang.norms.identifiers import check_uscc
from mingchuang.site import demo
from mingchuang.site.demo import documents
from tests.site import installation
from tests.site.installation import run

pytestmark = pytest.mark.slow

FOLDER = Path(demo.__file__).parent
MARK = "演示内容：本文为演示而虚构，不是正式文件。"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installation.copy(tmp_path_factory.mktemp("demo") / "site", "full")


def asked(folder: Path, statement: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "db.sqlite3") as database:
        found = database.execute(statement).fetchall()
    database.close()
    return found


def declared(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def test_documents_stand_at_every_stage(data: Path) -> None:
    shown = dict(asked(data, "SELECT visibility, count(*) FROM records_record GROUP BY visibility"))
    states = Counter(document["state"] for document in documents.wanted())
    public = states.pop("published") + 1  # the real notice
    assert shown == {"public": public, "withdrawn": states.pop("withdrawn"), "none": states.total()}
    work = asked(
        data,
        "SELECT v.progress, count(*) FROM records_revision v JOIN records_record r ON r.id = v.record_id "
        "WHERE r.visibility = 'none' GROUP BY v.progress",
    )
    assert dict(work) == {"approved": states.pop("posted"), **states}
    assert {"draft", "reviewing", "returned"} <= set(states)
    classes = asked(data, "SELECT DISTINCT record_class FROM records_record WHERE visibility = 'public'")
    assert {row[0] for row in classes} == {"A", "B", "C"}


def test_a_sample_is_moved_into_the_present_with_the_days_in_its_tables() -> None:
    document = {"kind": "emergency", "sample": 0, "days_ago": 2, "days": {}}
    values = documents.values_of(document, "（演示）", date(2026, 11, 24))
    assert values["formed_on"] == "2026-11-22"
    assert values["happened_at"].startswith("2026-11-22")
    assert [row["at"][:10] for row in values["releases"]] == ["2026-11-22", "2026-11-22"]
    later = documents.values_of({**document, "days": {"formed_on": 1}}, "（演示）", date(2026, 11, 24))
    assert later["formed_on"] == "2026-11-23"


def test_kinds_bring_documents_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "budget").mkdir()
    (tmp_path / "budget" / "demo.toml").write_text("[[documents]]\nsample = 0\n", "utf-8")
    monkeypatch.setattr(documents.kinds, "__file__", str(tmp_path / "__init__.py"))
    assert documents.wanted()[-1] == {"kind": "budget", "sample": 0}


def test_who_signed_is_who_may(data: Path) -> None:
    signed = asked(
        data,
        "SELECT r.record_class, count(DISTINCT a.person_id) FROM records_approval a "
        "JOIN records_revision v ON v.id = a.revision_id JOIN records_record r ON r.id = v.record_id "
        "WHERE a.decision = 'approve' GROUP BY r.id",
    )
    assert {(kind, people) for kind, people in signed} == {("A", 3), ("B", 2), ("C", 1)}
    looked = asked(data, "SELECT count(*) FROM core_event WHERE machine = 'publication' AND move = 'second_look'")
    assert looked == [(sum(one["class"] == "C" and one["state"] == "published" for one in documents.wanted()),)]


def test_every_kind_is_there_and_public_or_on_a_board(data: Path) -> None:
    kinds = {path.parent.name for path in (FOLDER.parents[1] / "records" / "kinds").glob("*/kind.py")}
    shown = asked(
        data,
        "SELECT DISTINCT r.kind FROM records_record r LEFT JOIN records_revision v ON v.record_id = r.id "
        "LEFT JOIN records_posting p ON p.revision_id = v.id WHERE r.visibility = 'public' OR p.state = 'up'",
    )
    assert {row[0] for row in shown} == kinds


def test_what_the_gate_asked_about_was_answered_with_a_reason(data: Path) -> None:
    answered = asked(
        data,
        "SELECT d.rule, d.verdict, t.body FROM records_gatedecision d JOIN core_eventtext t ON t.event_id = d.event_id",
    )
    told = {rule: (verdict, json.loads(body)["note"]) for rule, verdict, body in answered}
    assert told["privacy.email"] == ("justified", "办公邮箱，属于应当公开的机构联系方式。")
    assert all(verdict == "justified" and note for verdict, note in told.values())


def test_a_page_leads_to_what_it_explains_and_a_list_tells_what_changed(data: Path) -> None:
    """Baked: an interpretation and its policy name each other; the second version of a list shows 新增 and 取消."""

    def page(title: str) -> str:
        (pk,) = asked(
            data,
            "SELECT r.id FROM records_record r JOIN records_revision v ON v.id = r.published_id "
            f"WHERE v.title = '{title}'",
        )[0]
        return (data / "public" / "records" / str(pk) / "index.html").read_text("utf-8")

    policy = "青铜峡市人民政府办公室关于做好政府信息公开指南更新工作的通知"
    explained = "《关于做好政府信息公开指南更新工作的通知》政策解读"
    assert policy in page(explained)
    assert explained in page(policy)
    assert "新增1项、取消1项、保留2项（其中调整1项）" in page("青铜峡市保留的证明事项清单（演示，第二版）")


def test_the_catalogue_has_items_in_full_in_part_and_of_long_ago(data: Path) -> None:
    """What is filed where: all required elements, some of them, and a text of years ago (nothing of most items)."""
    filed = asked(
        data,
        "SELECT i.level2, r.imported, v.formed_on, (SELECT count(*) FROM records_catalogueelement e "
        "JOIN records_cataloguerow w ON w.id = e.row_id WHERE w.item_id = i.id AND e.required AND e.name NOT IN "
        "(SELECT c.name FROM records_coveredelement c WHERE c.record_id = r.id)) FROM records_record r "
        "JOIN records_catalogueitem i ON i.id = r.item_id JOIN records_revision v ON v.id = r.published_id",
    )
    missing = {item: (count, bool(imported)) for item, imported, _, count in filed}
    assert missing["义务教育招生方案"] == (0, False)
    assert missing["压缩企业开办时间和优化企业注销"] == (1, False)
    assert missing["历史征地信息补录"] == (1, True)
    assert [formed for _, imported, formed, _ in filed if imported] == ["2018-11-20"]
    ((items,),) = asked(data, "SELECT count(*) FROM records_cataloguerow")
    assert items > 5 * len(filed)


def test_every_fictional_text_says_that_it_is(data: Path) -> None:
    bodies = asked(
        data,
        "SELECT v.doc_number, p.body FROM records_revision v JOIN policy_policydocument p ON p.revision_id = v.id",
    )
    assert len(bodies) == 12, "policy documents"
    real = [number for number, body in bodies if MARK not in body]
    assert real == ["青政办发〔2019〕60号"], "only the real notice goes without"
    for document in [*declared("documents.toml")["documents"], *declared("kinds.toml")["documents"]]:
        told = document.get("summary", document.get("values", {}).get("summary", "演示数据："))
        assert told.startswith("演示数据：")
        assert "sample" in document or re.fullmatch(r"|.+〔\{year\}〕9\d\d号", document["number"])


def test_nobody_and_no_code_could_be_taken_for_real() -> None:
    county = declared("county.toml")
    for unit in county["units"]:
        assert unit["uscc"][2:8] == "999901", "an area that nobody has"
        assert check_uscc(unit["uscc"]) == []
    names = [person["name"] for person in county["people"]]
    assert len(set(names)) == len(names)
    parts = ("经办", "初审", "复审", "审核", "签发", "公开", "监督", "管理", "财政", "镇办")
    assert [name for name in names if not name.endswith(parts)] == []


def test_duties_have_come_as_far_as_they_should_and_each_step_has_its_proof(data: Path) -> None:
    for duty in declared("progress.toml")["duties"]:
        ((progress, accepted, offered),) = asked(
            data,
            "SELECT d.progress, count(e.id) FILTER (WHERE e.standing = 'accepted'), "
            "count(e.id) FILTER (WHERE e.standing = 'offered') FROM ledger_duty d "
            f"LEFT JOIN ledger_evidence e ON e.duty_id = d.id WHERE d.ref = '{duty['ref']}' GROUP BY d.id",
        )
        waiting = [proof for proof in duty.get("evidence", ()) if "offered" in proof]
        assert accepted == len(duty.get("evidence", ())) - len(waiting), duty["ref"]
        assert offered == len(waiting)
        expected = "done" if "finished" in duty else "in_progress" if accepted or "started" in duty else "planned"
        assert progress == expected, duty["ref"]


def test_what_visitors_did_is_left_alone(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    ((pk,),) = asked(
        folder,
        "SELECT r.id FROM records_record r JOIN records_revision v ON v.id = r.published_id "
        "WHERE r.visibility = 'public' AND v.title LIKE '%关于设置政府信息查阅点的通告'",
    )
    program = Path(__file__).with_name("acting.py")
    subprocess.run(
        [sys.executable, str(program), "withdraw", str(pk)], env=installation.environment(folder), check=True
    )
    before = asked(folder, "SELECT count(*) FROM core_event")
    run(folder, "run", "--demo", "--prepare-only")
    assert asked(folder, "SELECT count(*) FROM core_event") == before
    assert asked(folder, f"SELECT visibility FROM records_record WHERE id = {pk}") == [("withdrawn",)]
