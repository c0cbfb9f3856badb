"""Communities and what stands in them: rooms, public places, assets, printed codes."""

from django.db import models

from anju.core.rows import Row
from anju.estate.choices import AssetKind, LabelState, PlaceKind, Usage


class Community(Row):
    """小区. `sign` is the SMS signature, `hotline` the number in every message; `config` overrides Appendix G keys."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    sign = models.CharField(max_length=20)
    hotline = models.CharField(max_length=20)
    address = models.CharField(max_length=120, default="", blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    config = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Room(Row):
    """房屋. `area_c` is in 0.01 ㎡; `floor_ordinal` is the physical order of floors."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="rooms")
    building_no = models.CharField(max_length=16)
    unit_no = models.CharField(max_length=16, default="", blank=True)
    floor_label = models.CharField(max_length=16, default="", blank=True)
    floor_ordinal = models.IntegerField(default=1)
    room_no = models.CharField(max_length=20)
    full_code = models.CharField(max_length=56)
    usage = models.CharField(max_length=8, choices=Usage.choices, default=Usage.HOME)
    area_c = models.PositiveIntegerField(null=True, blank=True)
    zone = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        ordering = ("full_code",)
        constraints = (models.UniqueConstraint(fields=("community", "full_code"), name="estate_room_code"),)

    def __str__(self) -> str:
        return self.full_code

    @property
    def stairway(self) -> str:
        """Building and unit, the most that a message may say of a home: 3栋1单元. Nothing for a villa or a shop."""
        if not self.building_no:
            return ""
        building = self.building_no if self.building_no.endswith(("栋", "号", "幢", "座")) else f"{self.building_no}栋"
        return f"{building}{self.unit_no}单元" if self.unit_no else building

    @property
    def address(self) -> str:
        """The whole address, for the technician while the ticket is his: 3栋1单元1203."""
        return f"{self.stairway}{self.room_no}"


class Place(Row):
    """公共区域, a tree: building, unit, lobby, garage, gate. `radius_m` is how far a check-in by position may be."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=PlaceKind.choices)
    building_no = models.CharField(max_length=16, default="", blank=True)
    unit_no = models.CharField(max_length=16, default="", blank=True)
    zone = models.CharField(max_length=20, default="", blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    radius_m = models.PositiveIntegerField(default=200)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("community", "code"), name="estate_place_code"),)

    def __str__(self) -> str:
        return self.name


class Asset(Row):
    """设备: lift, pump, meter, gate. `vendor_until` is the end of the maintenance contract, None without one."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="assets")
    place = models.ForeignKey(Place, models.PROTECT, related_name="assets")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=AssetKind.choices)
    vendor = models.CharField(max_length=60, default="", blank=True)
    vendor_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("community", "code"), name="estate_asset_code"),)

    def __str__(self) -> str:
        return self.name


class Label(Row):
    """A printed QR code of a place or an asset (R6.5). The text on paper is `code` plus its signature.

    `scanned_at`: last by anybody, `checked_at`: last by staff; both are kept within ten minutes.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="labels")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="labels")
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="labels")
    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=8, choices=LabelState.choices, default=LabelState.ACTIVE)
    printed_at = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code
