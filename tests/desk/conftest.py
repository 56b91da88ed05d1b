"""The cast with accounts, and a browser of their own for each: the desk is tried as these people see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import database_rows
from tests.cast import Cast, Player, gather

if TYPE_CHECKING:
    from mingchuang.core.models import Person

PASSWORD = "chuang-ming-2019"


def give_account(person: Person, username: str) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    do.open_account(person, Actor.system(), username=username, password=PASSWORD)


@pytest.fixture
def cast(db: None) -> Cast:
    """Units and people, each with an account named as in `tests.cast`."""
    from mingchuang.core import now

    gathered = gather()

    def accounts() -> None:
        for name, player in gathered.players.items():
            if name != "wang_reviewer":
                give_account(player.person, name)

    database_rows.made_once("accounts of the cast", now.today(), accounts)
    return gathered


def shown(response: HttpResponse) -> str:
    """The page, without the places at which a heading may break."""
    return response.content.decode().replace("<wbr>", "")


@dataclass(frozen=True)
class Desk:
    """One person at the desk."""

    client: Client
    player: Player

    def get(self, address: str, status: int = 200) -> str:
        """The page; fails when its status is another one."""
        response = self.client.get(address)
        assert response.status_code == status, (address, response.status_code)
        return shown(response)

    def post(self, address: str, data: dict | None = None, status: int = 302) -> str:
        """The body of a refusal, or the address of the next page."""
        response = self.client.post(address, data or {})
        assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
        return response["Location"] if status == 302 else shown(response)


@pytest.fixture
def at(cast: Cast) -> Callable[[Player], Desk]:
    """Sign somebody of the cast in."""

    def signed_in(player: Player) -> Desk:
        client = Client()
        client.force_login(player.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
        return Desk(client, player)

    return signed_in
