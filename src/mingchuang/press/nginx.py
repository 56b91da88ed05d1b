"""An nginx configuration that serves the public folder itself and leaves the rest to the application.

For operators whose site has outgrown one process, and for the benchmark: nginx then sends the same bytes with the
same headers as the byte layer. Needs nginx 1.18 or later with gzip_static (in every distribution's package).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from mingchuang.press import content_types
from mingchuang.press.headers import STATIC, Headers


@dataclass(frozen=True, slots=True)
class Server:
    """What the configuration depends on.

    `root` is the public folder, `application` where the application listens (`127.0.0.1:8000`, or empty: then
    nothing lies behind), `listen` and `names` what nginx itself answers to.
    """

    root: Path
    application: str = "127.0.0.1:8000"
    listen: str = "80"
    names: tuple[str, ...] = ("_",)
    headers: Headers = field(default_factory=Headers)


def server_block(server: Server) -> str:
    """The `map` and `server` blocks, to be included in the `http` block of nginx.conf. Raises `ValueError` for a
    value that nginx would not read as one word."""
    root = str(server.root.absolute())
    for value in (root, server.application, server.listen, *server.names):
        if any(c in value for c in "\"'\\;{}$\r\n"):
            raise ValueError(f"not fit for an nginx configuration: {value!r}")
    application = server.application
    behind = "return 404;" if not application else f"proxy_pass http://{application};"
    return _TEMPLATE.format(
        listen=server.listen,
        names=" ".join(server.names),
        root=root,
        types=_types(),
        page=_add(server.headers, "index.html", vary=True),
        static=_add(server.headers, f"{STATIC}x.css", vary=True),
        attachment=_add(server.headers, "files/x.pdf", vary=False),
        behind=behind,
    )


def whole(server: Server, folder: Path) -> str:
    """A complete configuration that runs as whoever starts it, its files in `folder`: to try it, and to measure."""
    # Started by root, nginx would change to a user who may not read the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    return _WHOLE.format(folder=folder.absolute(), server=server_block(server), user=user)


def _types() -> str:
    lines = []
    for extension, kind in sorted(content_types.BY_EXTENSION.items()):
        lines.append(f'        "{kind}" {extension};')
    return "\n".join(lines)


def _add(headers: Headers, path: str, *, vary: bool) -> str:
    pairs = [*headers.common(path), *([("vary", "accept-encoding")] if vary else [])]
    return "\n".join(f'        add_header {name} "{value}";' for name, value in pairs)


_TEMPLATE = """\
# Made by mingchuang: the public folder as nginx serves it. Do not edit; make it again.
# The name in a download: only what is percent-encoded already may stand in a header.
map $request_uri $mingchuang_download {{
    default "attachment";
    "~^[^?]*/(?<mingchuang_name>[A-Za-z0-9._~%!$&+-]+)(?:[?]|$)" "attachment; filename*=UTF-8''$mingchuang_name";
}}
server {{
    listen {listen};
    server_name {names};
    root "{root}";
    index index.html;
    server_tokens off;
    absolute_redirect off;
    disable_symlinks if_not_owner from=$document_root;
    gzip_static on;
    gzip off;
    charset off;
    default_type application/octet-stream;
    types {{
{types}
    }}
    # What only the application may answer.
    error_page 405 = @application;
    location ~ "/[.]" {{
        try_files /.press/none @application;
    }}
    location = /feed.xml {{
        types {{ }}
        default_type "application/rss+xml; charset=utf-8";
{page}
        try_files $uri @application;
    }}
    location ^~ /{static_prefix} {{
{static}
        try_files $uri @application;
    }}
    location ~ "/files/.*[^/]$" {{
        gzip_static off;
{attachment}
        add_header content-disposition $mingchuang_download;
        try_files $uri @application;
    }}
    location ~ "/$" {{
{page}
        try_files ${{uri}}index.html @application;
    }}
    location / {{
{page}
        try_files $uri @slash;
    }}
    location @slash {{
        if (-f $document_root$uri/index.html) {{
            rewrite ^ $uri/ permanent;
        }}
        {behind}
        {proxy}
    }}
    location @application {{
        {behind}
        {proxy}
    }}
}}
""".replace("{static_prefix}", STATIC).replace(
    "{proxy}",
    """proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;""",
)

_WHOLE = """\
{user}
worker_processes 1;
daemon off;
pid "{folder}/nginx.pid";
error_log "{folder}/error.log" warn;
events {{
    worker_connections 1024;
}}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=10000 inactive=60s;
    open_file_cache_valid 1s;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
{server}
}}
"""
