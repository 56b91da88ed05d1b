"""What the server runs: baked bytes in front, Django behind, and in one process the background work.

The byte layer doesn't touch the database, so reading goes on when Django can't answer.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.site.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from mingchuang.press.layer import BakedLayer
from mingchuang.site import background, transport

django_application = get_wsgi_application()
application = BakedLayer(
    settings.MINGCHUANG_DATA / "public", django_application, headers=transport.headers(settings.MINGCHUANG_ADDRESS)
)

# The number of the server that this worker belongs to: to end the work one stops the server, not the worker.
if server := os.environ.get("MINGCHUANG_BACKGROUND"):
    background.start(int(server))
