"""One view, one address, and the two WSGI applications that the benchmark serves: the stock one, and ours before it."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.stock.settings")

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

django_application = get_wsgi_application()

from benchmarks.peers.stock.models import Document, Unit  # noqa: E402 - models exist only now
from mingchuang.press import layer  # noqa: E402


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document, the units in the navigation, and what else its unit has published: three queries."""
    found = get_object_or_404(Document.objects.select_related("unit"), pk=pk)
    related = Document.objects.filter(unit=found.unit).exclude(pk=pk).order_by("-date")[:20]
    return render(request, "document.html", {"document": found, "related": related, "units": Unit.objects.all()[:40]})


urlpatterns = [path("records/<int:pk>/", document)]

# The default process: the byte layer in front, a whole Django behind it.
application = layer.build(os.environ.get("STOCK_PUBLIC", "/nonexistent"), django_application)
