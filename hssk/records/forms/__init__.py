"""What is typed: a visit (`visit`), its `correction`, and the form of QĐ 831 (`history`)."""

from hssk.records.forms.correction import CorrectionForm, WithdrawalForm
from hssk.records.forms.history import HistoryForm
from hssk.records.forms.visit import VisitForm, disease_label, diseases, edition_is_loaded

__all__ = [
    "CorrectionForm",
    "HistoryForm",
    "VisitForm",
    "WithdrawalForm",
    "disease_label",
    "diseases",
    "edition_is_loaded",
]
