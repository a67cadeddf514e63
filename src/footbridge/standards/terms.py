"""The words of the standard and what they stand for, so that no context has to be fetched.

A file may name the address of its context; whoever reads it would then ask that address, inside
one's own network too. We never do: the contexts we know are listed here with what they say, and any
other is told of and left aside.
"""

from __future__ import annotations

from typing import Any, Final

CONTEXTS: Final = (
    "https://ontology.commonapproach.org/contexts/cidsContext.jsonld",
    "https://ontology.commonapproach.org/contexts/sffContext.jsonld",
)
"""The addresses that a capsule names, as the standard's own tools write them."""

KNOWN_CONTEXTS: Final = frozenset(
    (
        *CONTEXTS,
        *(one.replace("https://", "http://") for one in CONTEXTS),
        "https://ontology.commonapproach.org/cids.jsonld",
        "https://ontology.commonapproach.org/contexts/cidsContext.json",
    )
)

OURS: Final = "urn:footbridge:terms#"
"""For what the standard has no word for."""

PREFIXES: Final = {
    "cids": "https://ontology.commonapproach.org/cids#",
    "i72": "http://ontology.eil.utoronto.ca/ISO21972/iso21972#",
    "org": "http://ontology.eil.utoronto.ca/tove/organization#",
    "act": "http://ontology.eil.utoronto.ca/tove/activity#",
    "ic": "http://ontology.eil.utoronto.ca/tove/icontact#",
    "sff": "https://ontology.commonapproach.org/sff#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sch": "http://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_LINKS: Final = {
    "cids": (
        "forIndicator forOrganization forOutcome forStakeholder forTheme fromPerspectiveOf "
        "hasActivity hasAddress hasBaseline hasBeneficialStakeholder hasCharacteristic hasCode "
        "hasContributingStakeholder hasCounterfactual hasHowMuch hasImpactDepth hasImpactDuration "
        "hasImpactModel hasImpactReport hasImpactRisk hasImpactScale hasIndicator "
        "hasIndicatorReport hasInput hasOutcome hasOutput hasProgram hasService hasStakeholder "
        "hasStakeholderOutcome hasThreshold relatesTo definedBy usesOutput canProduce canEnable"
    ),
    "i72": "value unit_of_measure",
    "org": "hasID hasRole issuedBy",
    "act": "forActivity",
}
_TEXTS: Final = {
    "cids": (
        "addressCountry addressLocality addressRegion extendedAddress hasCatchmentArea hasComment "
        "hasDescription hasExpectation hasImportance hasMitigation hasPurpose hasReportedImpact "
        "hasType intendedImpact postalCode postOfficeBoxNumber streetAddress unitDescription"
    ),
    "i72": "hasNumericalValue symbol",
    "ic": "hasEmail",
    "org": "hasIdentifier hasLegalName hasName",
    "sch": "description",
}
_MOMENTS: Final = {"prov": "startedAtTime endedAtTime"}
_ADDRESSES: Final = {"cids": "hasSpecification hasWebAddress"}
_YES_NO: Final = {"cids": "isUnderserved"}


def _terms(of: dict[str, str], kind: str) -> dict[str, dict[str, str]]:
    return {
        word: {"@id": f"{prefix}:{word}", "@type": kind}
        for prefix, words in of.items()
        for word in words.split()
    }


CONTEXT: Final[dict[str, Any]] = {
    **PREFIXES,
    **_terms(_LINKS, "@id"),
    **_terms(_TEXTS, "xsd:string"),
    **_terms(_MOMENTS, "xsd:dateTime"),
    **_terms(_ADDRESSES, "xsd:anyURI"),
    **_terms(_YES_NO, "xsd:boolean"),
}
"""What the known contexts say, as far as outcomes and their measurement go."""
