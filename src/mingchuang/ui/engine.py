"""The template engine of every page of ours: Jinja2, strict, with the product's filters and globals.

Settings name `environment` as the factory of `django.template.backends.jinja2.Jinja2`. An unknown name in a template
is an error and never an empty string: a page that lost its 文号 must not be published.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from mingchuang.ui import figures, forms, markup, wording
from mingchuang.ui.identity import CURRENT_SITE


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named view; raises `NoReverseMatch` for an unknown one."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


FILTERS = {
    "day": wording.day,
    "iso": wording.iso,
    "moment": wording.moment,
    "number": figures.number,
    "percent": figures.percent,
    "filesize": figures.filesize,
    "nl2p": markup.nl2p,
    "highlight": markup.highlight,
    "lit": markup.lit,
    "cleaned": markup.cleaned,
    "phrased": markup.phrased,
    "legible": unquote,
}

GLOBALS = {
    "static": static,
    "url": url,
    "site": CURRENT_SITE,
    "icon": markup.icon,
    "qr": markup.qr,
    "control": forms.control,
    "errors_of": forms.errors_of,
    "choices_of": forms.choices_of,
    "error_links": forms.error_links,
    "issue_links": forms.issue_links,
    "file_kind": figures.file_kind,
}


def environment(**options: Any) -> Environment:
    """Make the environment: autoescape on, undefined names refused, block tags leave no blank lines behind."""
    options.update(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    options.setdefault("extensions", []).append("jinja2.ext.do")
    made = Environment(**options)  # noqa: S701 - autoescape is set one line above
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS)
    return made
