# The call of a matcher.

cdef class Scope:
    """What answers the messages of a country: a prefilter, the steps that count whatever it says, and the steps."""

    cdef Prefilter prefilter
    cdef int fillers
    cdef int always
    cdef object decide
    cdef dict known

    def __cinit__(self, Prefilter prefilter, *, int fillers, int always, decide):
        """Take the number of the scope's set of fillers, places of steps as bits, and what decides a text by places."""
        self.prefilter = prefilter
        self.fillers = fillers
        self.always = always
        self.decide = decide
        self.known = {}


cdef class FastPath:
    """The call of a matcher: what means nothing is answered here, all else by its `_matched` and the scopes' steps.

    A decision is a function of the text and the scope. So that to a short text is kept, for keywords come again and
    again; the few that are kept are forgotten when there are too many.
    """

    cdef dict scopes
    cdef Scope base
    cdef Py_ssize_t kept

    def _set_scopes(self, dict scopes):
        """Take the scopes by country, None for that of no country; without any, `_matched` answers all."""
        self.scopes = scopes
        self.base = scopes[None]

    def match(self, text, *, country=None, language=None, strict=False, payload=None):
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
        cdef Scope scope = self.base
        cdef PyObject* known
        if scope is None or language is not None or payload is not None or type(text) is not str:
            return self._matched(text, country, language, strict=strict, payload=payload)
        if country is not None:
            if type(country) is not str:
                return self._matched(text, country, language, strict=strict, payload=payload)
            known = PyDict_GetItemWithError(self.scopes, country)
            if known is NULL:
                return self._matched(text, country, language, strict=strict, payload=payload)
            scope = <Scope>known
        return self._decision(scope, text)

    def _match_each(self, list texts):
        """Return what each of some texts means that come from no country: `match` without a call of Python for each.

        The memory of a text is asked for some texts ahead: of a long list, waiting for it costs most. Nobody else may
        change the list meanwhile.

        Raises:
            TypeError: a text is no str.
        """
        cdef Py_ssize_t place, count = len(texts)
        cdef list found = [None] * count
        for place in range(count):
            if place + TEXTS_AHEAD < len(texts):
                FETCH(PyList_GET_ITEM(texts, place + TEXTS_AHEAD))
                FETCH(<char*>PyList_GET_ITEM(texts, place + TEXTS_AHEAD) + 64)
            text = texts[place]
            if self.base is None or type(text) is not str:
                decision = self._matched(text, None, None, strict=False, payload=None)
            else:
                decision = self._decision(self.base, text)
            if decision is not None:
                found[place] = decision
        return found

    cdef object _decision(self, Scope scope, text):
        """Return what a str means in a scope."""
        cdef PyObject* known
        cdef int places
        cdef bint short
        short = PyUnicode_GET_LENGTH(text) <= LONGEST_KNOWN
        if short and not scope.prefilter.is_quick:
            known = PyDict_GetItemWithError(scope.known, text)
            if known is not NULL:
                return <object>known
        places = places_of(scope.prefilter, text, scope.fillers) | scope.always
        if not places:
            return None
        if short and scope.prefilter.is_quick:
            known = PyDict_GetItemWithError(scope.known, text)
            if known is not NULL:
                return <object>known
        decision = scope.decide(places, text, None)
        if short and decision is not None:
            self._keep(scope, text, decision)
        return decision

    cdef int _keep(self, Scope scope, text, decision) except -1:
        cdef Scope each
        if self.kept >= MOST_KNOWN:
            for each in self.scopes.values():
                each.known = {}
            self.kept = 0
        self.kept += 1
        scope.known[text] = decision
        return 0
