"""Moving is an act of two keys: the receiver proposes, somebody else accepts.

Each service looks itself at what its user may do and then acts as the machine, for whom alone
facts are written: see docs/decisions/0013.
"""

from hssk.people.services.moves.answering import (
    accept,
    answerable,
    can_answer,
    can_close,
    close,
    refuse,
    waiting_for,
    witness,
)
from hssk.people.services.moves.asking import Answer, Typed, answer_to, ask
from hssk.people.services.moves.proposing import (
    Proposal,
    Standing,
    let_propose,
    locked_within,
    propose,
    standing_of,
    withdraw_proposal,
)
from hssk.people.services.moves.replaying import accepted_after, stand, stand_again, take_back
from hssk.people.services.moves.undoing import agree_or_ask_to_undo, can_undo_alone, undo_alone

__all__ = [
    "Answer",
    "Proposal",
    "Standing",
    "Typed",
    "accept",
    "accepted_after",
    "agree_or_ask_to_undo",
    "answer_to",
    "answerable",
    "ask",
    "can_answer",
    "can_close",
    "can_undo_alone",
    "close",
    "let_propose",
    "locked_within",
    "propose",
    "refuse",
    "stand",
    "stand_again",
    "standing_of",
    "take_back",
    "undo_alone",
    "waiting_for",
    "withdraw_proposal",
    "witness",
]
