"""The endpoints of the operations page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import parse_qsl
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from optoutlang.consent.engine.event import ReviewDecided
from optoutlang.consent.engine.identifier import IdentifierError
from optoutlang.consent.engine.review import UnknownReviewError
from optoutlang.interfaces.gateway.api.asking import number
from optoutlang.interfaces.gateway.api.keys import Keys
from optoutlang.interfaces.gateway.api.requests import store_errors
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.settings.model import Scope, Ui
from optoutlang.interfaces.gateway.ui import rows
from optoutlang.interfaces.gateway.ui.rates import Rates
from optoutlang.interfaces.gateway.ui.sessions import PATH, Session, Sessions
from optoutlang.interfaces.gateway.web.bodies import read_body
from optoutlang.interfaces.gateway.web.problems import ProblemError
from optoutlang.interfaces.gateway.web.transport import require_transport
from optoutlang.interfaces.reports.visible import visible

PER_PAGE = 50
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_FILES = {"style.css": "text/css", "icon.svg": "image/svg+xml"}

Form = Mapping[str, str]
Show = Callable[["Visit"], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, its session, and the form that it brought (empty without one)."""

    request: Request
    session: Session
    form: Form


class Pages:
    """The pages of one gateway. All need a session but the sign-in; whatever changes something is a POST."""

    def __init__(self, gateway: Gateway, keys: Keys, ui: Ui, rates: Rates) -> None:
        self._gateway = gateway
        self._keys = keys
        self._rates = rates
        is_https = gateway.settings.server.public_url.startswith("https://")
        self._sessions = Sessions(ui, keys, is_https=is_https)
        self._templates = Environment(
            loader=PackageLoader("optoutlang.interfaces.gateway.ui"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["visible"] = visible

    def routes(self) -> list[Route]:
        """Return the routes of the pages."""
        return [
            Route(PATH, self._signed_in(self.overview)),
            Route(f"{PATH}/sign-in", self._open(self.sign_in), methods=["GET", "POST"]),
            Route(f"{PATH}/sign-out", self._signed_in(self.sign_out), methods=["POST"]),
            Route(f"{PATH}/reviews", self._signed_in(self.reviews), methods=["GET", "POST"]),
            Route(f"{PATH}/history", self._signed_in(self.history), methods=["GET", "POST"]),
            Route(f"{PATH}/letters", self._signed_in(self.letters), methods=["GET", "POST"]),
            Route(f"{PATH}/static/{{name}}", self.static),
        ]

    async def static(self, request: Request) -> Response:
        """Return the style sheet or the icon."""
        request.scope["route_name"] = "ui"
        kind = _FILES.get(request.path_params["name"])
        if kind is None:
            raise ProblemError(404, "there is no such file")
        found = files(__package__ or "") / "static" / request.path_params["name"]
        return Response(found.read_bytes(), media_type=kind)

    async def sign_in(self, visit: Visit) -> Response:
        """Show the sign-in, or let a key in."""
        if visit.request.method == "GET":
            return self._page(visit, "sign-in.html", error="")
        key = self._keys.of(visit.form.get("key", ""))
        if key is None or Scope.UI not in key.scopes:
            return self._page(visit, "sign-in.html", 403, error="This key may not sign in.")
        response = _to(PATH)
        self._sessions.keep(response, self._sessions.new(key))
        return response

    async def sign_out(self, _visit: Visit) -> Response:
        """End the session in this browser."""
        response = _to(f"{PATH}/sign-in")
        self._sessions.end(response)
        return response

    async def overview(self, visit: Visit) -> Response:
        """Show what waits, and the rates of this process."""
        waiting, dead = await self._gateway.count()
        reviews = await self._gateway.reviews(PER_PAGE + 1, None)
        count = f"{PER_PAGE}+" if len(reviews) > PER_PAGE else str(len(reviews))
        return self._page(
            visit,
            "overview.html",
            reviews=count,
            waiting=waiting,
            dead=dead,
            rates=self._rates.rates(),
        )

    async def reviews(self, visit: Visit) -> Response:
        """Show what waits for a person, or take a decision."""
        if visit.request.method == "POST":
            return await self._decide(visit)
        after = visit.request.query_params.get("after")
        found = await self._gateway.reviews(PER_PAGE + 1, after)
        shown = [rows.review_row(each) for each in found[:PER_PAGE]]
        more = shown[-1].event if len(found) > PER_PAGE else None
        return self._page(visit, "reviews.html", reviews=shown, more=more)

    async def history(self, visit: Visit) -> Response:
        """Show what a number wants, and how it came to that; the number is in the body, not in logs of proxies."""
        given = visit.form.get("number", "")
        if not given:
            return self._page(visit, "history.html", number="", states=[], records=[], error="")
        try:
            recipient = number(given)
        except ProblemError as error:
            return self._page(
                visit, "history.html", 422, number=given, states=[], records=[], error=error.detail
            )
        states, records = await self._gateway.known_of(recipient)
        now = self._gateway.clock()
        return self._page(
            visit,
            "history.html",
            number=recipient,
            states=[rows.consent_row(each, now) for each in states],
            records=[rows.record_row(each) for each in records],
            error="",
        )

    async def letters(self, visit: Visit) -> Response:
        """Show the dead letters, or deliver one again."""
        if visit.request.method == "POST":
            await self._gateway.replay([_whole(visit.form.get("number", ""))])
            return _to(f"{PATH}/letters")
        after = _whole(visit.request.query_params.get("after", "0"))
        found = await self._gateway.dead_letters(PER_PAGE + 1, after)
        shown = [rows.letter_row(each) for each in found[:PER_PAGE]]
        more = shown[-1].number if len(found) > PER_PAGE else None
        return self._page(visit, "letters.html", letters=shown, more=more)

    async def _decide(self, visit: Visit) -> Response:
        answer, key = visit.form.get("answer"), visit.session.key
        if answer not in {"accept", "reject"} or key is None:
            raise ProblemError(422, "a review is accepted or rejected")
        event = ReviewDecided(
            id=uuid4().hex,
            review=visit.form.get("event", ""),
            accepted=answer == "accept",
            by=key.name,
            at=self._gateway.clock(),
            reason=visit.form.get("reason", ""),
        )
        try:
            await self._gateway.record(event)
        except UnknownReviewError as error:
            raise ProblemError(404, str(error)) from error
        return _to(f"{PATH}/reviews")

    def _signed_in(self, show: Show) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(visit: Visit) -> Response:
            if visit.session.key is None:
                return _to(f"{PATH}/sign-in")
            with store_errors():
                return await show(visit)

        return self._open(guarded)

    def _open(self, show: Show) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            request.scope["route_name"] = "ui"
            visit = Visit(request, self._sessions.read(request), {})
            try:
                require_transport(request, self._gateway.settings.server)
                if request.method == "POST":
                    visit = Visit(request, visit.session, await self._form(visit))
                return await show(visit)
            except ProblemError as error:
                return self._page(visit, "problem.html", error.status, detail=error.detail)
            except IdentifierError as error:
                return self._page(visit, "problem.html", 422, detail=str(error))

        return answered

    async def _form(self, visit: Visit) -> Form:
        """Return the form of a POST; one without the token of its session was made by somebody else."""
        body = await read_body(visit.request, self._gateway.settings.server)
        try:
            form = dict(
                parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
            )
        except ValueError as error:
            raise ProblemError(400, "this is no form") from error
        if not self._sessions.is_token(visit.session, form.get("token", "")):
            raise ProblemError(403, "this form is too old or not ours: go back, and load the page")
        return form

    def _page(self, visit: Visit, template: str, status: int = 200, **values: object) -> Response:
        key = visit.session.key
        text = self._templates.get_template(template).render(
            signed_in=None if key is None else key.name,
            token=self._sessions.token(visit.session),
            path=visit.request.url.path,
            **values,
        )
        response = Response(
            text,
            status,
            {"content-security-policy": _POLICY},
            media_type="text/html; charset=utf-8",
        )
        if key is None:  # the token of the form that signs in is bound to it
            self._sessions.keep(response, visit.session)
        return response


def _to(path: str) -> Response:
    return RedirectResponse(path, 303)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ProblemError(422, "a dead letter has a number")
    return int(text)
