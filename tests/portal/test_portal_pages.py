"""The public pages as Django answers them: what stands where, what is hidden, what never breaks, what it costs."""

from __future__ import annotations

import hashlib
import itertools
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from django.test import Client

    from tests.portal.conftest import Town

pytestmark = pytest.mark.db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    assert not answer.cookies
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8")


def links(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'href="/records/(\d+)/"', html)]


def test_permanent_addresses_answer(client: Client, town: Town) -> None:
    year = town.records[0].year
    for path in (
        "/",
        "/about/",
        "/units/",
        "/units/gov-office/",
        f"/units/gov-office/{year}/",
        f"/units/gov-office/{year}/1/",
        "/units/justice/",
        "/years/",
        f"/years/{year}/",
        f"/years/{year}/1/",
        "/ledger/",
        "/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/404.html",
        *(f"/records/{record.pk}/" for record in (*town.records, town.withdrawn)),
    ):
        assert text(client, path), path


def test_a_record_shows_what_was_approved_and_the_bytes_that_prove_it(client: Client, town: Town) -> None:
    record = town.records[0]
    page = text(client, f"/records/{record.pk}/")
    revision = record.published
    assert revision is not None
    for shown in (
        revision.title,
        "青政办发〔2019〕901号",
        record.index_number,
        revision.content_hash,
        "新修订的政府信息公开条例。",
        "附件一.txt",
        f'<meta name="ArticleTitle" content="{revision.title}">',
        '<meta name="ContentSource" content="青铜峡市人民政府办公室">',
        '<meta name="ColumnName" content="政策文件">',
        "手机扫码查看本页",
    ):
        assert shown in page, shown
    assert re.search(r'<meta name="PubDate" content="\d{4}-\d\d-\d\d \d\d:\d\d">', page)
    answer = client.get(f"/records/{record.pk}/record.json")
    assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == revision.content_hash


def test_an_attachment_is_a_download_that_may_do_nothing(client: Client, town: Town) -> None:
    record = town.records[0]
    attachment = record.published.attachments.get()  # type: ignore[union-attr]
    path = f"/records/{record.pk}/files/{attachment.file_id[:12]}/{quote(attachment.name)}"
    assert f'href="{path}"' in text(client, f"/records/{record.pk}/")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == attachment.file_id  # type: ignore[attr-defined]
    assert client.get(path.replace(attachment.file_id[:12], "0" * 12)).status_code == 404
    assert client.get(path + "x").status_code == 404


def test_a_tombstone_gives_the_reason_and_nothing_else(client: Client, town: Town) -> None:
    pk = town.withdrawn.pk
    page = text(client, f"/records/{pk}/")
    assert "内容有误" in page
    assert "数字写错，更正后重新公开。" in page
    assert "noindex" in page
    assert "新修订的政府信息公开条例" not in page
    assert client.get(f"/records/{pk}/record.json").status_code == 404
    attachment = town.withdrawn.published.attachments.get()  # type: ignore[union-attr]
    assert client.get(f"/records/{pk}/files/{attachment.file_id[:12]}/{quote(attachment.name)}").status_code == 404


def test_a_tombstone_does_not_repeat_a_title_that_had_to_go(client: Client, town: Town) -> None:
    from mingchuang.records import do

    record = town.records[0]
    do.withdraw(record, town.cast.zhang.actor, reason="privacy", note="涉及个人隐私。", hide_title=True)
    page = text(client, f"/records/{record.pk}/")
    assert "第901件事" not in page
    assert "这条信息已撤下" in page


def test_what_is_not_public_is_nowhere(client: Client, town: Town) -> None:
    year = town.records[0].year
    assert client.get(f"/records/{town.hidden.pk}/").status_code == 404
    assert client.get(f"/records/{town.hidden.pk}/record.json").status_code == 404
    public = sorted(record.pk for record in town.records)
    for path in ("/", "/units/gov-office/", f"/units/gov-office/{year}/", f"/years/{year}/"):
        page = text(client, path)
        assert sorted(links(page)) == public, path
        assert "还在审的通知" not in page
    for path in ("/feed.xml", "/sitemap.xml"):
        content = text(client, path)
        for record in (town.hidden, town.withdrawn):
            assert f"/records/{record.pk}/" not in content


def test_the_feed_is_rss_with_permanent_names(client: Client, town: Town, settings: Any) -> None:
    channel = ElementTree.fromstring(text(client, "/feed.xml")).find("channel")  # noqa: S314
    assert channel is not None
    assert channel.findtext("language") == "zh-CN"
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == [
        f"青铜峡市人民政府办公室关于第{number}件事的通知" for number in (903, 902, 901)
    ]
    for item in items:
        assert item.findtext("guid") == item.findtext("link")
        assert item.findtext("link", "").startswith(settings.MINGCHUANG_ADDRESS + "/records/")
        assert item.findtext("pubDate", "").endswith("+0800") or item.findtext("pubDate", "").endswith("+0000")
        assert item.findtext("description")


def test_a_summary_in_the_feed_is_text_to_a_reader_that_shows_html(client: Client, town: Town) -> None:
    """A reader parses the XML and then the description as HTML: what it shows is the summary, sign by sign."""
    from tests.portal.conftest import published

    summary = "研发费用<50万元的企业适用R&D条款；<b>不</b>是标记，&lt;也不是。"
    record = published(town.cast, title="关于研发费用的通知", doc_number="", summary=summary)
    items = ElementTree.fromstring(text(client, "/feed.xml")).findall("channel/item")  # noqa: S314
    item = next(item for item in items if item.findtext("link", "").endswith(f"/records/{record.pk}/"))
    shown = LexborHTMLParser(f"<body>{item.findtext('description')}</body>").body
    assert shown is not None
    assert shown.text() == summary
    assert shown.css("b") == []


def test_an_empty_site_has_an_empty_feed_and_says_what_to_do(client: Client, db: None) -> None:
    assert ElementTree.fromstring(text(client, "/feed.xml")).findall("channel/item") == []  # noqa: S314
    assert "还没有公开的信息" in text(client, "/")
    assert "还没有公开的信息" in text(client, "/years/")
    assert "还没有公开的要点落实情况" in text(client, "/ledger/")


def test_the_site_map_names_records_and_lists(client: Client, town: Town, settings: Any) -> None:
    rows = ElementTree.fromstring(text(client, "/sitemap.xml")).findall(f"{SITEMAP}url")  # noqa: S314
    addresses = [row.findtext(f"{SITEMAP}loc", "").removeprefix(settings.MINGCHUANG_ADDRESS) for row in rows]
    assert {f"/records/{record.pk}/" for record in town.records} <= set(addresses)
    assert f"/years/{town.records[0].year}/" in addresses
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize("kind_id", ["policy", "subsidy"])
def test_the_site_map_names_no_page_that_engines_may_not_keep(client: Client, town: Town, kind_id: str) -> None:
    """A 公示 comes down by itself on its last day: its page says noindex, and the site map leaves it out."""
    from mingchuang.core import now
    from mingchuang.records import do, kind
    from tests import record_stages

    today = now.today()
    days = {"formed_on": today, "paid_on": today, "until": today + timedelta(days=30)}
    sample = kind.kind(kind_id).samples[0]
    values = {**sample, **{name: day.isoformat() for name, day in days.items() if name in sample}}
    draft = do.create(kind_id, town.cast.office, town.cast.zhang.actor, values, record_class="B")
    record_stages.settle(town.cast, draft)
    do.submit(draft, town.cast.zhang.actor)
    signed = record_stages.signed(town.cast, draft, town.cast.li, town.cast.wu)
    do.publish(signed.record, town.cast.zhang.actor, content_hash=signed.content_hash)
    path = f"/records/{signed.record_id}/"
    closed = '<meta name="robots" content="noindex, nofollow">' in text(client, path)
    assert closed is (kind_id == "subsidy")
    assert (path in text(client, "/sitemap.xml")) is not closed


def test_crawlers_are_let_in_only_on_a_real_site(client: Client, db: None, settings: Any) -> None:
    real = text(client, "/robots.txt")
    assert "Disallow: /desk/\n" in real
    assert f"Sitemap: {settings.MINGCHUANG_ADDRESS}/sitemap.xml" in real
    assert "Disallow: /\n" not in real
    settings.MINGCHUANG_SITE = {**settings.MINGCHUANG_SITE, "demo": True}
    assert text(client, "/robots.txt") == "User-agent: *\nDisallow: /\n"


def test_registration_numbers_show_on_a_real_site_and_never_on_a_demonstration(
    client: Client, db: None, settings: Any
) -> None:
    registered = {"site_code": "6403810001", "icp": "某ICP备00000000号", "police": "某公网安备000号"}
    settings.MINGCHUANG_SITE = {**settings.MINGCHUANG_SITE, **registered, "demo": False}
    page = text(client, "/about/")
    assert all(words in page for words in registered.values())
    assert '<meta name="SiteIDCode" content="6403810001">' in page
    settings.MINGCHUANG_SITE = {**settings.MINGCHUANG_SITE, "demo": True}
    page = text(client, "/about/")
    assert not any(words in page for words in registered.values())


def test_every_record_stands_on_exactly_one_page_of_its_list(client: Client, town: Town) -> None:
    multiply(town, 57)
    year = town.records[0].year
    seen: list[int] = []
    for number in itertools.count(1):
        answer = client.get(f"/years/{year}/{number}/")
        if answer.status_code == 404:
            break
        seen += links(answer.content.decode())
    from mingchuang.records import queries

    assert sorted(seen) == sorted(queries.public().values_list("pk", flat=True))
    walked, path = [], f"/years/{year}/"
    while path:
        page = text(client, path)
        walked += links(page)
        older = re.search(r'<a href="([^"]+)" rel="next">', page)
        path = older[1] if older else ""
    assert sorted(walked) == sorted(seen)
    assert len(walked) == len(set(walked)), "walking from the head back meets nothing twice"


def multiply(town: Town, count: int) -> None:
    """`count` more public records, as copies of the first one's rows: what reading costs is what is measured."""
    from mingchuang.records.kinds.policy.models import PolicyDocument
    from mingchuang.records.models import Record, Revision, Series

    model = town.records[0]
    revision = Revision.objects.get(pk=model.published_id)
    content = PolicyDocument.objects.get(revision=revision)
    series = [Series.objects.get(key=key) for key in (f"year/{model.year}", f"unit/gov-office/{model.year}")]
    first = series[0].last + 1
    copies = []
    for slot in range(first, first + count):
        copy = Record.objects.get(pk=model.pk)
        copy.pk, copy.index_number, copy.unit_slot, copy.year_slot = None, f"X/{slot}", slot, slot
        copy.published, copy.current, copy.visibility = None, None, ""
        copies.append(copy)
    Record.objects.bulk_create(copies)
    made = list(Record.objects.filter(index_number__startswith="X/", year_slot__gte=first).order_by("pk"))
    revisions = []
    for record in made:
        other = Revision.objects.get(pk=revision.pk)
        other.pk, other.record, other.title = None, record, f"第{record.year_slot}件公开的文件"
        revisions.append(other)
    Revision.objects.bulk_create(revisions)
    for record, other in zip(made, Revision.objects.filter(record__in=made).order_by("record_id"), strict=True):
        record.published, record.visibility = other, Record.Visibility.PUBLIC
        body = PolicyDocument.objects.get(pk=content.pk)
        body.pk, body.revision = None, other
        body._state.adding = True
        body.save(force_insert=True)
    Record.objects.bulk_update(made, ["published", "visibility"])
    for row in series:
        row.last += count
        row.save()


COSTED = ("/", "/units/", "/units/gov-office/", "/years/", "/feed.xml", "/sitemap.xml", "/ledger/")


def test_a_page_asks_the_database_as_often_with_many_records_as_with_few(client: Client, town: Town) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    year = town.records[0].year
    paths = [*COSTED, f"/years/{year}/", f"/years/{year}/1/", f"/units/gov-office/{year}/"]
    paths += [f"/records/{town.records[0].pk}/", f"/records/{town.withdrawn.pk}/"]

    def cost() -> dict[str, int]:
        found = {}
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                text(client, path)
            found[path] = len(asked)
        return found

    multiply(town, 7)
    few = cost()
    multiply(town, 990)
    many = cost()
    assert many == few
    assert max(many.values()) <= 12


def test_the_ledger_shows_every_duty_once_with_who_and_what_proves_it(client: Client, town: Town, notice: Any) -> None:
    from mingchuang.ledger import do

    duty = notice.duties.get(ref="一（一）1")
    do.offer_evidence(duty, town.cast.zhao.actor, town.cast.office, record=town.records[0])
    page = text(client, f"/ledger/{notice.pk}/")
    assert sorted(re.findall(r'id="duty-(\d+)"', page)) == sorted(
        str(pk) for pk in notice.duties.values_list("pk", flat=True)
    )
    assert f'href="/records/{town.records[0].pk}/"' in page
    assert "逾期" not in page
    assert f'href="/ledger/{notice.pk}/"' in text(client, "/ledger/")
    assert f'href="/ledger/{notice.pk}/#duty-{duty.pk}"' in text(client, "/units/gov-office/")
    do.set_lateness(notice, town.cast.zhao.actor, public=True, note="领导小组会议纪要（演示）")
    assert "逾期" in text(client, f"/ledger/{notice.pk}/")


def test_evidence_that_was_withdrawn_proves_nothing_in_public(client: Client, town: Town, notice: Any) -> None:
    from mingchuang.ledger import do
    from mingchuang.records import do as records

    duty = notice.duties.get(ref="一（一）1")
    do.offer_evidence(duty, town.cast.zhao.actor, town.cast.office, record=town.records[0])
    records.withdraw(town.records[0], town.cast.zhang.actor, reason="mistake", note="写错了。")
    page = text(client, f"/ledger/{notice.pk}/")
    assert f'href="/records/{town.records[0].pk}/"' not in page
    assert "第901件事" not in page


def test_a_ledger_taken_back_is_gone(client: Client, town: Town, notice: Any) -> None:
    from mingchuang.ledger import do

    do.withdraw_notice(notice, town.cast.zhao.actor, "重新核对（演示）")
    assert client.get(f"/ledger/{notice.pk}/").status_code == 404
    assert "还没有公开的要点落实情况" in text(client, "/ledger/")
    assert "/ledger/" not in re.findall(r'href="(/ledger/\d+/[^"]*)"', text(client, "/units/gov-office/"))


def test_a_document_and_its_ledger_lead_to_each_other(client: Client, town: Town, notice: Any) -> None:
    from mingchuang.ledger import do

    do.bind_record(notice, town.records[0])
    assert f'href="/ledger/{notice.pk}/"' in text(client, f"/records/{town.records[0].pk}/")
    assert f'href="/records/{town.records[0].pk}/"' in text(client, f"/ledger/{notice.pk}/")


NOWHERE = (
    "/records/0/",
    "/records/-1/",
    "/records/999999999999999999/",
    "/records/99999999999999999999999999/",
    "/records/١/",
    "/records/1%00/",
    "/records/999999999999999999/record.json",
    "/records/999999999999999999/files/000000000000/x",
    "/records/1/files/00000000000g/x",
    "/units/nobody/",
    "/units/%00/",
    "/units/..%2f..%2f/",
    "/units/gov-office/1800/",
    "/units/gov-office/2019/99999999999999/",
    "/years/1999/",
    "/years/2150/1/",
    "/ledger/999999999999999999/",
    "/ledger/x/",
    "/no/such/address/",
    "/feed.xml/",
    "/records/1/files/../../../secret.key",
)


def test_addresses_that_lead_nowhere_say_so(client: Client, town: Town) -> None:
    for path in NOWHERE:
        page = text(client, path, status=404)
        assert "没有找到这个页面" in page, path
        assert 'aria-label="主导航"' in page
        assert "noindex" in page


def test_public_pages_are_read_and_nothing_else(client: Client, town: Town) -> None:
    for path in ("/", "/about/", "/units/", "/search/", "/feed.xml", "/records/1/", "/404.html"):
        assert client.post(path).status_code == 405, path
        assert client.delete(path).status_code == 405, path


def test_asking_twice_gives_the_same_bytes(client: Client, town: Town, notice: Any) -> None:
    for path in ("/", "/units/gov-office/", f"/records/{town.records[0].pk}/", f"/ledger/{notice.pk}/", "/feed.xml"):
        assert client.get(path).content == client.get(path).content, path
