"""Loading a notice: everything is read and made ready before the write lock is taken, then written at once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import IntegrityError

from mingchuang.core import chain, files, now
from mingchuang.core.act import Creation, act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Unit
from mingchuang.core.units import Directory
from mingchuang.ledger import queries
from mingchuang.ledger.do.from_reading import day_of, measures, owners, read_file, subtasks, take_head, take_text
from mingchuang.ledger.do.rows_ahead import RowsAhead
from mingchuang.ledger.models import Duty, DutyOwner, Measure, Notice, Subtask
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.norms.wording import book_title
from mingchuang.reading.model import Duty as ReadDuty

#: The code of the refusal that goes away when the person says that they know of the other file (`again`).
SAME_NUMBER = "ledger.same_number"


class Batch:
    """New duties with their rows, ready to be written: the lock is held for the inserts and nothing else.

    `read` are places and duties in the order of the text; `notice` may still be without a key. Raises `Refused`.
    """

    def __init__(
        self, notice: Notice, read: Iterable[tuple[Decimal, ReadDuty]], directory: Directory, actor: Actor
    ) -> None:
        duties, prints = [], []
        rows: tuple[list[DutyOwner], list[Measure], list[Subtask]] = ([], [], [])
        for order, found in read:
            duty = Duty(notice=notice, missing=False, due_on=day_of(found))
            take_text(duty, order, found)
            duties.append(duty)
            prints.append({"ref": found.ref, "print": duty.read_print})
            rows[0].extend(owners(duty, found, directory))
            rows[1].extend(measures(duty, found))
            rows[2].extend(subtasks(duty, found))
        self._creation = Creation(duties, "load", actor, data=prints)
        self._rows = [RowsAhead(found) for found in rows]

    def write(self) -> None:
        """Duties with their events, then what belongs to them. Within the caller's transaction."""
        self._creation.carry_out()
        for rows in self._rows:
            rows.insert()


def load(data: bytes, name: str, unit: Unit, actor: Actor, *, again: bool = False) -> Notice:
    """Read a file into a new notice with its duties; everything or nothing is written.

    Raises `Refused` when the file can't be read, holds no duty, or the same file was loaded already by this unit; also
    when another file with its 文号 was loaded, unless `again` says that the person knows.
    """
    read = read_file(data, name)
    stored = files.put(data, name)
    notice = Notice(unit=unit, source=stored, source_name=name)
    take_head(notice, read)
    directory = Directory(notice.issued_on or now.today())
    batch = Batch(notice, ((Decimal(n), found) for n, found in enumerate(read.duties, 1)), directory, actor)
    try:
        with chain.together():
            _refuse_known(notice, again=again)
            content = {"content_hash": f"sha256:{stored.sha256}", "data": {"duties": len(read.duties)}}
            act(notice, "load", actor, **content)  # type: ignore[arg-type]
            batch.write()
    except IntegrityError:  # somebody loaded the same file while this one was being read
        raise _loaded_already(notice) from None
    return notice


def _loaded_already(notice: Notice) -> Refused:
    advice = "要用新的识别规则重读，请在台账里点“再次识别”。"
    return Refused([Issue("ledger.loaded", f"这份文件已经载入过：{book_title(str(notice))}。{advice}", field="file")])


def _refuse_known(notice: Notice, *, again: bool) -> None:
    """The same bytes are the same notice; two files with one 文号 nearly always are: then the person is asked."""
    known = Notice.objects.filter(unit=notice.unit, source=notice.source).exclude(progress="void").first()
    if known is not None:
        raise _loaded_already(known)
    others = [] if again else [_named(other) for other in queries.same_number(notice)]
    if others:
        message = f"文号{notice.number}已经载入过：{'；'.join(others)}。"
        raise Refused([Issue(SAME_NUMBER, message, field="again")])


def _named(notice: Notice) -> str:
    """《title》（成文于 …，文件“…”，于 … 载入）."""
    loaded = queries.notice_history(notice).filter(move="load").values_list("recorded_at", flat=True).first()
    told = [f"成文于{notice.issued_on:%Y-%m-%d}"] if notice.issued_on else []
    told.append(f"文件“{notice.source_name}”")
    told += [f"{now.day_of(loaded):%Y-%m-%d}载入"] if loaded else []
    return f"{book_title(str(notice))}（{'，'.join(told)}）"
