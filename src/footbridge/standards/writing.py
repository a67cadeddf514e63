"""A capsule as JSON-LD: a list of nodes, each with the standard's two contexts and an address.

Words that the published contexts do not have (targets, days of creation) are written with their
prefix, and so is the one of which their two files say different things (a comment). Numbers are
strings, as the standard asks; nothing is rounded on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from footbridge.standards.cids import (
    Address,
    Capsule,
    ImpactReport,
    Indicator,
    Outcome,
    Report,
    Stakeholder,
    StakeholderOutcome,
    Target,
    Theme,
)
from footbridge.standards.terms import CONTEXTS, OURS

Node = dict[str, Any]
SEE_ALSO = "http://www.w3.org/2000/01/rdf-schema#seeAlso"


def to_bytes(capsule: Capsule) -> bytes:
    """A capsule as a file, the same for equal capsules."""
    return json.dumps(nodes(capsule), ensure_ascii=False, indent=1).encode()


def nodes(capsule: Capsule) -> list[Node]:
    """A capsule as nodes, the organisation first. Without facts of our own it conforms to the
    Basic tier; ValueError where two things have one identifier, or one has none.

    >>> from footbridge.standards import Capsule, Organization
    >>> nodes(Capsule(Organization("https://example.org/id/organization/1", "Harbour Bakery")))[0]
    ... # doctest: +ELLIPSIS
    {'@context': [...], '@id': '.../organization/1', '@type': 'cids:Organization', 'hasLegalName'...
    """
    ids = list(capsule.ids())
    if not all(ids):
        raise ValueError("a thing has no identifier")
    if len(set(ids)) < len(ids):
        raise ValueError("two things have one identifier")
    found = [_bare(node) for node in _nodes(capsule)]
    by_id = {node["@id"]: node for node in found}
    for fact in capsule.facts:
        _add(by_id[fact.about], OURS + fact.name, fact.value)
    return [{"@context": list(CONTEXTS), **node} for node in found]


def _nodes(capsule: Capsule) -> Iterator[Node]:
    owner = capsule.organization.id
    yield _organization(capsule)
    for address in capsule.organization.addresses:
        yield _address(address)
    for theme in capsule.themes:
        yield _theme(theme)
    for outcome in capsule.outcomes:
        yield _outcome(outcome, owner)
    for indicator in capsule.indicators:
        yield _indicator(indicator, owner, capsule)
        for target in indicator.targets:
            yield _target(target)
    for report in capsule.reports:
        yield _report(report, owner)
    for group in capsule.stakeholders:
        yield _stakeholder(group, owner)
    for one in capsule.stakeholder_outcomes:
        yield _stakeholder_outcome(one)
    for claim in capsule.impact_reports:
        yield from _impact_report(claim, owner)


def _organization(capsule: Capsule) -> Node:
    of = capsule.organization
    return {
        "@id": of.id,
        "@type": f"cids:{of.kind}",
        "hasLegalName": of.legal_name,
        "hasAddress": [one.id for one in of.addresses],
        "hasOutcome": [one.id for one in capsule.outcomes],
        "hasIndicator": [one.id for one in capsule.indicators],
    }


def _address(of: Address) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:Address",
        "streetAddress": of.street,
        "addressLocality": of.locality,
        "addressRegion": of.region,
        "addressCountry": of.country,
        "postalCode": of.postal_code,
    }


def _theme(of: Theme) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:Theme",
        "hasName": of.name,
        "hasDescription": of.description,
    }


def _outcome(of: Outcome, owner: str) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:Outcome",
        "hasName": of.name,
        "hasDescription": of.description,
        "forOrganization": owner,
        "forTheme": list(of.themes),
        "hasIndicator": list(of.indicators),
        SEE_ALSO: _links(of.see_also),
    }


def _indicator(of: Indicator, owner: str, capsule: Capsule) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:Indicator",
        "hasName": of.name,
        "hasDescription": of.description,
        "unitDescription": of.unit,
        "forOrganization": owner,
        "cids:definedBy": {"@id": owner},
        "forOutcome": list(of.outcomes),
        "forTheme": list(of.themes),
        "hasBaseline": _measure(f"{of.id}/baseline", of.baseline),
        "cids:hasTarget": _links(target.id for target in of.targets),
        "hasIndicatorReport": [one.id for one in capsule.reports if one.indicator == of.id],
        SEE_ALSO: _links(of.see_also),
    }


def _target(of: Target) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:Target",
        "hasName": of.name,
        "cids:hasComment": of.comment,
        "value": _measure(f"{of.id}/value", of.value),
        "startedAtTime": _begins(of.start),
        "endedAtTime": _ends(of.end),
        "sch:dateCreated": _typed(_begins(of.created)),
    }


def _report(of: Report, owner: str) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:IndicatorReport",
        "hasName": of.name,
        "cids:hasComment": of.comment,
        "forIndicator": of.indicator,
        "forOrganization": owner,
        "cids:forTarget": {"@id": of.target} if of.target else None,
        "startedAtTime": _begins(of.start),
        "endedAtTime": _ends(of.end),
        "value": _measure(f"{of.id}/value", of.value),
    }


def _stakeholder(of: Stakeholder, owner: str) -> Node:
    return {
        "@id": of.id,
        "@type": f"cids:{of.role}",
        "hasName": of.name,
        "hasDescription": of.description,
        "forOrganization": owner,
        "hasCatchmentArea": of.area,
        SEE_ALSO: _links([of.organization] if of.organization else []),
    }


def _stakeholder_outcome(of: StakeholderOutcome) -> Node:
    return {
        "@id": of.id,
        "@type": "cids:StakeholderOutcome",
        "hasName": of.name,
        "hasDescription": of.description,
        "forOutcome": of.outcome,
        "forStakeholder": of.stakeholder,
        "isUnderserved": of.underserved,
        "hasImportance": of.importance,
        "intendedImpact": of.intended,
    }


def _impact_report(of: ImpactReport, owner: str) -> Iterator[Node]:
    scale, depth = f"{of.id}/scale", f"{of.id}/depth"
    yield {
        "@id": of.id,
        "@type": "cids:ImpactReport",
        "hasName": of.name,
        "cids:hasComment": of.comment,
        "forOrganization": owner,
        "forOutcome": of.outcome,
        "hasImpactScale": scale,
        "hasImpactDepth": depth,
        "startedAtTime": _begins(of.start),
        "endedAtTime": _ends(of.end),
    }
    for kind, node, value, words in (
        ("ImpactScale", scale, of.scale, of.scale_description),
        ("ImpactDepth", depth, of.depth, of.depth_description),
    ):
        yield {
            "@id": node,
            "@type": f"cids:{kind}",
            "hasDescription": words,
            "value": _measure(f"{node}/value", value),
        }


def _measure(id: str, value: str) -> Node | None:
    """A number, as a string, with an address of its own."""
    return {"@id": id, "@type": "i72:Measure", "hasNumericalValue": value} if value else None


def _links(ids: Any) -> list[Node]:
    return [{"@id": one} for one in ids]


def _begins(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00Z" if day else None


def _ends(day: date | None) -> str | None:
    return f"{day.isoformat()}T23:59:59Z" if day else None


def _typed(moment: str | None) -> Node | None:
    return {"@value": moment, "@type": "xsd:dateTime"} if moment else None


def _bare(node: Node) -> Node:
    """Without what is not known: an empty value is no value."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _add(node: Node, name: str, value: str) -> None:
    told = node.setdefault(name, [])
    told.append(value)
