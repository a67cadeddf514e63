"""A value map as a workbook that calculates: change a figure and the ratio follows.

Figures are written as numbers; everything that follows from them is a formula, the same that the
report rests on. Texts are text and nothing else, whatever they begin with. A
spreadsheet program calculates with some fifteen digits, the report with fifty: what they print is
the same.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

WORDS: Final = (
    "result", "outcomes", "inputs", "left_out", "what_if", "break_even",
    "discount_rate", "put_in", "impact", "present_value", "net_present_value", "ratio",
    "net_ratio", "no_ratio", "stakeholders", "outcome", "input", "quantity", "unit", "price",
    "starts_after", "years", "deadweight", "displacement", "attribution", "leakage",
    "substitution", "drop_off", "gross", "year", "amount", "counted", "why", "costs_change",
    "value_changes", "not_reachable",
)  # fmt: skip
"""The words that a sheet needs, in whichever language they come."""

HEAD: Final = 4  # the row of headings; what is above says what the sheet is
FIRST: Final = HEAD + 1
STEPS: Final = tuple(Decimal(n) / 100 for n in (-30, -20, -10, 0, 10, 20, 30))

_BOLD, _QUIET = Font(bold=True), Font(italic=True, color="5F594F")
_ENTERED = PatternFill("solid", fgColor="FBEED3")
_MONEY, _SHARE, _RATIO = "#,##0.00", "0.0%", "0.00"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONG_AGO, _EPOCH = (1980, 1, 1, 0, 0, 0), b"1980-01-01T00:00:00Z"


@dataclass(frozen=True)
class ValueInput:
    """One line below: who put in what. Amounts as decimals, without rounding."""

    stakeholders: str
    what: str
    quantity: Decimal
    price: Decimal
    counted: bool = True


@dataclass(frozen=True)
class ValueOutcome:
    """One line above; shares between 0 and 1, `drop_off` 0 for what lasts a year."""

    stakeholders: str
    what: str
    unit: str
    quantity: Decimal
    price: Decimal
    starts_after: bool
    years: int
    deadweight: Decimal
    displacement: Decimal
    attribution: Decimal
    drop_off: Decimal = Decimal(0)
    leakage: Decimal = Decimal(0)
    substitution: Decimal = Decimal(0)


@dataclass(frozen=True)
class NotCounted:
    """A row that is not in the ratio, and why, in words."""

    stakeholders: str
    what: str
    why: str


@dataclass(frozen=True)
class ValueSheet:
    """A value map with its words; `notes` stand below the result, a line each."""

    title: str
    words: Mapping[str, str]
    discount_rate: Decimal
    inputs: tuple[ValueInput, ...]
    outcomes: tuple[ValueOutcome, ...]
    left_out: tuple[NotCounted, ...] = ()
    notes: tuple[str, ...] = ()

    def to_xlsx(self) -> bytes:
        """The workbook, the same for equal maps. ValueError where a word is missing."""
        missing = [word for word in WORDS if not self.words.get(word)]
        if missing:
            raise ValueError(f"the sheet has no word for {missing[0]!r}")
        return _Book(self).to_bytes()


class _Book:
    """The sheets while they are written."""

    def __init__(self, of: ValueSheet) -> None:
        self.of = of
        self.book = Workbook()
        self.book.properties.creator = "Footbridge"
        self.names = _sheet_names(of.words)
        self.result = self._sheet("result", self.book.active)
        self._outcomes()
        self._inputs()
        self._result()
        self._break_even()
        self._what_if()
        self._left_out()

    def to_bytes(self) -> bytes:
        dated = io.BytesIO()
        self.book.save(dated)
        return _undated(dated)

    def _sheet(self, name: str, sheet: Worksheet | None = None) -> Worksheet:
        made = sheet if sheet is not None else self.book.create_sheet()
        made.title = self.names[name]
        made.page_setup.orientation = "landscape"
        made.page_setup.fitToHeight = 0
        made.sheet_properties.pageSetUpPr.fitToPage = True
        _text(made, 1, 1, self.of.title).font = Font(bold=True, size=14)
        _text(made, 2, 1, self.of.words[name]).font = _QUIET
        return made

    def _at(self, name: str, cell: str) -> str:
        """A reference to a cell of another sheet."""
        return "'" + self.names[name].replace("'", "''") + "'!" + cell

    def _heads(self, sheet: Worksheet, row: int, names: Sequence[str]) -> None:
        for column, name in enumerate(names, 1):
            _text(sheet, row, column, self.of.words[name]).font = _BOLD
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")

    def _outcomes(self) -> None:
        sheet, of = self._sheet("outcomes"), self.of
        self._heads(sheet, HEAD, OUTCOME_HEADS)
        last_year = max((row.years + row.starts_after for row in of.outcomes), default=0)
        years = [YEARS + at for at in range(last_year)]
        _text(sheet, HEAD - 1, YEARS, of.words["year"]).font = _QUIET
        for at, column in enumerate(years):
            _entered(sheet, HEAD, column, Decimal(at), "0").font = _BOLD
        for line, row in enumerate(of.outcomes, FIRST):
            self._outcome(sheet, line, row, years)
        sheet.freeze_panes = sheet.cell(FIRST, 3)
        _widths(sheet, [24, 36, 11, 14, 12, *[11] * 8, 15, 15, 15, *[14] * len(years)])

    def _outcome(
        self, sheet: Worksheet, line: int, row: ValueOutcome, years: Sequence[int]
    ) -> None:
        _text(sheet, line, 1, row.stakeholders)
        _text(sheet, line, 2, row.what)
        _entered(sheet, line, 3, row.quantity, "#,##0.######")
        _text(sheet, line, 4, row.unit)
        _entered(sheet, line, 5, row.price, _MONEY)
        _entered(sheet, line, 6, Decimal(int(row.starts_after)), "0")
        _entered(sheet, line, 7, Decimal(row.years), "0")
        shares = (row.deadweight, row.displacement, row.attribution)
        for column, share in enumerate((*shares, row.leakage, row.substitution, row.drop_off), 8):
            _entered(sheet, line, column, share, _SHARE)
        _formula(sheet, line, 14, f"C{line}*E{line}", _MONEY)
        kept = "".join(f"*(1-{column}{line})" for column in "HIJKL")
        _formula(sheet, line, 15, f"N{line}{kept}", _MONEY)
        first, last = get_column_letter(years[0]), get_column_letter(years[-1])
        _formula(sheet, line, 16, f"SUM({first}{line}:{last}{line})", _MONEY)
        for column in years:
            _formula(sheet, line, column, self._year(line, get_column_letter(column)), _MONEY)

    def _year(self, line: int, letter: str) -> str:
        """A year's flow as it is worth now; nothing before it begins and after it ends."""
        year = f"{letter}${HEAD}"
        lasts = f"AND({year}>=F{line},{year}<F{line}+G{line})"
        # 0 to the power of 0 is an error in some programs, hence the first year by itself.
        flow = f"IF({year}=F{line},O{line},O{line}*(1-M{line})^({year}-F{line}))"
        return f"IF({lasts},{flow}/(1+{self._at('result', RATE)})^{year},0)"

    def _inputs(self) -> None:
        sheet = self._sheet("inputs")
        heads = ("stakeholders", "input", "quantity", "price", "amount", "counted")
        self._heads(sheet, HEAD, heads)
        for line, given in enumerate(self.of.inputs, FIRST):
            _text(sheet, line, 1, given.stakeholders)
            _text(sheet, line, 2, given.what)
            _entered(sheet, line, 3, given.quantity, "#,##0.######")
            _entered(sheet, line, 4, given.price, _MONEY)
            _formula(sheet, line, 5, f"C{line}*D{line}", _MONEY)
            _entered(sheet, line, 6, Decimal(int(given.counted)), "0")
        _widths(sheet, [24, 36, 12, 14, 15, 11])

    def _result(self) -> None:
        sheet = self.result
        _entered(sheet, 4, 2, self.of.discount_rate, "0.00%")
        formulas = {
            5: (self._put_in(), _MONEY),
            6: (self._sum("outcomes", "O"), _MONEY),
            7: (self._sum("outcomes", "P"), _MONEY),
            8: ("B7-B5", _MONEY),
            9: (f'IF(B5=0,"{_quoted(self.of.words["no_ratio"])}",B7/B5)', _RATIO),
            10: (f'IF(B5=0,"{_quoted(self.of.words["no_ratio"])}",B8/B5)', _RATIO),
        }
        for line, name in enumerate(RESULTS, 4):
            _text(sheet, line, 1, self.of.words[name]).font = _BOLD
            if line in formulas:
                formula, look = formulas[line]
                _formula(sheet, line, 2, formula, look)
        sheet["B9"].font = Font(bold=True, size=14)
        for line, note in enumerate(self.of.notes, 12):
            _text(sheet, line, 1, note)
        _widths(sheet, [36, 18])

    def _put_in(self) -> str:
        """The sum of the amounts that count."""
        rows = len(self.of.inputs)
        ranges = (self._at("inputs", f"{at}{FIRST}:{at}{HEAD + rows}") for at in "EF")
        return f"SUMPRODUCT({','.join(ranges)})" if rows else "0"

    def _sum(self, name: str, letter: str) -> str:
        """The sum of a column; nothing where it has no rows."""
        rows = len(self.of.outcomes)
        return f"SUM({self._at(name, f'{letter}{FIRST}:{letter}{HEAD + rows}')})" if rows else "0"

    def _break_even(self) -> None:
        """What each figure would have to be for a ratio of 1, all else as it is."""
        sheet = self._sheet("break_even")
        shares = {"deadweight": "H", "displacement": "I", "attribution": "J"}
        self._heads(sheet, HEAD, ("stakeholders", "outcome", "quantity", "price", *shares))
        none = f'"{_quoted(self.of.words["not_reachable"])}"'
        for line, row in enumerate(self.of.outcomes, FIRST):
            _text(sheet, line, 1, row.stakeholders)
            _text(sheet, line, 2, row.what)
            present = self._at("outcomes", f"P{line}")
            factor = f"(1-{self._at('result', NET)}/{present})"
            for column, letter, look in ((3, "C", "#,##0.00"), (4, "E", _MONEY)):
                value = f"{factor}*{self._at('outcomes', f'{letter}{line}')}"
                known = f"IF({factor}<0,{none},{value})"
                _formula(sheet, line, column, f"IF({present}=0,{none},{known})", look)
            for column, letter in enumerate(shares.values(), 5):
                value = f"1-{factor}*(1-{self._at('outcomes', f'{letter}{line}')})"
                known = f"IF(OR({value}<0,{value}>1),{none},{value})"
                _formula(sheet, line, column, f"IF({present}=0,{none},{known})", _SHARE)
        _widths(sheet, [24, 36, 15, 15, 15, 15, 15])

    def _what_if(self) -> None:
        """ratio · (1 + change of value) / (1 + change of costs)"""
        sheet, words = self._sheet("what_if"), self.of.words
        _text(sheet, HEAD, 1, f"{words['costs_change']} ↓  {words['value_changes']} →").font = _BOLD
        for at, step in enumerate(STEPS, 1):
            _entered(sheet, HEAD, at + 1, step, "+0%;-0%;0%")
            _entered(sheet, HEAD + at, 1, step, "+0%;-0%;0%")
        ratio = self._at("result", RATIO)
        for line in range(FIRST, FIRST + len(STEPS)):
            for column in range(2, 2 + len(STEPS)):
                across = f"{get_column_letter(column)}${HEAD}"
                value = f"{ratio}*(1+{across})/(1+$A{line})"
                _formula(sheet, line, column, f'IF(ISNUMBER({ratio}),{value},"")', _RATIO)
        _widths(sheet, [36, *[10] * len(STEPS)])

    def _left_out(self) -> None:
        sheet = self._sheet("left_out")
        self._heads(sheet, HEAD, ("stakeholders", "outcome", "why"))
        for line, row in enumerate(self.of.left_out, FIRST):
            for column, words in enumerate((row.stakeholders, row.what, row.why), 1):
                _text(sheet, line, column, words)
        _widths(sheet, [24, 36, 60])


OUTCOME_HEADS: Final = (
    "stakeholders", "outcome", "quantity", "unit", "price", "starts_after", "years", "deadweight",
    "displacement", "attribution", "leakage", "substitution", "drop_off", "gross", "impact",
    "present_value",
)  # fmt: skip
YEARS: Final = len(OUTCOME_HEADS) + 1
RESULTS: Final = (
    "discount_rate", "put_in", "impact", "present_value", "net_present_value", "ratio", "net_ratio",
)  # fmt: skip
RATE, NET, RATIO = "$B$4", "$B$8", "$B$9"


def _text(sheet: Worksheet, line: int, column: int, words: str) -> Cell:
    """A text that no program takes for a formula."""
    cell: Cell = sheet.cell(line, column)
    cell.value = _UNWRITABLE.sub("", words)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = words.startswith(_FORMULA)
    return cell


def _entered(sheet: Worksheet, line: int, column: int, value: Decimal, look: str) -> Cell:
    """A figure that somebody entered, and may change."""
    cell: Cell = sheet.cell(line, column, value)
    cell.number_format, cell.fill = look, _ENTERED
    return cell


def _formula(sheet: Worksheet, line: int, column: int, formula: str, look: str) -> None:
    sheet.cell(line, column, f"={formula}").number_format = look


def _quoted(words: str) -> str:
    """A text inside a formula, where a quotation mark is doubled."""
    return _UNWRITABLE.sub("", words).replace('"', '""')


def _widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _sheet_names(words: Mapping[str, str]) -> dict[str, str]:
    """Names that a workbook takes, each once: no brackets or slashes, 31 letters at most."""
    names: dict[str, str] = {}
    for key in ("result", "outcomes", "inputs", "break_even", "what_if", "left_out"):
        clean = _UNWRITABLE.sub("", re.sub(r"[\\/*?:\[\]']", " ", words[key])).strip()[:28]
        taken = {name.casefold() for name in names.values()}
        names[key] = next(
            name
            for name in (clean or key, *(f"{clean} {n}" for n in range(2, 9)))
            if name.casefold() not in taken
        )
    return names


def _undated(dated: io.BytesIO) -> bytes:
    """The same workbook without the moments at which its parts were written."""
    plain = io.BytesIO()
    with zipfile.ZipFile(dated) as book, zipfile.ZipFile(plain, "w") as copy:
        for entry in book.infolist():
            held = book.read(entry)
            if entry.filename == "docProps/core.xml":
                held = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", _EPOCH, held)
            fresh = zipfile.ZipInfo(entry.filename, _LONG_AGO)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(fresh, held)
    return plain.getvalue()
