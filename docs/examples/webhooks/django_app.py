"""Twilio's webhook in Django, as a project of one file: `python -m django runserver --settings django_app`."""

from __future__ import annotations

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from inbox import MEDIA_TYPE, ForgedError, Inbox

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ROOT_URLCONF = __name__
ALLOWED_HOSTS = ["*"]  # what Twilio has signed names the host

INBOX = Inbox(
    rules=Path(os.environ["OPTOUT_RULES"]),
    database=Path(os.environ["OPTOUT_DATABASE"]),
    token=os.environ["TWILIO_TOKEN"],
    url=os.environ["PUBLIC_URL"],
)


@csrf_exempt  # Twilio has no cookie of ours; its signature is checked instead
@require_POST
def sms(request: HttpRequest) -> HttpResponse:
    """Answer one message."""
    try:
        answer = INBOX.receive(request.headers, request.body)
    except ForgedError:
        return HttpResponseForbidden()
    return HttpResponse(answer, content_type=MEDIA_TYPE)


urlpatterns = [path("sms", sms)]
