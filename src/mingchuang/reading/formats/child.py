"""Parsing in a process of its own, with bounded memory and time.

PDF, workbooks and web pages are parsed by native code that a hostile file can exhaust or crash, and pdfium must not
be used from two threads at once. The child reads the file from its standard input and writes one JSON object: the
extract, or why there is none. Whatever else happens to it (killed, crashed, out of memory) is told in one sentence.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from typing import Any, Literal

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Block, Dropped, Extract, FormatWarning, Place, Unreadable

Parser = Literal["pdf", "xlsx", "html", "docx"]

_MODULE = "mingchuang.reading.formats.child"


_asked = itertools.count()


def extract_in_child(parser: Parser, data: bytes) -> Extract:
    """The extract that the child made of the file; raises ``Unreadable``.

    The first file of a process gets an interpreter of its own, which is all that a command needs; whoever reads more
    keeps a warm one (``warm``), from which each file's child is forked in a twentieth of the time.
    """
    return _in_new_process(parser, data) if next(_asked) == 0 else _from_warm_process(parser, data)


def _from_warm_process(parser: Parser, data: bytes) -> Extract:
    from mingchuang.reading.formats.warm import ask  # noqa: PLC0415 - it uses this module

    answer = ask({"do": "extract", "kind": None, "parser": parser}, data)[0]["extract"]
    if "code" in answer:
        raise Unreadable(answer["code"], answer["message"])
    return from_json(answer)


def _in_new_process(parser: Parser, data: bytes) -> Extract:
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "TMPDIR"}}
    environment["PYTHONPATH"] = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-P", "-B", "-m", _MODULE, parser]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in as bytes only
            command, input=data, capture_output=True, env=environment, timeout=limits.CHILD_SECONDS * 2, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _exhausted() from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise _exhausted() if done.returncode < 0 or done.returncode == _OUT_OF_MEMORY else _broken() from error
    if "code" in answer:
        raise Unreadable(answer["code"], answer["message"])
    return from_json(answer)


_OUT_OF_MEMORY = 3


def to_json(extract: Extract) -> dict[str, Any]:
    """Plain lists, so that the answer stays small; ``from_json`` is the inverse."""
    return {
        "text": extract.text,
        "blocks": [
            [
                *(block.kind, *block.span, block.level, block.numbering, block.opens, block.align, block.page),
                None
                if (place := block.place) is None
                else [place.table, place.row, place.col, place.rowspan, place.colspan, place.head],
            ]
            for block in extract.blocks
        ],
        "dropped": [[item.text, item.reason, item.page] for item in extract.dropped],
        "source_format": extract.source_format,
        "encoding": extract.encoding,
        "warnings": [[item.code, item.message, item.span] for item in extract.warnings],
    }


def from_json(answer: dict[str, Any]) -> Extract:
    return Extract(
        text=answer["text"],
        blocks=tuple(
            Block(kind, (start, end), level, numbering, opens, align, page, Place(*place) if place else None)
            for kind, start, end, level, numbering, opens, align, page, place in answer["blocks"]
        ),
        dropped=tuple(Dropped(*item) for item in answer["dropped"]),
        source_format=answer["source_format"],
        encoding=answer["encoding"],
        warnings=tuple(
            FormatWarning(code, message, tuple(span) if span else None) for code, message, span in answer["warnings"]
        ),
    )


def _exhausted() -> Unreadable:
    return Unreadable("too_complex", "文件的结构过于复杂，超出了读取的时间或内存上限：请另存或拆分后重新上传。")


def _broken() -> Unreadable:
    return Unreadable("damaged", "文件已损坏，无法读取：请用原软件打开，另存后重新上传。")


def bound() -> None:
    """Bound this process. Systems without POSIX limits keep only the parent's time limit."""
    try:
        import resource  # noqa: PLC0415 - does not exist on Windows
    except ImportError:
        return
    for kind, amount in (
        (resource.RLIMIT_AS, limits.CHILD_BYTES),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # the child writes no file
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def parse(parser: str, data: bytes) -> Extract:
    """Read in this very process. Only what is needed is imported: a start takes a tenth of a second."""
    if parser == "pdf":
        from mingchuang.reading.formats.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data)
    if parser == "xlsx":
        from mingchuang.reading.formats.sheet import read_sheet  # noqa: PLC0415

        return read_sheet(data)
    if parser == "html":
        from mingchuang.reading.formats.web import read_web  # noqa: PLC0415

        return read_web(data)
    if parser == "docx":
        from mingchuang.reading.formats.archive import Archive  # noqa: PLC0415
        from mingchuang.reading.formats.docx import read_docx  # noqa: PLC0415

        return read_docx(Archive(data))
    raise ValueError(parser)


def _main(parser: str) -> int:
    data = sys.stdin.buffer.read()
    bound()
    try:
        answer = to_json(parse(parser, data))
    except Unreadable as error:
        answer = {"code": error.code, "message": error.message}
    except (MemoryError, RecursionError):
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
