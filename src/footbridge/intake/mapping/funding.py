"""What the columns of a list of funding mean: one that says what can be applied for, or one of
grants that is to be kept with its source.

A list is taken for one of these only where whoever brings it says that it is about funding: the
same words («country», «type», «link») mean something else in a list of members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from footbridge.intake.mapping.fields import Field, Kind, Shape
from footbridge.intake.mapping.mapping import Guess, Mapping
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said

_TITLES: dict[Field, str] = {
    Field.TITLE: """
        title|call|call title|name|call name|opportunity|funding opportunity|fund name|line|scheme
        |programme|program|fund
        titulo|convocatoria|nombre|nombre de la convocatoria|programa|oportunidad
        titre|appel|appel a projets|nom|intitule|dispositif""",
    Field.FUNDER_NAME: """
        funder|funder name|organisation|organization|donor|given by|agency|institution|investor
        |lender|provider
        financiador|entidad|organismo|organizacion|entidad financiadora|convoca|donante
        financeur|bailleur|organisme|organisation porteuse|porteur""",
    Field.MONEY: """
        type|kind|type of funding|funding type|kind of money|instrument|form|support type
        tipo|tipo de financiacion|tipo de apoyo|instrumento|modalidad
        type de financement|type d aide|nature""",
    Field.OPEN_TO: """
        country|countries|eligible countries|open to|where|region|regions|geography|location|area
        |eligible regions|where it may be spent
        pais|paises|territorio|ambito|region elegible|paises elegibles|donde
        pays|zone|territoire|pays eligibles|ou""",
    Field.WORKS_IN: """
        where exactly|place of use|spent in|lugar de ejecucion|lieu d execution""",
    Field.STAGE: "stage|stages|phase|maturity|etapa|fase|stade|maturite",
    Field.CAUSES: """
        cause|causes|theme|themes|topic|topics|sector|sectors|focus|focus areas|sdg|sdgs|goals
        causa|causas|tema|temas|ods|sectores
        thematique|thematiques|odd|secteur|secteurs""",
    Field.AMOUNT_FROM: """
        amount from|min amount|minimum|minimum amount|from|at least|min|least
        importe minimo|monto minimo|minimo|desde
        montant minimum|a partir de""",
    Field.AMOUNT_TO: """
        amount to|max amount|maximum|maximum amount|up to|max|amount|budget|ticket|ticket size
        |funding|most
        importe|monto|monto maximo|importe maximo|maximo|hasta|cuantia|presupuesto
        montant|montant maximum|plafond|jusqu a""",
    Field.CURRENCY: "currency|currency code|moneda|divisa|devise|monnaie",
    Field.DEADLINE: """
        deadline|closing date|closes|closes on|due date|apply by|application deadline|until|close
        fecha limite|cierre|fecha de cierre|plazo|hasta el|fecha limite de solicitud
        date limite|cloture|date de cloture|echeance|date limite de depot""",
    Field.CONDITIONS: """
        conditions|eligibility|requirements|criteria|who can apply|description|notes|comments
        condiciones|requisitos|criterios|quien puede solicitar|descripcion|notas
        conditions d eligibilite|criteres|qui peut demander|remarques""",
    Field.WEBSITE: """
        url|link|website|web|apply at|page|web page|more information
        enlace|pagina|sitio web|pagina web|mas informacion
        lien|site|site web|page web""",
    Field.FAVOURS_SCARCE: """
        favours scarce regions|scarce regions|underserved regions|underfunded places|rural priority
        favorece regiones con pocos fondos|zonas desatendidas
        favorise les regions peu dotees|zones prioritaires""",
    Field.KNOWN_FROM: """
        source|known from|where from|source name|found at|fuente|conocido por|connu par""",
    Field.KNOWN_FROM_URL: """
        source url|source link|source address|enlace de la fuente|url de la fuente
        |lien de la source""",
    Field.CHECKED_ON: """
        checked|checked on|date checked|last checked|verified|verified on|as of|retrieved
        consultado|fecha de consulta|verificado|consulte le|verifie le|date de verification""",
}


def for_funding(mapping: Mapping) -> Mapping:
    """The same sheet as one of funding: grants are kept with their source, all else is read as
    what one can apply for."""
    if mapping.shape is Shape.GRANTS:
        return _records(mapping)
    return lines_of(mapping.header)


def _records(mapping: Mapping) -> Mapping:
    """Grants, with the numbers that their publisher gives them."""
    columns = list(mapping.columns)
    if Field.GRANT_ID not in mapping:
        for at, title in enumerate(mapping.header):
            if fold(title) in ("id", "identifier", "grant id"):
                columns[at] = Guess(Field.GRANT_ID, 0.9, said("The title says so."))
                break
    why = said("Each row has a funder and a recipient.")
    return replace(mapping, columns=tuple(columns), shape=Shape.GRANT_RECORDS, why=why)


def lines_of(header: Sequence[str]) -> Mapping:
    """What the columns of a list mean that says what one can apply for.

    >>> found = lines_of(["Convocatoria", "País", "Fecha límite", "Color"])
    >>> [column.field.value for column in found.columns]
    ['title', 'open_to', 'deadline', 'leave_out']
    """
    taken: set[Field] = set()
    columns = []
    for title in header:
        field = _field_by_title().get(fold(title), Field.LEAVE_OUT)
        if field in taken and field not in (Field.CONDITIONS, Field.OPEN_TO):
            columns.append(
                Guess(Field.LEAVE_OUT, 0.5, said("Another column has the title for it."))
            )
        elif field is Field.LEAVE_OUT:
            why = said("Neither the title nor the cells say what this is.")
            columns.append(Guess(field, 0.3, why))
        else:
            columns.append(Guess(field, 0.95, said("The title says so.")))
        taken.add(field)
    why = said("Each row is money that one can apply for.")
    return Mapping(tuple(header), tuple(columns), Shape.FUNDING_LINES, Kind.UNKNOWN, why)


@lru_cache(maxsize=1)
def _field_by_title() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field, text in _TITLES.items():
        for title in text.replace("\n", "|").split("|"):
            if title.strip():
                found.setdefault(" ".join(title.split()), field)
    return found
