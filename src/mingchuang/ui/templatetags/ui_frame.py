"""Our frame inside allauth's pages: the same macros, asked from the Jinja environment."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString, mark_safe

from mingchuang.ui import forms
from mingchuang.ui.identity import Site, current_site

register = template.Library()


def _macro(file: str, name: str, *args: Any) -> SafeString:
    """Call a macro of ours; its output is escaped already."""
    engine: Any = engines["jinja2"]
    return mark_safe(str(getattr(engine.env.get_template(file).module, name)(*args)))  # noqa: S308 - Jinja2 with autoescape made it


@register.simple_tag
def site_identity() -> Site:
    """Whose site this is."""
    return current_site()


@register.simple_tag
def frame_part(name: str, *args: Any) -> SafeString:
    """A part of `ui/frame.html`: mark, reading_settings, secrecy."""
    return _macro("ui/frame.html", name, *args)


@register.simple_tag
def ui_flash(text: str, tone: str) -> SafeString:
    """A flash message."""
    return _macro("ui/messages.html", "flash", text, tone)


@register.simple_tag
def ui_error_summary(form: Any) -> SafeString:
    """The summary of errors above a form; nothing when it has none."""
    return _macro("ui/messages.html", "summary", forms.error_links(form))


@register.simple_tag
def ui_fields(form: Any) -> SafeString:
    """All fields of a form, one under the other."""
    return _macro("ui/forms.html", "fields", form)
