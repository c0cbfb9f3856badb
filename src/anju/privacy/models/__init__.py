"""Tables of the privacy room."""

from anju.privacy.models.cases import Leak, PurgeReport, Request
from anju.privacy.models.looking import AddressCall, Chain, Finding, LogLine, Reveal
from anju.privacy.models.papers import Agreement, AgreementText, Export

__all__ = [
    "AddressCall",
    "Agreement",
    "AgreementText",
    "Chain",
    "Export",
    "Finding",
    "Leak",
    "LogLine",
    "PurgeReport",
    "Request",
    "Reveal",
]
