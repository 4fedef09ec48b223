"""What every page may know of the installation it belongs to."""

from django.conf import settings


def installation(request):
    """`invented`: the people here are made up, and the page must say so."""
    return {"invented": settings.HSSK_INVENTED}
