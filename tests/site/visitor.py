"""A visitor of a running site, by HTTP alone: keeps cookies, sends what a form would, chooses its headers."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in lower case; the last of several) and body of an answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Visitor:
    """`address` is the site's origin; `headers` go with every request and may replace Host."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", form: dict[str, str] | None = None) -> Answer:
        """One request, redirects not followed."""
        body = urlencode(form).encode() if form is not None else None
        headers = {**self.headers}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin()}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            found = answer.read()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self._keep(value)
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, found)
        finally:
            connection.close()

    def sign_in(self, username: str, password: str) -> Answer:
        """Fill in the form and send it; 302 when it opened."""
        page = self.ask("/accounts/login/")
        token = TOKEN.search(page.text)
        if page.status != 200 or token is None:
            return page
        form = {"csrfmiddlewaretoken": token[1], "login": username, "password": password}
        return self.ask("/accounts/login/", "POST", form)

    def _origin(self) -> str:
        return f"http://{self.headers['Host']}" if "Host" in self.headers else self.address

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
