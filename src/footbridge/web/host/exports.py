"""The list, taken along as a spreadsheet."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from footbridge.core import clock
from footbridge.core.access import Audience, access
from footbridge.export import lists
from footbridge.web.host.views import hosted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@access(Audience.HOSTS)
def as_csv(request: HttpRequest, chapter_id: uuid.UUID) -> StreamingHttpResponse:
    """The list as CSV."""
    rows = lists.of_people(request.person, hosted(request, chapter_id))  # type: ignore[attr-defined]
    response = StreamingHttpResponse(lists.as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name()}.csv"'
    return response


@require_GET
@access(Audience.HOSTS)
def as_xlsx(request: HttpRequest, chapter_id: uuid.UUID) -> FileResponse:
    """The list as a workbook."""
    here = hosted(request, chapter_id)
    rows = lists.of_people(request.person, here)  # type: ignore[attr-defined]
    book = lists.as_xlsx(rows, here.name)
    return FileResponse(book, as_attachment=True, filename=f"{_name()}.xlsx", content_type=XLSX)


def _name() -> str:
    return f"footbridge-{clock.today().isoformat()}"
