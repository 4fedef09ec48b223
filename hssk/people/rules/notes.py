"""What the note column of a roster says of a person: how they live here, away, left, dead, new.

The words are those of village lists; what is not understood changes nothing. KT2, KT3 and KT4 are
the old kinds of temporary registration, KT1 the permanent one (Luật Cư trú 2006, until 1/7/2021).
"""

import re
from dataclasses import dataclass

from hssk.kit.text import clean, fold

CURRENT, TEMPORARY, PERMANENT = _KINDS = ("current", "temporary", "permanent")


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note says.

    residence_kind  current (lives here in fact), temporary or permanent; permanent when unsaid
    away            registered here but living elsewhere at present
    left, died      no longer a resident
    moved_in        came recently
    understood      False when the note has words and none of them is known
    """

    residence_kind: str = PERMANENT
    away: bool = False
    left: bool = False
    died: bool = False
    moved_in: bool = False
    understood: bool = True


_ELSEWHERE = (
    r"(?:noi|tinh|xa|huyen|phuong|thanh pho|tp|dia phuong|cho|nuoc|thon|ban|to) (?:o )?khac"
)
# Over folded text. Each says one thing; what a pattern must not mean stands in its lookarounds.
_HOME = r"(?:(?:ho khau|khau|ho|cu|nha|cho o|noi o|het|han) )?"
# Over folded text. Each says one thing; what a pattern must not mean stands in its lookarounds.
_PATTERNS = {
    "died": re.compile(
        r"\b(?:chet|tu vong|qua doi|tu tran|khai tu|bao tu|^mat$"
        r"|(?:da|moi|vua) mat(?! (?:cccd|cmnd|can cuoc|the|giay|so|lien|tich|dien|suc|dat|viec))"
        r"|(?<!vang )(?<!co )mat (?:ngay|thang|nam|luc|do|tai|\d))"
    ),
    "left": re.compile(
        rf"\b(?:chuyen {_HOME}(?:di|khoi|ra khoi)\b"
        rf"|chuyen {_HOME}(?:den|toi|sang|ve|qua) {_ELSEWHERE}"
        r"|(?:cat|xoa) (?:ho )?khau|(?:cat|xoa) (?:dang ky )?thuong tru|xoa ten"
        r"|di khoi|roi khoi|dinh cu (?:o |tai )?(?:nuoc ngoai|noi khac)|da chuyen$"
        r"|khong con (?:o|cu tru|sinh song|thuong tru)\b)"
    ),
    "moved_in": re.compile(
        r"\b(?:(?:moi|vua) (?:chuyen|den|ve|nhap)\b|nhap (?:ho )?khau|nhap cu"
        rf"|chuyen (?:den|ve)(?! {_ELSEWHERE})(?= (?:tu|ngay|thang|nam|o|day|dia|\d)|$)"
        r"|chuyen tu .+ (?:den|ve)\b)"
    ),
    "away": re.compile(
        r"\b(?:lam an xa|di lam (?:an|xa|thue|cong|viec|o|tai|cty)|lam (?:viec )?xa"
        r"|di xa|vang mat|tam vang|di vang|vang nha"
        r"|(?<!dieu tri )noi tru|di hoc (?:xa|o|tai|dai hoc|cao dang|trung cap|nghe)|hoc xa|du hoc"
        r"|hoc (?:dai hoc|cao dang)|xuat khau lao dong|xkld|di lao dong|lao dong (?:o |tai )?nuoc"
        r"|nghia vu quan su|nvqs|di bo doi|nhap ngu|nghia vu cong an"
        r"|di tu|trai giam|tam giam|(?:chap|thi) hanh an|cai nghien"
        r"|(?:o|di) nuoc ngoai|di cong tac|di bien phong|lay chong (?:xa|noi khac)|di lay chong"
        r"|bo di|bo nha di|khong (?:\w+ )?(?:o|tai) dia phuong|khong co mat"
        r"|khong (?:cu tru|sinh song|o) (?:tai |o )?(?:day|dia phuong|ban|thon|to))"
    ),
    TEMPORARY: re.compile(
        r"\b(?:tam tru|kt ?[234]|luu tru|o tro|thue tro|o nho|o thue|thue nha|nha thue)\b"
    ),
    CURRENT: re.compile(
        r"\b(?:thuc te (?:dang )?(?:cu tru|sinh song|song|o)|(?:noi )?o hien (?:tai|nay)"
        r"|(?:dang|hien) (?:cu tru|sinh song|song|o) (?:tai |o )?(?:day|dia phuong|ban|thon|to)\b"
        r"|thuong xuyen o (?:day|dia phuong|nha))"
    ),
    PERMANENT: re.compile(r"\b(?:thuong tru|hktt|kt ?1|co ho khau)\b"),
}
_NEGATION = re.compile(
    r"\b(?:khong phai|khong|ko|kg|chua|chang|het|het han|thoi|huy)"
    r"(?: (?:con|dang ky|lam|thu tuc|thoi|han|dien|bi|he|di|co|khai bao)){0,3} $"
)
_RETURNED = re.compile(
    r"\b(?:da|moi|vua|nay) (?:di (?:\w+ ){1,3})?(?:tro |quay )?(?:ve|lai|hoi huong)(?! huu)\b"
)
# the death of somebody else in the family: "chồng đã chết", "bố mẹ mất"
_RELATIVE = re.compile(
    r"\b(?:chong|vo|bo|me|cha|ma|con|ong|ba|anh|chi|em|chau|chu ho|bo me|cha me|gia dinh)"
    r"(?: (?:trai|gai|de|vo|chong|noi|ngoai|da|deu|moi|bi|cung|da bi|vua|mat|ruot))* ?$"
)
# a face, an eye, cool, honey: other words that lose their marks to "mất"
_NOT_LOST = re.compile(r"\bm[ặắáậ]t\b")
_CLAUSES = re.compile(r"[,;./+&()\n]+|\bnhung\b|\bva\b| - ")


def understand_note(text: str) -> NoteFacts:
    """What a note says of the person on whose row it stands.

    text     as written, marked or not: "tạm trú, đi làm ăn xa", "chưa chuyển đi", "KT3"
    returns  NoteFacts; of an empty note, a permanent resident about whom nothing is said.
             Somebody else's death ("chồng đã chết") and lost things ("mất CCCD") are not the
             person's own; "không", "chưa", "hết" before a word take it back, "đã về" ends an
             absence
    """
    clauses = [clause.strip() for clause in _CLAUSES.split(fold(_unlike_lost(text)))]
    said = {fact for clause in clauses for fact in _facts_of(clause)}
    if "away" in said and any(_RETURNED.search(clause) for clause in clauses):
        said -= {"away", "moved_in"}
    gone = bool(said & {"left", "died"})
    spoken = any(pattern.search(clause) for pattern in _PATTERNS.values() for clause in clauses)
    return NoteFacts(
        residence_kind=next((kind for kind in _KINDS if kind in said), PERMANENT),
        away="away" in said and not gone,
        left="left" in said,
        died="died" in said,
        moved_in="moved_in" in said and not gone,
        understood=spoken or not any(clauses),
    )


def _unlike_lost(text: str) -> str:
    """The note in small letters with "mặt" and its like out of the way of "mất", but for "vắng
    mặt" and "có mặt", which are words of their own here."""
    lowered = clean(text).lower().replace("vắng mặt", "vang mat").replace("có mặt", "co mat")
    return _NOT_LOST.sub("_", lowered)


def _facts_of(clause: str) -> set[str]:
    """What one clause says, each pattern unless it is negated or speaks of a relative."""
    said = set()
    for fact, pattern in _PATTERNS.items():
        for match in pattern.finditer(clause):
            before = clause[: match.start()]
            if _NEGATION.search(before) or (fact == "died" and _RELATIVE.search(before)):
                continue
            said.add(fact)
    return said
