"""The data folder: its key, its settings file, the address under which it was served."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from mingchuang.norms.outcome import Refused
from mingchuang.site import data_folder


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("MINGCHUANG_")]:
        monkeypatch.delenv(name)


def test_the_key_is_its_owners_alone_and_the_same_for_everybody(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    threads = [threading.Thread(target=data_folder.prepare, args=(folder,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    key = folder / data_folder.SECRET_NAME
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    first = data_folder.secret_key(folder)
    assert len(first) >= 50
    data_folder.prepare(folder)
    assert data_folder.secret_key(folder) == first
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_settings_of_the_folder_hold_unless_this_process_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.env").write_text(
        "# 本站\n\nMINGCHUANG_SITE_NAME = '某县政务公开'\nMINGCHUANG_REGION=640382\n", "utf-8"
    )
    monkeypatch.setenv("MINGCHUANG_REGION", "640381")
    found = data_folder.environment(tmp_path)
    assert found["MINGCHUANG_SITE_NAME"] == "某县政务公开"
    assert found["MINGCHUANG_REGION"] == "640381"


def test_lines_that_are_no_settings_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_text("MINGCHUANG_HOST=::1\nPATH=/bin\nwhatever\n", "utf-8")
    with pytest.raises(Refused) as refused:
        data_folder.environment(tmp_path)
    assert [issue.field for issue in refused.value.issues] == ["2", "3"]


def test_other_commands_speak_of_the_address_at_which_the_site_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_folder.keep_address(tmp_path, "http://127.0.0.1:8020")
    assert data_folder.environment(tmp_path)["MINGCHUANG_ADDRESS"] == "http://127.0.0.1:8020"
    monkeypatch.setenv("MINGCHUANG_PORT", "8000")
    assert "MINGCHUANG_ADDRESS" not in data_folder.environment(tmp_path)


def test_a_folder_with_real_work_is_no_demonstration(tmp_path: Path) -> None:
    data_folder.prepare(tmp_path)
    data_folder.mark_demonstration(tmp_path)
    data_folder.mark_demonstration(tmp_path)
    (tmp_path / data_folder.DEMONSTRATION_NAME).unlink()
    (tmp_path / data_folder.ESTABLISHED_NAME).touch()
    with pytest.raises(Refused, match="已有正式的数据"):
        data_folder.mark_demonstration(tmp_path)
