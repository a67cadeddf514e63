"""Whom in an organisation to turn to first, told by the words of their role.

Those whose work is to reach out answer a stranger sooner than the head does, who is asked by
everyone: so mandate first, then marketing, press, partnerships and community, the head last.
"""

from __future__ import annotations

import enum

from django.utils.translation import gettext_lazy as _

from footbridge.core.words import tokens


class Rank(enum.IntEnum):
    """How soon to turn to someone; the lower, the sooner."""

    MANDATE = 0
    OUTREACH = 1
    OTHER = 2
    HEAD = 3

    @property
    def why(self) -> str:
        return str(_WHY[self])


_WHY = {
    Rank.MANDATE: _("has a mandate to agree to things"),
    Rank.OUTREACH: _("reaching out is their work"),
    Rank.OTHER: _("works there"),
    Rank.HEAD: _("heads it, and is asked by everyone"),
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OUTREACH = _words(
    """marketing pr press media communications communication comms publicity partnership
    partnerships partnering alliances alliance community engagement outreach relations csr
    sustainability brand membership volunteering
    comunicacion comunicaciones prensa medios publicidad alianzas alianza colaboraciones
    asociaciones comunidad comunitaria comunitario relaciones mercadotecnia sostenibilidad rsc
    voluntariado divulgacion difusion marca
    communications presse medias publicite partenariat partenariats alliances communaute
    mecenat durable rse benevolat relation marque rayonnement"""
)

_HEADS = _words(
    """ceo chief president chair chairman chairwoman chairperson founder cofounder owner head
    managing executive proprietor
    presidente presidenta fundador fundadora cofundador cofundadora dueno duena propietario
    propietaria gerente directora director
    pdg dg presidente president fondateur fondatrice cofondateur cofondatrice directeur directrice
    dirigeant dirigeante gerant gerante patron patronne proprietaire"""
)


def rank(role: str, *, has_mandate: bool) -> Rank:
    """How soon to turn to someone in this role. A director of communications reaches out.

    >>> rank("Head of Partnerships", has_mandate=False).name
    'OUTREACH'
    >>> rank("Directrice générale", has_mandate=False).name
    'HEAD'
    """
    if has_mandate:
        return Rank.MANDATE
    words = set(tokens(role))
    if words & _OUTREACH:
        return Rank.OUTREACH
    return Rank.HEAD if words & _HEADS else Rank.OTHER
