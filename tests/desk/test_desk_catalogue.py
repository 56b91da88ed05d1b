"""The catalogue in the desk: looked at, accepted, exported, compared; every figure of the matrix leads to its list."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.reading import catalogue_sheet as sheets
from tests.record_stages import published

pytestmark = pytest.mark.db
At = Callable[..., Desk]
HERE = "/desk/catalogue/"


def upload(rows: list[sheets.Line]) -> SimpleUploadedFile:
    return SimpleUploadedFile("目录.xlsx", sheets.workbook(rows))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return value[1] if value else ""


def test_faults_are_listed_by_row_and_column_and_nothing_is_lost(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Catalogue

    zhao = at(cast.zhao)
    sent = {"title": "本市目录", "since": "2026-01-01", "file": upload(sheets.planted(sheets.lines()))}
    page = zhao.post(f"{HERE}import/", sent, status=422)

    assert "12 处问题" in page
    order = sheets.Order()
    for row, column, _ in sheets.expected(order):
        assert f"第{row}行 {column}列" in page
    assert 'value="本市目录"' in page and "不必重新选择" in page
    assert hidden(page, "sure") == ""
    assert not Catalogue.objects.exists()


def test_a_sound_file_is_looked_at_first_and_accepted_second(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Catalogue

    zhao = at(cast.zhao)
    words = {"title": "本市目录", "since": "2026-01-01"}
    page = zhao.post(f"{HERE}import/", {**words, "file": upload(sheets.lines(20))}, status=200)
    assert "共 20 行，没有问题" in page and not Catalogue.objects.exists()
    kept = {name: hidden(page, name) for name in ("kept", "sure")}
    assert all(kept.values())

    other = zhao.post(f"{HERE}import/", {**words, **kept, "file": upload(sheets.lines(24))}, status=200)
    assert "共 24 行，没有问题" in other and not Catalogue.objects.exists(), "another file is looked at first"

    assert zhao.post(f"{HERE}import/", {**words, **kept}) == HERE
    made = Catalogue.objects.get()
    assert (made.title, made.size, made.source_name) == ("本市目录", 20, "目录.xlsx")
    assert "事项001" in zhao.get(HERE)
    again = zhao.post(f"{HERE}import/", {**words, **kept}, status=422)
    assert "不必再次采用" in again


def test_export_is_the_form_that_imports_again(cast: Cast, at: At) -> None:
    from mingchuang.records.catalogue import do, queries

    made = do.accept_file(sheets.workbook(sheets.lines(40)), "目录.xlsx", cast.zhao.actor, title="目录")
    response = at(cast.zhang).client.get(f"{HERE}versions/{made.pk}/export.xlsx")
    data = b"".join(response.streaming_content)

    found = do.look(data, "目录.xlsx")
    assert found.faults == () and found.items == queries.items(made)


def test_the_difference_of_two_versions_names_items_and_columns(cast: Cast, at: At) -> None:
    from mingchuang.records.catalogue import do

    first = do.accept_file(sheets.workbook(sheets.lines(8)), "a.xlsx", cast.zhao.actor, title="目录")
    rows = sheets.lines(9)
    rows[0].cells["limit"] = "长期公示"
    second = do.accept_file(sheets.workbook(rows), "b.xlsx", cast.zhao.actor, title="目录")
    page = at(cast.sun).get(f"{HERE}versions/{first.pk}/{second.pk}/")

    assert "新增" in page and "事项009" in page
    assert "长期公示" in page and sheets.LIMIT in page and "公开时限" in page


def test_every_figure_of_the_matrix_is_a_link_to_a_list_of_so_many(cast: Cast, at: At) -> None:
    from mingchuang.reading.catalogue import standard
    from mingchuang.records.catalogue import do

    organs = ("青铜峡市人民政府办公室", "青铜峡市司法局", "没有的部门")
    items = tuple(dataclasses.replace(item, organ=organs[n % 3]) for n, item in enumerate(standard()))
    do.accept(items, cast.zhao.actor, title="目录")
    li = at(cast.li)
    page = li.get(f"{HERE}execution/")
    links = re.findall(r'<a href="(/desk/catalogue/execution/list/[^"]*)"[^>]*>(?:\D*)(\d+)</a>', page)

    assert len(links) > 30
    for address, figure in links:
        behind = li.get(address.replace("&amp;", "&"))
        assert f"{figure} 项" in behind, address


def test_a_record_is_filed_and_seen_under_its_item_and_by_citizens(cast: Cast, at: At) -> None:
    from mingchuang.reading.catalogue import standard
    from mingchuang.records.catalogue import do

    item = dataclasses.replace(standard()[0], organ="青铜峡市人民政府办公室", kind="")
    version = do.accept((item,), cast.zhao.actor, title="目录")
    row = version.rows.get()
    record = published(cast)
    zhang = at(cast.zhang)
    here = f"{HERE}records/{record.pk}/"
    assert f'href="{here}"' in zhang.get(f"/desk/records/{record.pk}/")

    assert item.level2 in zhang.get(here)
    assert zhang.post(here, {"item": str(row.item_id)}) == here
    assert item.elements[1].name in zhang.get(here)
    assert zhang.post(here, {"item": str(row.item_id), "elements": [item.elements[1].name]}) == here
    assert list(record.covered.values_list("name", flat=True)) == [item.elements[1].name]
    page = zhang.get(f"{HERE}items/{row.pk}/")
    assert f'href="/desk/records/{record.pk}/"' in page and "要素不全" in page
    public = zhang.client.get("/catalogue/").content.decode()
    assert f'href="/records/{record.pk}/"' in public and item.limit.text in public


def test_the_renewal_stands_among_the_deadlines(cast: Cast, at: At) -> None:
    from mingchuang.reading.catalogue import standard
    from mingchuang.records.catalogue import do

    do.accept(standard(), cast.zhao.actor, title="目录")
    page = at(cast.zhao).get("/desk/due/")
    assert "更新主动公开基本目录" in page and 'href="/desk/catalogue/"' in page


def test_without_a_catalogue_each_page_says_what_to_do(cast: Cast, at: At) -> None:
    zhao = at(cast.zhao)
    for address in ("", "versions/", "execution/"):
        assert "还没有公开事项目录" in zhao.get(HERE + address)
    assert "template.xlsx" in zhao.get(HERE)
    assert "目录还没有公开" in zhao.client.get("/catalogue/").content.decode()
