"""What reading a file of claims yields."""

from dataclasses import dataclass

Row = dict[str, str]  # tag → value; every tag of the table is there, "" where the file says nothing


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd in how a claim is packed, which did not keep it from being read.

    kind    mislabelled, unknown_table, unknown_tag, repeated_tag, empty_table
    detail  the name in question
    """

    kind: str
    table: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One visit as one HOSO tells it.

    facility  MACSKCB of the envelope, else MA_CSKCB of XML1 (or XML0), in capitals; "" where
              neither says
    made_on   NGAYLAP as it is written
    stated    how many claims the envelope says there are; None where it does not say, or says it
              only after the claims
    ordinal   of the HOSO in the file, from 1
    code      MA_LK of XML1, else of the first table that has one
    tables    "XML1" → its rows in the order of the file; tables that are there, never XML12
    inner     "XML1" → the document as it came; a second one of the same table is "XML1#2".
              What came in base64 or as text is verbatim; what came as elements is written anew
    digest    of all values by tag: the same whatever the packing, the encoding, the order of tags
    notes     what is odd in the packing
    """

    facility: str
    made_on: str
    stated: int | None
    ordinal: int
    code: str
    tables: dict[str, list[Row]]
    inner: dict[str, bytes]
    digest: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A HOSO that could not be read; the others of the file are none the worse.

    kind, message, advice  as in UnreadableFile
    code                   MA_LK, where a table before the broken one told it, else ""
    raw                    the HOSO in UTF-8, its text verbatim
    """

    facility: str
    made_on: str
    ordinal: int
    code: str
    kind: str
    message: str
    advice: str
    raw: bytes
