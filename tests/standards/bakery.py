"""A bakery and a food bank that save bread together, told as the standard wants it."""

from datetime import date

from footbridge.standards import (
    Address,
    Area,
    Capsule,
    Fact,
    ImpactReport,
    Indicator,
    Organization,
    Outcome,
    Report,
    Role,
    Stakeholder,
    StakeholderOutcome,
    Target,
    address,
    goal,
    metric,
)

BASE = "https://bridge.example"
SPRING, SUMMER = date(2026, 1, 1), date(2026, 6, 30)


def at(kind: str, key: str) -> str:
    return address(BASE, kind, key)


HUNGER = goal(2, "Hunger")


def plain() -> Capsule:
    """As small as a capsule can be: organisation, theme, outcome, indicator, report."""
    return Capsule(
        Organization(at("organization", "bakery"), "Harbour Bakery"),
        themes=(HUNGER,),
        outcomes=(
            Outcome(
                at("outcome", "bread"),
                "Bread is eaten",
                "Less is thrown away",
                themes=(HUNGER.id,),
                indicators=(at("indicator", "kilos"),),
            ),
        ),
        indicators=(
            Indicator(
                at("indicator", "kilos"),
                "Bread given on",
                "kg",
                "Weighed at the door",
                outcomes=(at("outcome", "bread"),),
            ),
        ),
        reports=(
            Report(
                at("report", "1"),
                at("indicator", "kilos"),
                "Half a year",
                "412.50",
                SPRING,
                SUMMER,
                "One scale was broken in March.",
            ),
        ),
    )


def full() -> Capsule:
    """With baseline, target, stakeholders, what it is for each, a period's claim, and our facts."""
    small = plain()
    kilos = small.indicators[0]
    return Capsule(
        Organization(
            small.organization.id,
            "Harbour Bakery",
            addresses=(
                Address(at("address", "1"), "Quay 1", "Saltmarket", "Coast", "GB", "SM1 1AA"),
            ),
        ),
        themes=small.themes,
        outcomes=small.outcomes,
        indicators=(
            Indicator(
                kilos.id,
                kilos.name,
                kilos.unit,
                kilos.description,
                outcomes=kilos.outcomes,
                themes=(HUNGER.id,),
                baseline="100",
                targets=(
                    Target(at("target", "1"), "By summer", "400", SPRING, SUMMER, SPRING, "agreed"),
                ),
                see_also=(metric("OI1479"),),
            ),
        ),
        reports=(
            Report(
                at("report", "1"),
                kilos.id,
                "Half a year",
                "412.50",
                SPRING,
                SUMMER,
                target=at("target", "1"),
            ),
        ),
        stakeholders=(
            Stakeholder(at("stakeholder", "guests"), "Guests", "Who eats here", area=Area.LOCAL),
            Stakeholder(
                at("stakeholder", "food-bank"),
                "Tideway Food Bank",
                "Gives the bread on",
                Role.CONTRIBUTING,
                Area.LOCAL,
                at("organization", "food-bank"),
            ),
        ),
        stakeholder_outcomes=(
            StakeholderOutcome(
                at("stakeholder-outcome", "1"),
                at("stakeholder", "guests"),
                at("outcome", "bread"),
                "Bread for guests",
                "They eat it",
                underserved=True,
                importance="highImportance",
                intended="positive",
            ),
        ),
        impact_reports=(
            ImpactReport(
                at("impact-report", "1"),
                at("outcome", "bread"),
                "First half of 2026",
                "Bread reached 80 guests.",
                "80",
                "5.15",
                SPRING,
                SUMMER,
                "guests",
                "kg for each",
            ),
        ),
        facts=(
            Fact(at("outcome", "bread"), "claimLevel", "2"),
            Fact(at("organization", "bakery"), "ratio", "1.44"),
            Fact(at("outcome", "bread"), "rival", "The supermarket began to give as well."),
        ),
    )
