"""What reading a file of claims yields."""

import hashlib
from dataclasses import dataclass
from itertools import islice

from hssk.exchange.formats.claims_xml.tables import KEPT

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
    notes     what is odd in the packing
    """

    facility: str
    made_on: str
    stated: int | None
    ordinal: int
    code: str
    tables: dict[str, list[Row]]
    inner: dict[str, bytes]
    notes: tuple[Note, ...] = ()

    @property
    def digest(self) -> str:
        """A fingerprint of all values by tag, as 64 hex digits: the same whatever the packing, the
        encoding, the order of tags."""
        parts = [self.facility]
        for table in sorted(self.tables):
            known = len(KEPT[table])
            for row in self.tables[table]:
                parts.append(table)
                parts.extend(islice(row.values(), known))  # the tags of the table, in its order
                if len(row) > known:
                    parts.extend(f"{tag}={row[tag]}" for tag in sorted(islice(row, known, None)))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()  # no XML holds an \x1f


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
