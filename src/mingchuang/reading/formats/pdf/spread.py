"""Tables that run over several pages made one again."""

from __future__ import annotations

from dataclasses import replace

from mingchuang.reading.formats.pdf.tables import PdfCell, PdfTable

_SAME_COLUMN = 4.0  # points by which the columns may shift from page to page
_SENTENCE_END = "。；！？"


class GrownTable:
    """A table and what of it stands on later pages. ``cells`` are (cell, page) in reading order."""

    def __init__(self, table: PdfTable, page: int) -> None:
        self.page = page
        self.cells: list[tuple[PdfCell, int]] = [(cell, page) for cell in table.cells]
        self._columns = table.columns
        self._rows = table.rows
        self._head = _texts(table, 0)

    def fits(self, table: PdfTable) -> bool:
        """Whether the table has the same columns, so that it may be the rest of this one."""
        return len(self._columns) == len(table.columns) and all(
            abs(one - other) <= _SAME_COLUMN for one, other in zip(self._columns, table.columns, strict=True)
        )

    def grow(self, table: PdfTable, page: int) -> list[str]:
        """Take the rest in; returns the head row's texts when the page repeats it, for the list of dropped text."""
        self.page = page
        first = 1 if table.rows > 1 and any(self._head.values()) and _texts(table, 0) == self._head else 0
        repeated = [text for text in _texts(table, 0).values() if text] if first else []
        rest = self._rejoin(table, first) if self._breaks_a_row(table, first) else first
        for cell in table.cells:
            if cell.row >= rest:
                self.cells.append((replace(cell, row=self._rows + cell.row - rest), page))
        self._rows += table.rows - rest
        return repeated

    def _breaks_a_row(self, table: PdfTable, row: int) -> bool:
        """The page broke a row when its first field (序号) is empty above the break's other fields."""
        texts = _texts(table, row)
        last = {cell.col: cell for cell, _ in self.cells if cell.row == self._rows - 1 and cell.rowspan == 1}
        return bool(
            texts
            and texts.get(0) == ""
            and any(texts.values())
            and all(cell.rowspan == 1 for cell in table.cells if cell.row == row)
            and texts.keys() == last.keys()
            and last[0].text
        )

    def _rejoin(self, table: PdfTable, row: int) -> int:
        """Append the row's texts to the last row; returns the first row that is left."""
        texts = _texts(table, row)
        for index, (cell, page) in enumerate(self.cells):
            more = texts.get(cell.col, "") if cell.row == self._rows - 1 else ""
            if more:
                gap = "\n" if cell.text.endswith(tuple(_SENTENCE_END)) else ""
                self.cells[index] = (replace(cell, text=f"{cell.text}{gap}{more}"), page)
        return row + 1


def _texts(table: PdfTable, row: int) -> dict[int, str]:
    return {cell.col: cell.text for cell in table.cells if cell.row == row}
