"""What kind of organisation it is: five sectors, read from words and legal forms.

Legal forms are facts of company law: a community interest company is bound to a purpose and may
trade (hybrid), a registered charity may not distribute profit (nonprofit), a GmbH may (private).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from footbridge.intake.mapping.values.outcome import Outcome
from footbridge.intake.mapping.words import fold
from footbridge.intake.reading.said import said


class Sector(StrEnum):
    """The five sectors."""

    PRIVATE = "private"
    PUBLIC = "public"
    NONPROFIT = "nonprofit"
    ACADEMIC = "academic"
    HYBRID = "hybrid"


# In the order of looking: the more telling form first ("community interest company limited by
# guarantee" is a CIC, "university trust" a university). Phrases are matched as whole words.
_PHRASES: tuple[tuple[Sector, str], ...] = (
    (Sector.HYBRID, """
        hybrid|community interest company|cic|c i c|social enterprise|b corp|benefit corporation
        |cooperative|co operative|coop|co op|community benefit society|bencom
        |industrial and provident society
        |registered society|pending cbs|social business|worker owned|mutual|credit union
        |cooperativa|empresa social|empresa de insercion|sociedad laboral
        |centro especial de empleo
        |scop|scic|entreprise sociale|ess|entreprise a mission|mutuelle|societe cooperative
        |genossenschaft|eg|e g|sozialunternehmen|ggmbh|g gmbh|gug|gemeinnutzige gmbh
        |empresa social|negocio social|cooperativa sociale|impresa sociale|societa cooperativa
        |societa benefit
        |sociale onderneming|cooperatie|mixto|mixte|gemischt|ibrido|hibrido"""),
    (Sector.ACADEMIC, """
        university|universities|college|school|schools|academy|higher education|academia|academic
        |research institute
        |education|hes|rec|research organisation|research organization|polytechnic
        |institute of technology|research centre
        |universidad|escuela|colegio|instituto tecnologico|academico|academica
        |centro de investigacion|instituto de investigacion
        |universite|ecole|lycee|universitaire|academique|enseignement superieur
        |laboratoire de recherche|grande ecole
        |universitat|hochschule|fachhochschule|schule|gymnasium|wissenschaft|forschungsinstitut
        |akademisch|bildungseinrichtung
        |universidade|escola|faculdade|universita|scuola|politecnico|accademico|ateneo
        |universiteit|hogeschool|school|onderwijs|academisch|kennisinstelling"""),
    (Sector.NONPROFIT, """
        nonprofit|non profit|not for profit|charity|registered charity|charitable
        |charitable incorporated organisation
        |cio|scio|company limited by guarantee|limited by guarantee|clg|foundation|ngo|ngos
        |voluntary|voluntary organisation|third sector
        |civil society|association|unincorporated association|community group|trust
        |charitable trust|501c3|501 c|faith group|social
        |sin animo de lucro|sin fines de lucro|asociacion|fundacion|ong|tercer sector
        |sociedad civil|entidad social
        |association loi|asso|fondation|non lucratif|sans but lucratif|asbl|a s b l
        |societe civile|tiers secteur
        |gemeinnutzig|verein|e v|ev|eingetragener verein|stiftung|nro|wohlfahrtsverband
        |zivilgesellschaft
        |sem fins lucrativos|associacao|fundacao|ipss|osc|terceiro setor
        |associazione|fondazione|onlus|ets|aps|odv|terzo settore|senza scopo di lucro
        |stichting|vereniging|anbi|goede doel|goed doel|maatschappelijk middenveld|vzw
        |vrijwilligersorganisatie
        |brigade|fellowship"""),
    (Sector.PUBLIC, """
        public|public sector|government|governmental|council|local authority|municipality
        |ministry|agency|state agency|pub|local government
        |public body|public authority|nhs|nhs trust|police|city council|county council
        |borough council|department of|embassy|statutory
        |publico|publica|gobierno|ayuntamiento|administracion|administracion publica|diputacion
        |municipio|organismo publico|sector publico
        |publique|gouvernement|mairie|collectivite|collectivite territoriale|etablissement public
        |secteur public|administration|metropole|prefecture
        |offentlich|offentlicher dienst|behorde|stadtverwaltung|kommune|landkreis|verwaltung
        |anstalt des offentlichen rechts|ministerium|bundesamt
        |governo|prefeitura|camara municipal|administracao publica|setor publico|pubblico
        |pubblica|comune|ente pubblico|regione|ministero
        |overheid|gemeente|publiek|provincie|ministerie|rijksoverheid"""),
    (Sector.PRIVATE, """
        private|private sector|business|company|corporate|corporation|ltd|limited|plc|llc|inc|llp
        |sme|smb|startup|start up|for profit|commercial|prc|firm|sole trader
        |private limited company|limited company|limited liability partnership
        |limited partnership|company limited by shares|freelance|self employed|industry
        |partnership
        |empresa|privado|privada|sociedad limitada|sociedad anonima|s l|sl|s a|sa|s l u|slu|pyme
        |autonomo|sector privado|emprendimiento
        |entreprise|prive|privee|societe|sarl|s a r l|sas|s a s|sasu|eurl|tpe|pme|independant
        |secteur prive|auto entrepreneur
        |unternehmen|privat|gmbh|ag|kg|gmbh co kg|ug|ohg|gbr|einzelunternehmen|firma|wirtschaft
        |mittelstand|kmu|selbststandig
        |ltda|lda|mei|eireli|setor privado|unipessoal
        |impresa|azienda|privato|srl|s r l|spa|s p a|snc|sas di|ditta|societa
        |bedrijf|bv|b v|nv|n v|vof|eenmanszaak|zzp|onderneming|particulier|mkb|bedrijfsleven
        |oy|oyj|ab|aps denmark|a s|doo|d o o|sp z o o|kft|sro|s r o|pty|pty ltd|pvt ltd|kk|bhd
        |ooo"""),
)  # fmt: skip

# Found at the end of a name ("Harbour Bakery Ltd"); words that are also plain words stay out.
_SUFFIXES: dict[str, Sector] = {
    suffix: sector
    for sector, suffixes in (
        (Sector.HYBRID, "cic|c i c|eg|ggmbh|g gmbh|gug|scop|scic|coop|co op"
                        "|community benefit society"),
        (Sector.NONPROFIT, "e v|ev|cio|scio|onlus|asbl|vzw|foundation|charity|stiftung|stichting"
                           "|odv|charitable trust"),
        (Sector.PRIVATE, "ltd|limited|plc|llc|llp|inc|gmbh|ag|kg|ug|ohg|gbr|sarl|sas|sasu|eurl"
                         "|s l|sl|slu|s a|sa"
                         "|srl|s r l|spa|s p a|snc|bv|b v|nv|n v|oy|oyj|ab|ltda|lda|pty ltd|corp"
                         "|co|kk|kft|sro|s r o|doo"),
    )
    for suffix in suffixes.split("|")
}  # fmt: skip
_IN_NAMES: tuple[tuple[Sector, str], ...] = (
    (Sector.ACADEMIC, "university|universidad|universite|universitat|universidade|universita"
                      "|universiteit|college"
                      "|school|hochschule|academy|escuela|ecole|escola|scuola|polytechnic"),
    (Sector.PUBLIC, "council|ministry|municipality|ayuntamiento|mairie|stadtverwaltung|gemeente"
                    "|comune di|prefeitura"
                    "|city of|ville de|department of|nhs|county of|stadt|landratsamt|ministerio"
                    "|ministere"),
    (Sector.NONPROFIT, "foundation|charity|fundacion|fondation|stiftung|stichting|fundacao"
                       "|fondazione|trust|food bank"
                       "|association|asociacion|associacao|associazione|verein|vereniging"
                       "|refugee forum|hospice"),
)  # fmt: skip
_REGISTERS = {
    "GB-CHC": Sector.NONPROFIT, "GB-SC": Sector.NONPROFIT, "GB-NIC": Sector.NONPROFIT,
    "US-EIN": Sector.NONPROFIT, "GB-EDU": Sector.ACADEMIC, "GB-UKPRN": Sector.ACADEMIC,
    "GB-LAE": Sector.PUBLIC, "GB-LAS": Sector.PUBLIC, "GB-GOR": Sector.PUBLIC,
    "GB-GOV": Sector.PUBLIC, "GB-NHS": Sector.PUBLIC, "GB-MPR": Sector.HYBRID,
}  # fmt: skip
_SEPARATELY = re.compile(r"[;|,/\n]")


def _compiled(phrases: str) -> re.Pattern[str]:
    words = [" ".join(phrase.split()) for phrase in phrases.replace("\n", "").split("|")]
    longest_first = sorted(set(filter(None, words)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


_PATTERNS = [(sector, _compiled(phrases)) for sector, phrases in _PHRASES]
_NAME_PATTERNS = [(sector, _compiled(phrases)) for sector, phrases in _IN_NAMES]


@lru_cache(maxsize=8192)
def read_sector(text: str) -> Outcome[Sector]:
    """The sector that a word, a legal form or a code names; the whole cell before its parts.

    >>> read_sector("Community Interest Company Limited by Guarantee").value.value
    'hybrid'
    >>> [read_sector(word).value.value for word in ("GmbH", "ayuntamiento", "HES", "association")]
    ['private', 'public', 'academic', 'nonprofit']
    """
    text = text.strip()
    if not text:
        return Outcome()
    whole = fold(text)
    for sector, pattern in _PATTERNS:
        if pattern.fullmatch(whole):
            return Outcome(sector)
    for part in (whole, *map(fold, _SEPARATELY.split(text))):
        for sector, pattern in _PATTERNS:
            if pattern.search(part):
                return Outcome(sector)
    return Outcome(refused=said("“{text}” names no sector that is known.", text=text[:60]))


@lru_cache(maxsize=65_536)
def sector_of_name(name: str) -> Sector | None:
    """The sector that an organisation's name gives away, if it does.

    >>> sector_of_name("My Outdoor Classroom CIC"), sector_of_name("Leeds City Council")
    (<Sector.HYBRID: 'hybrid'>, <Sector.PUBLIC: 'public'>)
    """
    folded = fold(name)
    words = folded.split()
    for length in (3, 2, 1):
        ending = " ".join(words[-length:])
        if len(words) > length and ending in _SUFFIXES:
            return _SUFFIXES[ending]
    for sector, pattern in _NAME_PATTERNS:
        if pattern.search(folded):
            return sector
    return None


def sector_of_register(organisation_id: str) -> Sector | None:
    """What it takes to stand in a register: who has a GB-CHC number is a charity.

    >>> sector_of_register("GB-CHC-1136419").value
    'nonprofit'
    """
    return _REGISTERS.get("-".join(organisation_id.upper().split("-")[:2]))


def is_sector_word(text: str) -> bool:
    """Whether a whole cell is a sector, a kind of organisation or a legal form."""
    whole = fold(text)
    return any(pattern.fullmatch(whole) for _, pattern in _PATTERNS)
