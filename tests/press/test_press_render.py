"""The baker asks Django itself: host, path, anonymity, and a mark that no client can forge."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.test import override_settings
from django.urls import path

from mingchuang.press.bake import Baker
from mingchuang.press.render import DjangoRenderer, is_baking
from mingchuang.press.store import Store


def mirror(request: HttpRequest, name: str = "") -> HttpResponse:
    seen = {
        "path": request.path,
        "name": name,
        "host": request.get_host(),
        "uri": request.build_absolute_uri(),
        "secure": request.is_secure(),
        "baking": is_baking(request),
        "cookies": request.COOKIES,
    }
    return JsonResponse(seen)


def cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    return response


def stream(request: HttpRequest) -> HttpResponse:
    return FileResponse(io.BytesIO(b"x" * 100_000), content_type="text/plain")  # type: ignore[return-value]


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug in a view")


urlpatterns = [
    path("mirror.json", mirror),
    path("单位/<str:name>/mirror.json", mirror),
    path("cookie/", cookie),
    path("stream.txt", stream),
    path("fails/", fails),
]


@pytest.fixture(autouse=True)
def _site() -> Iterator[None]:
    with override_settings(
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        ALLOWED_HOSTS=["zwgk.example"],
        MINGCHUANG_ADDRESS="https://zwgk.example:8443",
        DEBUG_PROPAGATE_EXCEPTIONS=False,
    ):
        yield


def test_the_application_sees_the_public_address(tmp_path: Path) -> None:
    answer = DjangoRenderer()("/单位/审计局/mirror.json")
    assert answer.status == 200
    seen = json.loads(answer.body)
    assert seen == {
        "path": "/单位/审计局/mirror.json",
        "name": "审计局",
        "host": "zwgk.example:8443",
        "uri": "https://zwgk.example:8443/%E5%8D%95%E4%BD%8D/%E5%AE%A1%E8%AE%A1%E5%B1%80/mirror.json",
        "secure": True,
        "baking": True,
        "cookies": {},
    }


def test_a_client_cannot_pretend_to_be_the_baker() -> None:
    request = HttpRequest()
    request.META["HTTP_MINGCHUANG_PRESS_BAKING"] = "True"
    assert not is_baking(request)
    request.META["mingchuang.press.baking"] = "True"
    assert not is_baking(request)


def test_answers_of_every_kind(tmp_path: Path) -> None:
    store = Store(tmp_path / "public")
    report = Baker(store, head=lambda: 0).bake(["/stream.txt", "/cookie/", "/fails/", "/unknown/", "/mirror.json"])
    assert sorted(store.manifest) == ["mirror.json", "stream.txt"]
    assert store.manifest["stream.txt"].size == 100_000
    assert {problem.address for problem in report.problems} == {"/cookie/", "/fails/"}


@override_settings(ALLOWED_HOSTS=["other.example"])
def test_a_host_that_is_not_allowed_is_a_problem_and_no_page(tmp_path: Path) -> None:
    store = Store(tmp_path / "public")
    report = Baker(store, head=lambda: 0).bake(["/mirror.json"])
    assert "400" in report.problems[0].reason
    assert not store.manifest
