"""Files that a person takes away."""

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes as a file to save, never opened in the browser."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook."""
    return attachment(content, f"{name}.xlsx", XLSX)
