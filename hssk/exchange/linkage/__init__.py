"""Linkage: which rows speak of the same person. Pure functions on columns; no Django."""

from hssk.exchange.linkage.cascade import Links, link
from hssk.exchange.linkage.decide import ASK, NEW, SAME
from hssk.exchange.linkage.entries import Entries
from hssk.exchange.linkage.explain import Finding, evidence, explain, from_evidence, sentence
from hssk.exchange.linkage.weights import DEFAULT_WEIGHTS, Weights

__all__ = [
    "ASK",
    "DEFAULT_WEIGHTS",
    "NEW",
    "SAME",
    "Entries",
    "Finding",
    "Links",
    "Weights",
    "evidence",
    "explain",
    "from_evidence",
    "link",
    "sentence",
]
