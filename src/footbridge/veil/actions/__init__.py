"""What can be done under the radar, and by the few who meet someone from there."""

from footbridge.veil.actions.going import begin, come_out, erase, hide
from footbridge.veil.actions.meeting import answer, say_yes, send_card, withdraw
from footbridge.veil.actions.operating import forget_what_is_over, open_record
from footbridge.veil.actions.own import be_glad_of_peers, block, edit, know, unblock, unknow
from footbridge.veil.actions.proving import ask_mailbox, prove_mailbox, vouch, vouch_path
from footbridge.veil.actions.welcoming import say_standing_yes, take_cards, take_yes_back

__all__ = [
    "answer",
    "ask_mailbox",
    "be_glad_of_peers",
    "begin",
    "block",
    "come_out",
    "edit",
    "erase",
    "forget_what_is_over",
    "hide",
    "know",
    "open_record",
    "prove_mailbox",
    "say_standing_yes",
    "say_yes",
    "send_card",
    "take_cards",
    "take_yes_back",
    "unblock",
    "unknow",
    "vouch",
    "vouch_path",
    "withdraw",
]
