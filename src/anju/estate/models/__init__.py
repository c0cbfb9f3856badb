"""Tables of the land register."""

from anju.estate.models.imports import Import
from anju.estate.models.people import Consent, Contact, Occupancy, Person
from anju.estate.models.places import Asset, Community, Label, Place, Room

__all__ = ["Asset", "Community", "Consent", "Contact", "Import", "Label", "Occupancy", "Person", "Place", "Room"]
