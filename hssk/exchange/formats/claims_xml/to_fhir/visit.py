"""What all resources of one claim share: their numbers, the visit they are of, the wrapping."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from hssk.exchange.formats.claims_xml.checkups.counted import is_checkup
from hssk.exchange.formats.claims_xml.checkups.tables import TABLE as CHECK_UP
from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.to_fhir.parts import SELF, Resource, pruned
from hssk.exchange.formats.claims_xml.to_fhir.systems import edition_on
from hssk.exchange.formats.claims_xml.values import Moment, moment

# Named once and for ever: with another, no claim would ever find its own resources again.
_NAMESPACE = uuid.UUID("6f0c8c1e-6f3e-5a35-9d43-0a7a2c1b8e51")
_VARIANTS = "89ab"  # RFC 9562: the first two bits of the ninth byte are 10
IcdNames = Callable[[str, str], str | None]
"""(code, system of the edition) → its Vietnamese name; None where the edition has no such code."""


@dataclass(frozen=True, slots=True)
class Made:
    """One FHIR R4 resource of a claim, with the few columns that lists and counts need.

    resource   with a stable `id`; its subject is Patient/self
    section    visits, conclusion, medicines, procedures, results, examinations, documents,
               referrals, appointments
    day, precision  when it is of: D, M or Y; None and "" where the claim gives no moment
    code, display   what it is
    table, line     where it stood: line from 1
    """

    resource: Resource
    section: str
    day: date | None
    precision: str
    code: str
    display: str
    table: str
    line: int


@dataclass
class Visit:
    """A claim about to be mapped. Not frozen: what is known of it is worked out once."""

    claim: Claim
    icd: IcdNames | None = None
    _keys: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def summary(self) -> Row | None:
        """The row of XML1, if there is one."""
        rows = self.claim.tables.get("XML1")
        return rows[0] if rows else None

    @cached_property
    def began(self) -> Moment | None:
        """When the person came."""
        return moment(self.summary["NGAY_VAO"]) if self.summary else None

    @cached_property
    def ended(self) -> Moment | None:
        """When the visit ended; when it began, where that is not told."""
        return (moment(self.summary["NGAY_RA"]) if self.summary else None) or self.began

    @cached_property
    def edition(self) -> str:
        """The system of the visit's codes of illness."""
        return edition_on(self.ended.day if self.ended else None)

    @cached_property
    def encounter(self) -> dict[str, str]:
        """A reference to the Encounter; nothing where the claim makes none."""
        if self.summary is None:
            return {}
        return {"reference": f"Encounter/{self.id_of('XML1', 1, 'encounter')}"}

    def lines(self, table: str) -> Iterator[tuple[int, Row]]:
        """The rows of a table with their numbers from 1."""
        return enumerate(self.claim.tables.get(table, ()), 1)

    def id_of(self, table: str, line: int, kind: str) -> str:
        """The same claim, sent again, gives the same id: facility, MA_LK, table, STT, kind.

        A claim without MA_LK goes by its content. A check-up that is paid by insurance comes as a
        claim, too, often under one MA_LK: neither is a later sending of the other. It is what
        `uuid.uuid5` makes of these names within the namespace; what they have in common is
        digested once.
        """
        digest = self._named.copy()
        digest.update("\x1f".join((table, self._key(table, line), kind)).encode())
        made = digest.hexdigest()
        variant = _VARIANTS[int(made[16], 16) & 3]
        return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"

    @cached_property
    def _named(self) -> "hashlib._Hash":
        names = f"{self.claim.facility}\x1f{self.claim.code or self.claim.digest}\x1f"
        if is_checkup(self.claim):
            names = f"{CHECK_UP}\x1f{names}"
        return hashlib.sha1(_NAMESPACE.bytes + names.encode(), usedforsecurity=False)

    def _key(self, table: str, line: int) -> str:
        """STT of a line; its place where there is none. A second line of the same STT is told
        from the first. XML1 has one row, and its STT is a place in the file, not in the claim."""
        if table == "XML1":
            return "1"
        if table not in self._keys:
            seen: dict[str, None] = {}
            for place, row in self.lines(table):
                key = row.get("STT") or f"#{place}"
                seen[key if key not in seen else f"{key}#{place}"] = None
            self._keys[table] = list(seen)
        return self._keys[table][line - 1]

    def made(
        self,
        resource: Resource,
        *,
        kind: str,
        section: str,
        at: Moment | None,
        table: str,
        line: int = 1,
        code: str = "",
        display: str = "",
    ) -> Made:
        """A resource with its id, without what is empty, wrapped.

        at  when it is of; the end of the visit where it does not say
        """
        whole = {
            "resourceType": resource["resourceType"],
            "id": self.id_of(table, line, kind),
            **resource,
        }
        if resource["resourceType"] != "Appointment":  # whose person is a participant
            whole["subject"] = SELF
        at = at or self.ended
        return Made(
            pruned(whole), section, at.day if at else None, at.known.precision if at else "",
            code, display, table, line,
        )  # fmt: skip
