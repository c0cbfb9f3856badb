"""A mypy plugin: django-stubs, told that a sealed field is given by its own name when a row is made.

A sealed field keeps its bytes under another attribute (`person.phone` / `person.phone_sealed`), as a foreign key does, and
django-stubs knows that only of foreign keys.
"""

from typing import Any

from django.db.models import Model
from mypy.checker import TypeChecker
from mypy.options import Options
from mypy.types import Type
from mypy_django_plugin.main import NewSemanalDjangoPlugin


class SealedPlugin(NewSemanalDjangoPlugin):
    """django-stubs with one more answer to "which keywords does this model take?"."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        known = self.django_context.get_expected_types

        def with_sealed(api: TypeChecker, model_cls: type[Model], *, method: str) -> dict[str, Type]:
            expected = known(api, model_cls, method=method)
            for field in model_cls._meta.fields:
                if field.attname in expected:
                    expected.setdefault(field.name, expected[field.attname])
            return expected

        context: Any = self.django_context
        context.get_expected_types = with_sealed


def plugin(_version: str) -> type[SealedPlugin]:
    """What mypy asks a plugin module for."""
    return SealedPlugin
