"""A running demonstration site, shared by the tests that only look at it, and a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site import installation
from tests.site.installation import Served

if TYPE_CHECKING:
    pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One running demonstration site; tests that change it make a copy of their own."""
    with installation.served(
        installation.copy(tmp_path_factory.mktemp("site") / "data", "full"), MINGCHUANG_DEMO_SIZE="full"
    ) as running:
        yield running


def password_of(site: Served, username: str) -> str:
    """A demonstration account's password, as it was printed at the first run."""
    accounts = json.loads((site.data / "demonstration").read_text("utf-8"))["accounts"]
    return next(row["password"] for row in accounts if row["username"] == username)


def sign_in(page: object, site: Served, username: str) -> None:
    """Sign somebody of the demonstration in, by the form."""
    page.goto(f"{site.address}/accounts/login/")  # type: ignore[attr-defined]
    page.fill("input[name=login]", username)  # type: ignore[attr-defined]
    page.fill("input[name=password]", password_of(site, username))  # type: ignore[attr-defined]
    page.press("input[name=password]", "Enter")  # type: ignore[attr-defined]
    page.wait_for_url(f"{site.address}/desk/**")  # type: ignore[attr-defined]


ARTIFACTS = Path(__file__).parents[1] / "artifacts"
