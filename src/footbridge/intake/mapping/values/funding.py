"""Kinds of money, and amounts from one figure to another, in the words that people use."""

from __future__ import annotations

import re
from functools import lru_cache

from footbridge.funding.states import Money as Form
from footbridge.intake.mapping.values.numbers import Money, read_money
from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said

_WORDS = {
    Form.GRANT: """
        grant|grants|subsidy|subvention|donation|non repayable|fund|funding
        subvencion|donacion|ayuda|fondo no reembolsable|no reembolsable
        bourse|don|aide""",
    Form.PRIZE: "prize|award|competition|challenge|premio|concurso|reto|prix|concours",
    Form.LOAN: """
        loan|credit|debt|soft loan|prestamo|credito|deuda|pret|emprunt|dette""",
    Form.EQUITY: """
        equity|investment|shares|seed|venture capital|quasi equity|inversion|capital|acciones
        |capital semilla
        investissement|fonds propres|capital risque|actions""",
    Form.GUARANTEE: "guarantee|loan guarantee|garantia|aval|garantie|caution",
    Form.IN_KIND: """
        in kind|mentoring|acceleration|accelerator|incubation|training|space
        en especie|mentoria|aceleracion|aceleradora|incubacion|formacion
        en nature|accompagnement|incubation|formation""",
    Form.OUTLET: """
        crowdfunding|microlending|crowd|crowdlending|micro loan|microcredit
        financiacion colectiva|microcredito|microcreditos|micromecenazgo
        financement participatif|microcredit|micropret""",
}
ROLLING = frozenset(
    """rolling|ongoing|open|always|any time|anytime|continuous|no deadline|all year
    |permanente|abierta|abierto|continua|sin fecha limite|todo el ano|siempre
    |en continu|permanent|ouvert|au fil de l eau|toute l annee|sans date limite""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_BETWEEN = re.compile(
    r"\s*(?:–|—|\bto\b|\bbis\b|\bhasta\b|\bà\b|\ba\b|(?<=\d)\s*-\s*(?=[\d£€$]))\s*", re.I
)
_UP_TO = re.compile(r"^\s*(?:up to|max\.?|maximum|hasta|máximo|maximo|jusqu['’]?\s?à|bis)\s+", re.I)
_FROM = re.compile(r"^\s*(?:from|min\.?|at least|desde|a partir de|à partir de|ab)\s+", re.I)


def read_form(text: str) -> Outcome[str]:
    """In which form money is given.

    >>> read_form("Préstamo").value, read_form("Soft loan").value, read_form("wishes").value
    ('loan', 'loan', None)
    """
    if not text.strip():
        return Outcome()
    folded = fold(text)
    known = _forms()
    if folded in known:
        return Outcome(known[folded])
    within = [known[word] for word in known if f" {word} " in f" {folded} "]
    if within:
        return Outcome(within[0])
    return Outcome(refused=said("“{text}” is no kind of money that is known.", text=text[:60]))


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    found = {form.value.replace("_", " "): form.value for form in Form}
    for form, text in _WORDS.items():
        for word in text.replace("\n", "|").split("|"):
            if word.strip():
                found.setdefault(" ".join(word.split()), form.value)
    return dict(sorted(found.items(), key=lambda one: -len(one[0])))


# A point before three digits parts thousands: nobody writes money to a thousandth, but in a few
# currencies.
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,])")
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


def whole_thousands(text: str, mark: str, currency: str) -> Outcome[str]:
    """An amount such as «20.000», where the column does not say that its points part thousands.

    >>> whole_thousands("20.000", ".", "USD").value, whole_thousands("1.250", ".", "KWD").value
    ('20000', '1.250')
    """
    if mark != "." or currency in _THOUSANDTHS or not _THOUSANDS.search(text):
        return Outcome(text)
    read = _THOUSANDS.sub(lambda found: found[0].replace(".", ""), text)
    return Outcome(read, said("“{text}” was read as {read}.", text=text[:60], read=read[:60]))


Range = tuple[Money | None, Money | None]


def read_range(text: str, mark: str = ".") -> Outcome[Range]:
    """From how much to how much a cell says; one figure alone is the most there is.

    >>> least, most = read_range("5,000 - 20,000 EUR").value
    >>> int(least.amount), int(most.amount), most.currency
    (5000, 20000, 'EUR')
    >>> read_range("from £500").value[1] is None, int(read_range("hasta 10000").value[1].amount)
    (True, 10000)
    """
    if not text.strip():
        return Outcome()
    if _FROM.match(text) and not _BETWEEN.search(_FROM.sub("", text)):
        least = read_money(_FROM.sub("", text), mark)
        return Outcome((least.value, None) if least.value else None, refused=least.refused)
    parts = [part for part in _BETWEEN.split(_FROM.sub("", _UP_TO.sub("", text))) if part.strip()]
    found = [read_money(part, mark) for part in parts[:2]]
    refused = next((one.refused for one in found if one.refused), None)
    if refused is not None or not found:
        return Outcome(refused=refused or said("“{text}” is not a number.", text=text[:60]))
    if len(found) == 1:
        return Outcome((None, found[0].value))
    return Outcome((found[0].value, found[1].value))
