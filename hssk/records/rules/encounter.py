"""What an Encounter says of its visit besides day and place: why, how it ended, what was advised.

Source: QĐ 831/QĐ-BYT, part D; QĐ 130/QĐ-BYT, table 1 (LY_DO_VV, CHAN_DOAN_VAO, MA_LOAI_RV,
KET_QUA_DTRI). Works on resources alone; asks nothing of any database.
"""

import base64
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Resource = Mapping[str, Any]
ROLE = "http://terminology.hl7.org/CodeSystem/diagnosis-role"
ON_ADMISSION = "AD"  # of `ROLE`: what a reason tells is the illness that was thought of at first
ENDING, OUTCOME = "urn:x-hssk:ma-loai-rv", "urn:x-hssk:ket-qua-dtri"
ADVICE = "Lời dặn"  # the name under which papers of claims carry it
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Told:
    """What a visit says of itself, each part "" or empty where it does not.

    reasons   why the person came, was kept in
    admitted  the diagnosis on admission
    ending    how the visit ended (as MA_LOAI_RV: sent home, moved on); `outcome` as KET_QUA_DTRI
    staff     who examined, by the name or the number that the claim gives
    """

    reasons: tuple[str, ...] = ()
    admitted: str = ""
    ending: str = ""
    outcome: str = ""
    advice: str = ""
    staff: tuple[str, ...] = ()


def told(head: Resource, beside: Iterable[Resource] = ()) -> Told:
    """What an Encounter says of its visit.

    beside  the other resources of the visit: a paper of a claim may carry the advice, and who
            signed it, where the Encounter does not say
    """
    reasons, admitted = [], ""
    for one in head.get("reasonCode") or ():
        if _coded(one, ROLE) is not None:
            admitted = one.get("text", "")
        elif one.get("text"):
            reasons.append(one["text"])
    left = (head.get("hospitalization") or {}).get("dischargeDisposition") or {}
    papers = [one for one in beside if one.get("resourceType") == "DocumentReference"]
    staff = [part.get("individual") or {} for part in head.get("participant") or ()]
    staff = staff or [author for one in papers for author in one.get("author") or ()]
    return Told(
        reasons=tuple(dict.fromkeys(reasons)),
        admitted=admitted,
        ending=_coded(left, ENDING) or "",
        outcome=_coded(left, OUTCOME) or "",
        advice=words_of(head) or next(_advised(papers), ""),
        staff=tuple(dict.fromkeys(filter(None, map(_called, staff)))),
    )


def in_rank(head: Resource, ill: Iterable[UUID]) -> list[UUID]:
    """The illnesses of a visit, the main one first, as its Encounter ranks them; what it does not
    rank comes last, in the order in which it is given."""
    ranks = {
        one["condition"]["reference"].rpartition("/")[2]: one.get("rank", 0)
        for one in head.get("diagnosis") or ()
        if "reference" in one.get("condition", {})
    }
    return sorted(ill, key=lambda entry: ranks.get(str(entry), len(ranks) + 1))


def words_of(resource: Resource) -> str:
    """The narrative of a resource as it was typed; "" where it has none."""
    return html.unescape(_TAG.sub("", (resource.get("text") or {}).get("div", "")))


def paper_of(resource: Resource) -> str:
    """The words of a document, where it carries them."""
    for content in resource.get("content") or ():
        attached = content.get("attachment") or {}
        if attached.get("data") and attached.get("contentType", "").startswith("text/plain"):
            return base64.b64decode(attached["data"]).decode("utf-8", "replace")
    return ""


def _advised(papers: Iterable[Resource]) -> Iterator[str]:
    """What papers say under the name of advice: each thing they say is a paragraph of its own."""
    for paper in papers:
        for paragraph in paper_of(paper).split("\n\n"):
            name, parted, words = paragraph.partition(": ")
            if parted and name == ADVICE:
                yield words


def _coded(concept: Resource, system: str) -> str | None:
    """What a concept says of a list: its word there, else its code; None where it says nothing."""
    for coding in concept.get("coding") or ():
        if coding.get("system") == system:
            return coding.get("display") or coding.get("code") or ""
    return None


def _called(who: Resource) -> str:
    number = (who.get("identifier") or {}).get("value", "")
    name = who.get("display", "")
    return f"{name} ({number})" if name and number else name or number
