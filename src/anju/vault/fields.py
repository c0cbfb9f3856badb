"""`Sealed`: a text column that is encrypted in the database and opened only when somebody reads it.

A sealed field has two attributes, like a foreign key: `person.phone` is the text, `person.phone_sealed` what the row
holds (bytes from the database, or text on its way there). Rows are loaded without opening anything; the first read of
`person.phone` opens it, and an unread value is saved back as the same bytes.

Each value is bound to "app.model.field:pk", so it cannot be moved to another row or column. That is why `update()`
refuses text (it does not know the rows); `save`, `bulk_create` and `bulk_update` work, and `update(phone=None)` or
`update(phone="")` erases. `values()` and `values_list()` give bytes: open them with `Sealed.unseal(pk, raw)`.
Comparing is impossible, only `isnull` is allowed; search through `vault.blind`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ReferenceType, ref

from django.core import checks
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Case
from django.db.models.functions import Cast

from anju.vault import cipher, keys

_ST_contra = TypeVar("_ST_contra", contravariant=True)
_GT_co = TypeVar("_GT_co", covariant=True)

if TYPE_CHECKING:
    _Text = models.TextField
else:

    class _Text(models.TextField):
        """Takes the type parameters that the type checker wants to see."""

        def __class_getitem__(cls, _parameters: object) -> type:
            return cls


class Plain:
    """Text that was assigned and not stored yet. It remembers its row for `bulk_update`, which gives only values."""

    __slots__ = ("_row", "text")

    def __init__(self, text: str, row: models.Model) -> None:
        self.text = text
        self._row: ReferenceType[models.Model] = ref(row)

    def row(self) -> models.Model:
        row = self._row()
        if row is None:
            raise ValueError("the row of this text is gone; assign it again")
        return row

    def __repr__(self) -> str:
        return "<Plain ***>"


class SealedText:
    """The descriptor behind `person.phone`."""

    def __init__(self, field: "Sealed[Any, Any]") -> None:
        self.field = field
        self.raw_name = field.attname
        self.name = field.name

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__
        raw = held[self.raw_name] if self.raw_name in held else getattr(instance, self.raw_name)
        if type(raw) is Plain:
            return raw.text
        if raw is None or isinstance(raw, str):
            return raw
        opened = held.get(self.name)
        if opened is not None and opened[0] is raw:
            return opened[1]
        text = self.field.unseal(instance.pk, raw)
        held[self.name] = (raw, text)
        return text

    def __set__(self, instance: models.Model, value: str | None) -> None:
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{self.field} takes text, not {type(value).__name__}")
        instance.__dict__[self.raw_name] = Plain(value, instance) if value else value


class Sealed(_Text[_ST_contra, _GT_co]):
    """Encrypted text.

    The key is that of the community named by the row's `community_id`, or by the attribute that the model's
    `vault_community` names; `vault_community = None` takes the company's key. `bound_as` keeps the old
    "app.model.field" after a field or model was renamed, else its values could not be opened any more.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, bound_as: str = "", **kwargs: Any) -> None:
        self.bound_as = bound_as
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.bound_as:
            kwargs["bound_as"] = self.bound_as
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_attname(self) -> str:
        return f"{self.name}_sealed"

    def get_attname_column(self) -> tuple[str, str]:
        return self.get_attname(), self.db_column or self.name

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.name, SealedText(self))

    # --- opening and sealing ------------------------------------------------------------------------------------

    def seal(self, row: models.Model, text: str) -> bytes:
        """`text` encrypted for this field of this row; an empty text stays empty."""
        if not text:
            return b""
        if row.pk is None:
            raise ValueError(f"{self} can be sealed only when its row has an id")
        return keys.active(self.community_of(row)).seal(text.encode(), self._context(row.pk))

    def unseal(self, pk: Any, raw: bytes | memoryview | None) -> str | None:
        """The text of a stored value. Raises Tampered, or KeyMissing."""
        if raw is None:
            return None
        blob = raw if isinstance(raw, bytes) else bytes(raw)
        if not blob:
            return ""
        return keys.by_id(cipher.key_id(blob)).open(blob, self._context(pk)).decode()

    def _context(self, pk: Any) -> bytes:
        return f"{self.bound_as or f'{self.model._meta.label_lower}.{self.name}'}:{pk}".encode()

    def community_of(self, row: models.Model) -> int | None:
        """Whose data key seals this field of a row; None: the company's."""
        name: str | None = getattr(row, "vault_community", "community_id")
        return getattr(row, name) if name else None

    # --- to the database ----------------------------------------------------------------------------------------

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        raw = getattr(model_instance, self.attname)
        if raw is None:
            return None
        if isinstance(raw, (bytes, memoryview)):
            if add:  # a copy under another id would never open again
                self.unseal(model_instance.pk, raw)
            return self._unchanged(bytes(raw))
        return self.seal(model_instance, raw.text if isinstance(raw, Plain) else raw)

    def _unchanged(self, blob: bytes) -> bytes:
        """A stored value that nobody read goes back as it is, if its key still stands."""
        if blob:
            keys.by_id(cipher.key_id(blob))
        return blob

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, Plain):
            return self.seal(value.row(), value.text)
        if value is None or isinstance(value, Case) or (isinstance(value, Cast) and self._is_bulk(value)):
            return value
        if isinstance(value, (bytes, memoryview)):
            return self._unchanged(bytes(value))
        if value == "":
            return b""
        raise TypeError(f"{self} cannot be set by update(): a sealed value is bound to its row; save the rows instead")

    def _is_bulk(self, value: Cast) -> bool:
        return isinstance(value.get_source_expressions()[0], Case)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return self.get_db_prep_save(value, connection)

    # --- what a sealed value cannot do --------------------------------------------------------------------------

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self} is sealed and cannot be compared ({lookup_name}); search its blind index")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self} is sealed and cannot be compared ({lookup_name}); search its blind index")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self} is sealed and is not written to fixtures")

    def value_from_object(self, obj: models.Model) -> Any:
        return getattr(obj, self.name)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if isinstance(value, Plain):
            value = value.text
        elif isinstance(value, (bytes, memoryview)) and model_instance is not None:
            value = self.unseal(model_instance.pk, value)
        text = super().clean(value, model_instance)
        return Plain(text, model_instance) if text and model_instance is not None else text

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_use()]

    def _check_use(self) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = []
        if self.unique or self.primary_key or self.deconstruct()[3].get("db_index"):
            found.append(checks.Error("A sealed field cannot be a key or indexed.", obj=self, id="vault.E001"))
        if self.has_default() and self.default not in ("", None):
            found.append(checks.Error("A sealed field cannot have a default text.", obj=self, id="vault.E002"))
        name = getattr(self.model, "vault_community", "community_id")
        if name and not hasattr(self.model, name):
            found.append(checks.Error(f"The model has no {name} to choose the key by.", obj=self, id="vault.E003"))
        return found
