"""The codes of the warnings that the grammar gives, with what each means. Formats have their own (docs/reading.md)."""

from __future__ import annotations

from typing import Final

WARNING_CODES: Final[dict[str, str]] = {
    "title_missing": "no title was found",
    "issuer_missing": "no issuing organ was found",
    "number_missing": "no issue number was found",
    "number_variant": "the issue number is spelt in an unusual way and was normalised",
    "number_unreadable": "a line looks like an issue number and cannot be read as one",
    "date_missing": "no date of signature was found",
    "date_unreadable": "the date of signature is incomplete, damaged or no day of the calendar",
    "contents_missing": "a covering letter without what it sends, or a heading without text",
    "annex_missing": "an annex is announced and is not in the file",
    "annex_without_owners": "an annex has numbered items without owners, which were not taken as duties",
    "general_part": "a numbered node states aims or principles only and was not taken as a duty",
    "no_duties": "nothing was found that is a duty",
    "no_owner": "a numbered duty has no responsibility clause",
    "clause_unused": "a clause stands before the first number or on a heading whose items have their own",
    "unit_shape": "a name in a responsibility clause does not look like the name of a unit",
    "number_doubled": "a list number is written twice (2. 2.)",
    "number_repeated": "a list number comes again, or goes backwards",
    "number_restarted": "a list begins again from its first number",
    "number_gap": "a list leaves numbers out",
    "number_lost_brackets": "a list number has lost one or both brackets",
    "number_lost_point": "a list number has lost its point",
    "number_misread": "a list number was misread by a scanner (二，, （四], l.) and the list says what it is",
    "unclosed_mark": "a bracket, book-title mark or quotation mark has no partner",
    "truncated_end": "the text stops in the middle of a sentence",
    "year_inferred": "a deadline has no year; the year of the document was taken",
    "year_unknown": "a deadline has no year, and the document does not say one",
    "deadline_unreadable": "a deadline names a day that does not exist",
}
