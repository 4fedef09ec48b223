"""What records refuse."""

from collections.abc import Sequence
from uuid import UUID

from hssk.records.rules.fhir import Fault


class Unsound(Exception):
    """A resource is not sound FHIR; nothing of what came with it was written."""

    def __init__(self, entry: UUID, faults: Sequence[Fault]) -> None:
        self.entry, self.faults = entry, list(faults)
        super().__init__(f"{entry}: " + ", ".join(f"{f.rule} {f.path}" for f in faults))
