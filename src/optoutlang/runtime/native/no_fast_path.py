"""The call of a matcher where the compiled core was not built: it hands every message on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from optoutlang.runtime.terms import Decision


class FastPath:
    """The face of the compiled fast path, without it (`native/prefilter.pyx`)."""

    __slots__ = ()

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        """Return what a message means, or None if it means nothing.

        `text` may be any str of any length; the time is linear in it.
        `country` is the ISO 3166-1 alpha-2 code, in any case, of where the
        message comes from (XK is Kosovo), `language` the BCP 47 tag that its
        sender prefers. A country or language that is none never loses a
        message: it is read in the base scope, without a preferred language,
        and the decision says so in `notes`; `strict=True` refuses it.
        `payload` is what came with the message because its sender pressed a
        button: one that the rules list decides, before the text; bytes are UTF-8.

        Raises:
            TypeError: the text is no str, or the payload no str and no bytes.
            ValueError: `strict`, and no country code or no well-formed language tag.
        """
        return self._matched(text, country, language, strict=strict, payload=payload)

    def _set_scopes(self, scopes: Mapping[str | None, object]) -> None:
        """Take what there is only with the compiled core."""

    def _match_each(self, texts: list[str]) -> list[Decision | None]:
        """Return what each of some texts means that come from no country."""
        return [*map(self.match, texts)]

    @abstractmethod
    def _matched(
        self,
        text: str,
        country: str | None,
        language: str | None,
        *,
        strict: bool,
        payload: str | bytes | None,
    ) -> Decision | None: ...
