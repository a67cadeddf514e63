"""How far somebody's work has come: words of lists onto five stages.

Only words that say so are read; a number or a letter of somebody's own scale is not guessed at.
"""

from __future__ import annotations

from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said

_WORDS = {
    "idea": """
        idea|an idea|concept|ideation|idea stage|planning|pre seed|exploring|dreaming|starting
        |idea fase|fase de idea|concepto|planificacion|idee|une idee|projet|en projet
        |konzept|planung|ideia|conceito|ideazione|concetto""",
    "trying": """
        trying|trying it out|trying out|pilot|piloting|prototype|prototyping|seed|mvp|testing|test
        |validation|early|early stage|startup|start up
        |probando|piloto|prototipo|en prueba|a l essai|pilote|prototype|en test
        |wir probieren es aus|erprobung|prototyp|testphase|teste|in prova|proefproject""",
    "running": """
        running|operating|operational|established|active|up and running|in operation|revenue
        |post revenue|launched|live|stable
        |en marcha|funcionando|establecido|establecida|en fonctionnement|en activite|etabli|lance
        |lauft|in betrieb|etabliert|em funcionamento|estabelecido|avviato|operativo|lopend""",
    "growing": """
        growing|growth|growth stage|scaling|scale up|scaleup|scaling up|expanding|expansion
        |series a|series b
        |creciendo|crecimiento|en crecimiento|en croissance|croissance|developpement
        |wachsend|wachstum|wachst|crescendo|crescimento|crescita|groei|groeiend""",
    "passing_on": """
        passing on|passing it on|mature|handing over|succession|exit|mentoring|replicating
        |franchising|giving back|sharing
        |traspasando|maduro|madura|transmission|en transmission|mature|transmet
        |nachfolge|ubergabe|reif|maduro|transmitindo|passaggio|overdracht""",
}
_STAGE_OF = {
    " ".join(word.split()): stage
    for stage, words in reversed(_WORDS.items())
    for word in words.replace("\n", "").split("|")
    if word.strip()
}


def is_stage_word(text: str) -> bool:
    """Whether a cell names a stage."""
    return fold(text) in _STAGE_OF


def read_stage(text: str) -> Outcome[object]:
    """The stage that a cell names.

    >>> [read_stage(text).value for text in ("Pilot", "Scale-up", "en marcha", "", "B2")]
    ['trying', 'growing', 'running', None, None]
    """
    if not text.strip():
        return Outcome()
    found = _STAGE_OF.get(fold(text))
    if found is None:
        return Outcome(refused=said("We do not know this stage."))
    return Outcome(found)
