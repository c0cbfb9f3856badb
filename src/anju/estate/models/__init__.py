"""Tables of the land register."""

from anju.estate.models.people import Contact, Occupancy, Person
from anju.estate.models.places import Asset, Community, Label, Place, Room

__all__ = ["Asset", "Community", "Contact", "Label", "Occupancy", "Person", "Place", "Room"]
