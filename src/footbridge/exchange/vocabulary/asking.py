"""Words of asking and offering: they say that there is a need, not what is needed.

Folded, and in the forms in which people write them.
"""

from __future__ import annotations

from collections.abc import Mapping

from footbridge.core.words import listed

ASKING: Mapping[str, frozenset[str]] = {
    "en": listed(
        """need needs needed needing want wants wanted look looking looks seek seeking search
        find finding help helps helping offer offers offering offered provide provides
        providing give giving get getting someone somebody anyone anybody people person thing
        things something anything nothing one two three few many lot new good best great local
        small big please like become bring come go keep know tell ask say see show take put
        try feel let place part every always first next around hello thanks thank happy day
        days week weeks month months year years hour hours time night nights today tomorrow
        work works working make makes making use used using support service services run
        running start starting able available skill skills way ways"""
    ),
    "es": listed(
        """ser hacerse traer encontrar conseguir venir ir saber decir preguntar ver mostrar tomar
        poner probar sentir lugar parte primero siempre poder puede pueden dar mejor necesito
        necesita necesitamos necesitan busco busca buscamos buscan quiero queremos ofrezco
        ofrece ofrecemos ofrecen ayuda ayudar ayudo ayudamos alguien persona personas cosa
        cosas nuevo nueva nuevos nuevas bueno buena local pequeno pequena hola gracias favor
        dia dias semana semanas mes meses hora horas noche noches tiempo trabajo trabajar
        hacer apoyo apoyar servicio servicios usar tres"""
    ),
    "fr": listed(
        """devenir apporter trouver venir aller savoir dire voir montrer prendre mettre essayer
        sentir lieu place partie premier toujours pouvoir donner mieux besoin besoins cherche
        cherchons cherchent recherche recherchons voudrais voulons offre offrons propose
        proposons aide aider aidons quelqu personne personnes gens chose choses nouveau
        nouvelle nouveaux bon bonne local petit petite bonjour merci jour jours semaine
        semaines mois heure heures nuit nuits temps an ans travail travailler soutien service
        services utiliser deux trois"""
    ),
}
