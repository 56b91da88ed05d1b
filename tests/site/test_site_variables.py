"""Environment variables: defaults that work, and every mistake said at once, in Chinese."""

from __future__ import annotations

import pytest

from mingchuang.site import variables
from mingchuang.site.variables import MisconfiguredError


def test_nothing_set_is_a_site_on_this_machine_alone() -> None:
    found = variables.read({})
    assert (found.host, found.port, found.address) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert found.database == ""
    assert found.region == "640381"
    assert "127.0.0.1" in found.hosts
    assert "localhost" in found.hosts
    assert not found.https


def test_every_mistake_is_said_at_once() -> None:
    wrong = {
        "MINGCHUANG_PORT": "eighty",
        "MINGCHUANG_ADDRESS": "www.example.gov.cn",
        "MINGCHUANG_DATABASE": "mysql://me:secret@there/site",
        "MINGCHUANG_REGION": "64038",
        "MINGCHUANG_HASH": "md5",
        "MINGCHUANG_LOG_LEVEL": "loud",
        "MINGCHUANG_PREVIEW_HOURS": "0",
        "MINGCHUANG_SITE_CODE": "123",
        "MINGCHUANG_PROXIES": "127.0.0.1, the-proxy",
    }
    with pytest.raises(MisconfiguredError) as refused:
        variables.read(wrong)
    told = refused.value.reasons
    assert [name for name in wrong if not any(name in reason for reason in told)] == []
    assert len(told) == len(wrong)
    assert all("secret" not in reason for reason in told), "a password must not be repeated"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.cn",
        "https://",
        "https://example.cn/site",
        "https://example.cn/?a=1",
        "https://me:pw@example.cn",
        "https://example.cn:99999",
        "http://[::1",
    ],
)
def test_an_address_that_is_no_origin_is_refused(address: str) -> None:
    with pytest.raises(MisconfiguredError, match="MINGCHUANG_ADDRESS"):
        variables.read({"MINGCHUANG_ADDRESS": address})


@pytest.mark.parametrize(
    "address", ["postgresql://", "postgresql://host/", "postgresql://host:x/a", "sqlite:///a", "postgres"]
)
def test_a_database_that_names_no_database_is_refused(address: str) -> None:
    with pytest.raises(MisconfiguredError, match="MINGCHUANG_DATABASE"):
        variables.read({"MINGCHUANG_DATABASE": address})


def test_the_public_address_may_always_be_asked_for() -> None:
    found = variables.read({"MINGCHUANG_ADDRESS": "https://www.example.gov.cn/", "MINGCHUANG_HOSTS": "a.cn, b.cn"})
    assert found.address == "https://www.example.gov.cn"
    assert found.https
    assert found.hosts == ("a.cn", "b.cn", "www.example.gov.cn")


def test_bound_to_every_interface_it_prints_an_address_that_opens() -> None:
    assert variables.read({"MINGCHUANG_HOST": "::"}).address == "http://127.0.0.1:8000"
    six = variables.read({"MINGCHUANG_HOST": "::1", "MINGCHUANG_PORT": "8080"})
    assert six.address == "http://[::1]:8080"
    assert "[::1]" in six.hosts
