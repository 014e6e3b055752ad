"""Two views that say they show a child: one leaves an entry in the audit, one does not."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from guildhall.config.urls import urlpatterns as all_of_them
from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def silent(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Mali Pritchard")


@require_safe
@door(Permission.READ_CHILDREN, verified=True, reads_child=True)
def honest(request: HttpRequest) -> HttpResponse:
    audit.looked(request, about=("child", "1"))
    return HttpResponse("Mali Pritchard")


handler500 = "guildhall.config.errors.server_error"
urlpatterns = [path("silent/", silent), path("honest/", honest), path("", include(all_of_them))]
