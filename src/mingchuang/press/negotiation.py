"""The parts of HTTP that a request for a public file needs (RFC 9110): encodings, conditions, ranges, dates."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_REMEMBERED = 256
_LONGEST_REMEMBERED = 200
_gzip_by_header: dict[str, bool] = {}


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip. `gzip;q=0` forbids it, `*` allows it, nonsense is ignored."""
    known = _gzip_by_header.get(header)
    if known is not None:
        return known
    answer = _parse_encodings(header)
    # Browsers send a handful of different headers; somebody who sends thousands must not fill the memory.
    if len(header) <= _LONGEST_REMEMBERED and len(_gzip_by_header) < _REMEMBERED:
        _gzip_by_header[header] = answer
    return answer


def _parse_encodings(header: str) -> bool:
    weights: dict[str, float] = {}
    for part in header.split(","):
        coding, _, parameters = part.partition(";")
        weights[coding.strip().lower()] = _weight(parameters)
    for coding in ("gzip", "x-gzip", "*"):
        if coding in weights:
            return weights[coding] > 0
    return False


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                weight = float(value.strip())
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0  # also refuses nan
    return 1.0


def http_date(seconds: float) -> str:
    """Seconds since 1970 as an HTTP date."""
    return format_datetime(datetime.fromtimestamp(int(seconds), UTC), usegmt=True)


def seconds_of(http_date_text: str) -> int | None:
    """An HTTP date as seconds since 1970; None when it can't be read."""
    try:
        moment = parsedate_to_datetime(http_date_text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def etag_matches(header: str, etag: str) -> bool:
    """Whether If-None-Match names `etag` (weak comparison: a `W/` makes no difference)."""
    if header.strip() == "*":
        return True
    return any(part.strip().removeprefix("W/") == etag for part in header.split(","))


def is_current(none_match: str | None, modified_since: str | None, etag: str, modified: int) -> bool:
    """Whether the client's copy is still good: 304. If-None-Match rules; If-Modified-Since counts only without it."""
    if none_match is not None:
        return etag_matches(none_match, etag)
    if modified_since is not None:
        since = seconds_of(modified_since)
        return since is not None and modified <= since
    return False


class Unsatisfiable(Exception):  # noqa: N818 - it is an answer: 416
    """The range begins behind the end of the file."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The `[first, last]` bytes that a Range header asks for, or None when the whole file is the right answer.

    Several ranges at once, other units and nonsense are answered with the whole file, as RFC 9110 allows. Raises
    `Unsatisfiable`.
    """
    unit, _, text = header.partition("=")
    first, dash, last = text.strip().partition("-")
    if unit.strip().lower() != "bytes" or not dash or "," in text:
        return None
    if not all(part == "" or (part.isascii() and part.isdigit() and len(part) < 20) for part in (first, last)):
        return None
    if not first:
        return _suffix(last, size)
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(end, size - 1)


def _suffix(last: str, size: int) -> tuple[int, int] | None:
    if not last:
        return None
    if int(last) == 0 or size == 0:
        raise Unsatisfiable
    return max(size - int(last), 0), size - 1


def range_applies(if_range: str | None, etag: str, modified: int) -> bool:
    """Whether a Range still means the file the client knows: If-Range absent, or the same ETag or date."""
    if if_range is None:
        return True
    if if_range.lstrip().startswith(('"', "W/")):
        return if_range.strip() == etag
    return seconds_of(if_range) == modified
