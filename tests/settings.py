"""Settings for the tests: a data folder and a database of the process's own.

`MINGCHUANG_TEST_DATABASE` chooses the database: empty for SQLite (a real file: what runs in production), the address of
a running PostgreSQL cluster, or the word `postgresql` to start one for this process.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="mingchuang-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["MINGCHUANG_DATA"] = str(_FOLDER)
os.environ.pop("MINGCHUANG_DATABASE", None)

from mingchuang.site import data_folder, database  # noqa: E402

data_folder.prepare(_FOLDER)
from mingchuang.site.settings import *  # noqa: E402, F403

_address = os.environ.get("MINGCHUANG_TEST_DATABASE", "")
if _address == "postgresql":
    from tests.postgres_cluster import cluster

    _stack = contextlib.ExitStack()
    _address = _stack.enter_context(cluster())
    atexit.register(_stack.close)

DATABASES = {"default": database.settings_for(_address, _FOLDER)}
if _address:
    DATABASES["default"]["TEST"] = {"NAME": "test_mingchuang"}
else:
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "tests.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# The real hasher costs 60 ms a password; what is tested is ours, not Argon2.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
