"""What the server runs: baked bytes in front, Django behind, and in one process the background work.

The byte layer doesn't touch the database, so reading goes on when Django can't answer.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.site.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from mingchuang.press import layer
from mingchuang.site import background

django_application = get_wsgi_application()
application = layer.build(settings.MINGCHUANG_DATA / "public", django_application)

if os.environ.get("MINGCHUANG_BACKGROUND") == "1":
    background.start()
