"""What is typed: a visit (`visit`), and the form of QĐ 831 (`history`)."""

from hssk.records.forms.history import HistoryForm
from hssk.records.forms.visit import VisitForm, disease_label, diseases, edition_is_loaded

__all__ = ["HistoryForm", "VisitForm", "disease_label", "diseases", "edition_is_loaded"]
