"""One address per list."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from anju.accounts.access import allowed
from anju.core import clock, sheets
from anju.desk.frame import Frame
from anju.desk.lists.books import Book
from anju.ui import downloads, pages
from anju.ui.guard import Request, View, staff


def book_view(book: Book) -> View:
    """The list of the community in hand, whole, as a workbook; cells that Excel would run are neutral."""

    @require_safe
    @staff(book.permission)
    def view(request: Request) -> HttpResponse:
        around = Frame(request)
        if not allowed(request.scope, book.permission, around.community.id):
            return pages.denied(request)
        content = sheets.book(str(book.title), book.make(around))
        return downloads.workbook(content, f"{book.name}-{clock.local(clock.now()):%Y-%m-%d}")

    return view
