"""A claim as it goes over the pipe to the parent: plain containers, the resources as written JSON.

The parent keeps what it gets and never opens the XML.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

import orjson

from hssk.exchange.formats.claims_xml.bill import shares_of
from hssk.exchange.formats.claims_xml.certified import certified
from hssk.exchange.formats.claims_xml.checkups.counted import counted_of, is_checkup
from hssk.exchange.formats.claims_xml.checkups.telling import OF_THE_MIND, told_by_ticks
from hssk.exchange.formats.claims_xml.identity import Identity, identity_of
from hssk.exchange.formats.claims_xml.model import Claim, Refused, Row
from hssk.exchange.formats.claims_xml.rules import Finding, findings_of
from hssk.exchange.formats.claims_xml.tables import KEPT
from hssk.exchange.formats.claims_xml.to_fhir import IcdNames, hints_of, resources_of
from hssk.exchange.formats.claims_xml.to_fhir.visit import Visit
from hssk.exchange.formats.claims_xml.values import day_of, icd_codes, remembered
from hssk.records.rules.icd10 import (
    FEMALE,
    FORBIDDEN,
    MALE,
    NOT_AS_MAIN,
    NOT_IN_EDITION,
    OTHER_SEX,
    doubts,
)
from hssk.records.rules.icd10_loaded import edition_at
from hssk.records.rules.labels import closed

# What is kept with the row, for whoever asks which line of the file it was: who it is about, and
# nothing of their health, for the clerk who decides pairs sees it.
SHOWN = ("HO_TEN", "NGAY_SINH", "GIOI_TINH", "DIA_CHI", "MAXA_CU_TRU")
# What each text names; what is not here, and not of the person, may name anything.
_KINDS = {
    "TEN_THUOC": "drug", "TEN_DICH_VU": "service", "TEN_VAT_TU": "service", "TEN_CHI_SO": "test",
    "MA_BENH_CHINH": "icd", "MA_BENH_KT": "icd", "MA_BENH": "icd",
    "MA_KHOA": "department", "MA_KHOA_RV": "department",
    # where nothing has a name, as in check-ups, programs write it in the place of the code
    "MA_CHI_SO": "test", "MA_DICH_VU": "service",
}  # fmt: skip
# how the tags begin of illnesses that are written out, often as `B20 - …`
_DIAGNOSES = ("CHAN_DOAN", "KET_LUAN_BENH", "TSBT_MA_BENH", "TSGD_MA_BENH", "BENH_DANG_DIEU_TRI")
_OF_THE_PERSON = re.compile(
    r"HO_?TEN|DIA_?CHI|NOI_CU_TRU|NOI_?CAP|NGUOI_|DON_VI|TEN_BS|TEN_CHA|TEN_ME"
)
_TELLING = re.compile(r"[A-Za-z]|[^\x00-\x7f]")  # amounts and moments name nothing
_WITHDRAWN = "8"  # of MA_DOITUONG_KCB: the facility takes the visit back (QĐ 3276/QĐ-BYT, 2025)
_UNTOLD = frozenset({"XML6", "XML7", "XML9", "XML10", "XML11", "XML15"})
# the code itself is not named: whoever decides pairs reads this beside a person's name
_DOUBTS = {
    NOT_IN_EDITION: "Một mã bệnh không có trong danh mục ICD-10 áp dụng cho lần khám này.",
    NOT_AS_MAIN: "Mã bệnh chính không được dùng làm bệnh chính theo danh mục ICD-10.",
    OTHER_SEX: "Một mã bệnh không dùng cho giới của người bệnh theo danh mục ICD-10.",
    FORBIDDEN: "Một mã bệnh không được dùng theo danh mục ICD-10.",
}
# beside other remarks alone: by itself it would put every claim among those to be looked at
_UNLOADED = {
    "column": "", "severity": "warning", "params": {}, "place": "ICD-10",
    "message": "Lúc nhận tệp, danh mục mã bệnh của ngày ra viện chưa được nạp.",
    "advice": "Mã bệnh được giữ nguyên và chưa được kiểm tra.",
}  # fmt: skip
_CODE = "Chọn lại mã trong danh mục, rồi xuất lại hồ sơ."
_VALUES = frozenset({"value", "other", "expected"})  # of params: what the claim itself says
_MOST_TOLD = 20
_LONGEST_CODE = 120  # a facility, and a number of the 100 signs that the annex lets it have
# what a hint says in the terms of the table of labels; how somebody was hurt, as a code of that
_HINTS = {
    "hiv": ("table", "XML6"), "pregnancy_ended": ("any", "đình chỉ thai"),
    "violence": ("icd", "Y07"), "suicide": ("icd", "X84"),
}  # fmt: skip


def packed(item: Claim | Refused, icd: IcdNames | None = None) -> dict[str, Any]:
    """What the parent needs of one claim, or why there is none: what is `staged` of it and, of one
    that could be read, made (the resources as JSON)."""
    whole = staged(item)
    return whole if isinstance(item, Refused) else {**whole, "made": _made(item, icd)}


def staged(item: Claim | Refused) -> dict[str, Any]:
    """What is kept of one claim besides its resources, or why there is none.

    Of a claim: ordinal, facility, code, facts (as `facts_of` gives them; None where nothing says
    whom it is about), cells, commune, on (yyyy-mm-dd or ""), visit (id of the Encounter or ""),
    said ((kind, text) that may be sensitive), cost (the four of `bill.shares_of` in digits, or
    None), counted (of a check-up: codes of its groups with `;`, of whose money it was; else None),
    findings (as problems of a row), unloaded (whether the edition of its codes of illness is
    not loaded, so that nobody has judged them), born (what `certified` tells). Of a refused one:
    ordinal, facility, code, refused (message, advice).
    """
    known = {"ordinal": item.ordinal, "facility": item.facility, "code": item.code}
    if isinstance(item, Refused):
        return {**known, "refused": (item.message, item.advice)}
    identity = identity_of(item)
    head, said = _head(item), sorted(_said(item))
    return {
        **known,
        "facts": facts_of(identity, _entered_as(item, identity)) if identity else None,
        "cells": [head.get(tag, "") for tag in SHOWN],
        "commune": identity.commune if identity else "",
        "on": identity.on.isoformat() if identity and identity.on else "",
        "visit": Visit(item).encounter.get("reference", "").removeprefix("Encounter/"),
        "cost": _cost(item),
        "counted": _counted(item),
        "said": said,
        "findings": [] if closed(said) else _told(item),
        "unloaded": is_unloaded(item),
        "born": [] if head.get("MA_DOITUONG_KCB") == _WITHDRAWN else certified(item, identity),
    }


def _cost(claim: Claim) -> list[str | None] | None:
    shares = shares_of(claim)
    return shares if shares is None else [None if part is None else str(part) for part in shares]


def _counted(claim: Claim) -> tuple[str, str] | None:
    counted = counted_of(claim)
    return (";".join(counted.groups), counted.paid) if counted else None


def _head(claim: Claim) -> Row:
    """The row that says whose visit it was; nothing where the claim has none."""
    return next(iter(claim.tables.get("XML1") or claim.tables.get("XML0") or ()), {})


def _made(claim: Claim, icd: IcdNames | None) -> bytes:
    """The resources as JSON, each with what lists need of it; none of a visit taken back."""
    if _head(claim).get("MA_DOITUONG_KCB") == _WITHDRAWN:
        return b"[]"
    return orjson.dumps(
        [
            (one.resource, one.section, one.day, one.precision, one.code, one.display)
            for one in resources_of(claim, icd=icd)
        ]
    )


def _told(claim: Claim) -> list[dict[str, Any]]:
    """What is wrong with a claim, as the problems of a row: where, what, and what to do.

    Whoever decides pairs sees them, so they tell nothing that the claim says, and a visit that
    is sensitive has none.
    """
    found = [one for one in findings_of(claim) if one.table not in _UNTOLD]
    told = [*_doubted_codes(claim), *map(_problem_of, found[:_MOST_TOLD])]
    return [*told, _UNLOADED] if told and is_unloaded(claim) else told


# a child process reads one file: what is loaded meanwhile counts for the next
_edition_at = lru_cache(maxsize=1000)(edition_at)


def is_unloaded(claim: Claim) -> bool:
    """Whether the visit ended on a day whose edition of ICD-10 is not loaded: its codes are kept as
    they came, and no finding judges them."""
    row, ended = _ended(claim)
    if row is None or ended is None or (is_checkup(claim) and not row["MA_BENH_CHINH"]):
        return False  # whom a check-up finds healthy has no code
    return _edition_at(ended) is None


def _ended(claim: Claim) -> tuple[Row | None, date | None]:
    row = next(iter(claim.tables.get("XML1", ())), None)
    return row, (day_of(row["NGAY_RA"]) or day_of(row["NGAY_VAO"])) if row else None


def _doubted_codes(claim: Claim) -> Iterator[dict[str, Any]]:
    """Codes of illness that their edition does not have, or not so; none where it is not loaded."""
    row, ended = _ended(claim)
    edition = _edition_at(ended)
    if row is None or edition is None:
        return
    sex = {"1": MALE, "2": FEMALE}.get(row["GIOI_TINH"], 0)
    for tag in ("MA_BENH_CHINH", "MA_BENH_KT"):
        for code in icd_codes(row[tag]):
            for doubt in doubts(code, edition, sex=sex, is_main=tag == "MA_BENH_CHINH"):
                said = {"severity": "warning", "params": {}, "advice": _CODE}
                yield said | {"column": "", "place": f"XML1 · 1 · {tag}", "message": _DOUBTS[doubt]}


def _problem_of(one: Finding) -> dict[str, Any]:
    return {
        "column": "",
        "place": f"{one.table} · {one.line} · {one.tag}" if one.line else one.table,
        "severity": "warning",
        "message": one.words,
        "params": one.params | dict.fromkeys(_VALUES & one.params.keys(), "…"),
        "advice": one.advice,
    }


def _entered_as(claim: Claim, identity: Identity) -> str:
    """What one patient of a facility is told from all others by: its own number of the patient, or
    of the visit where it gave none. Another facility gives the same number to somebody else."""
    return f"{claim.facility} {identity.patient_code or claim.code}"[:_LONGEST_CODE]


def facts_of(identity: Identity, entered_as: str) -> dict[str, Any]:
    """What is said of the person, under the names of facts; what is not said is left out.

    entered_as  what tells a patient who is called by no name from all others (`_entered_as`)

    A newborn under a parent's name, and whoever has none, is not called by it: nobody is found by a
    name that is not theirs, nor by the parent's number. Whose child it is stands apart (`parent`).
    """
    own = identity.may_match_by_name
    card = identity.cards[-1] if identity.cards else None
    facts = {
        "address": identity.address[:500],
        "bhxh": card.bhxh if card else "",
        "birth": identity.birth.number if identity.birth else 0,
        "card": card.number if card and len(card.number) == 15 else "",
        "cmnd": identity.cmnd if own else "",
        "name": identity.name if own else "",
        # two who are born on one day and have no name are not each other
        "number": "" if own else entered_as,
        "parent": identity.name if identity.newborn_under_parent else "",
        "parent_number": (identity.pid or identity.cmnd) if identity.newborn_under_parent else "",
        "phone": identity.phone,
        "pid": identity.pid if own else "",
        "place": card.facility if card else "",
        "sex": identity.sex,
    }
    return {name: value for name, value in facts.items() if value}


def _named_by(tag: str) -> tuple[str, ...]:
    """What a text under `tag` names; nothing where it is of the person, or of nobody's health."""
    if _OF_THE_PERSON.search(tag) or tag in OF_THE_MIND:  # which told_by_ticks judges
        return ()
    return ("note", "icd") if tag.startswith(_DIAGNOSES) else (_KINDS.get(tag, "note"),)


def _kinds_of(tags: Iterable[str]) -> list[tuple[str, Callable[[Row], Iterable[str]]]]:
    """(kind, what of a row with these tags names such) of each kind."""
    by_kind: dict[str, list[str]] = {}
    for tag in tags:
        for kind in _named_by(tag):
            by_kind.setdefault(kind, []).append(tag)
    # twice the first, for of one tag alone it would give no list
    return [(kind, itemgetter(*of, of[0])) for kind, of in by_kind.items()]


@remembered
def _tells(text: str) -> bool:
    return _TELLING.search(text) is not None


_KINDS_IN = {table: _kinds_of(tags) for table, tags in KEPT.items()}


def _said(claim: Claim) -> set[tuple[str, str]]:
    """Every text of a claim that could tell of something sensitive, with what kind of thing it
    names."""
    texts: dict[str, set[str]] = {}
    for table, rows in claim.tables.items():
        for kind, of in _texts_in(table, rows):
            texts.setdefault(kind, set()).update(of)
    said = {(kind, text) for kind, of in texts.items() for text in of if _tells(text)}
    said.update(told_by_ticks(claim))
    return said | {_HINTS[hint] for hint in hints_of(claim) if hint in _HINTS}


def _texts_in(table: str, rows: list[Row]) -> Iterator[tuple[str, Iterable[str]]]:
    """The texts of a table by what they name; what stands under strange tags, row by row."""
    if all(len(row) == len(KEPT[table]) for row in rows):  # no tag that is not of the table
        for kind, texts_of in _KINDS_IN[table]:
            yield kind, chain.from_iterable(map(texts_of, rows))
        return
    for row in rows:
        for kind, texts_of in _kinds_of(row):
            yield kind, texts_of(row)
