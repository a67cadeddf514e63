"""How much each kind of reason counts for the question at hand.

The engine's own weights favour mutual acquaintances, the best single sign of who becomes a partner
of whom. Someone who has said what they need came for that first; and who asks in a sentence wants
an answer to the sentence, the warm way there second.
"""

from __future__ import annotations

from footbridge.engine import fit

FOR_A_MEMBER = fit.Learned(
    weights=fit.Weights(
        answers_you=0.26,
        you_answer=0.12,
        both_ways=0.16,
        shared_cause=0.10,
        acquaintances=0.13,
        warmth=0.07,
        place=0.06,
        language=0.02,
        values=0.03,
        capacity=0.03,
        stage=0.02,
    )
)
FOR_A_SENTENCE = fit.Learned(
    weights=fit.Weights(
        answers_you=0.60,
        you_answer=0.01,
        both_ways=0.01,
        shared_cause=0.10,
        acquaintances=0.10,
        warmth=0.06,
        place=0.06,
        language=0.02,
        values=0.01,
        capacity=0.02,
        stage=0.01,
    )
)
