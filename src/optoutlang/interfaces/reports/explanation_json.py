"""Explanations as JSON, for `optout why --format json`."""

from __future__ import annotations

from optoutlang.analysis.missed import Missed
from optoutlang.language.model.statement import Claim
from optoutlang.runtime.matcher import Explanation, Fired, FrameMatch
from optoutlang.runtime.terms import Json, decision_object
from optoutlang.runtime.terms.similar import Similarity


def explanation_object(found: Explanation, missed: Missed | None) -> dict[str, Json]:
    """Return all that is known of how a message was read; `missed` is None for an artefact, which has no statements."""
    return {
        "tokens": list(found.tokens),
        "outside_quotes": list(found.outside_quotes),
        "without_filler": list(found.without_filler),
        "decision": decision_object(found.decision),
        **({} if found.button is None else {"button": decision_object(found.button)}),
        "notes": [{"code": each.code.value, "given": each.given} for each in found.notes],
        "fired": [_fired(each) for each in found.fired],
        "frames": [_frame(each) for each in found.frames],
        "similar": None if found.similar is None else _similar(found.similar),
        "missed": None if missed is None else _missed(missed),
    }


def _fired(fired: Fired) -> Json:
    return {
        "matched_by": fired.matched_by.value,
        "action": fired.action.value,
        "keyword": fired.keyword,
        "language": fired.language,
        "rule": fired.rule,
        "start": fired.start,
        "end": fired.end,
        "lost": fired.lost,
    }


def _frame(frame: FrameMatch) -> Json:
    return {
        "action": frame.action.value,
        "keyword": frame.keyword,
        "language": frame.language,
        "rule": frame.rule,
        "parts": [{"part": part, "word": word} for part, word in frame.parts],
        "lost": frame.lost,
    }


def _similar(similar: Similarity) -> Json:
    return {
        "score": similar.score,
        "threshold": similar.threshold,
        "weighed": [{"ngram": ngram, "weight": weight} for ngram, weight in similar.weighed],
    }


def _missed(missed: Missed) -> Json:
    near = missed.nearest
    return {
        "taken": [
            {
                **_claim(each.claim),
                "by": {
                    "statement": each.taker.label,
                    "scope": each.taker.scope,
                    "rule": each.taker.place.rule,
                },
            }
            for each in missed.taken
        ],
        "taken_back": [
            {
                "keyword": each.decision.keyword,
                "label": each.decision.label,
                "language": each.decision.language,
                "rule": each.decision.rule,
                "by": {
                    "text": each.taker.spelling,
                    "scope": each.taker.scope,
                    "rule": each.taker.place.rule,
                },
            }
            for each in missed.back
        ],
        "elsewhere": [_claim(each) for each in missed.elsewhere],
        "nearest": None
        if near is None
        else {
            "statement": near.label,
            "keyword": near.spelling,
            "action": near.action.value,
            "language": near.language,
            "rule": near.rule,
            "text": near.text,
            "alike": round(near.alike / 100, 3),
            "tolerance": None if near.tolerance is None else near.tolerance.value,
        },
    }


def _claim(claim: Claim) -> dict[str, Json]:
    return {
        "keyword": claim.word,
        "action": claim.action.value,
        "language": claim.language,
        "scope": claim.scope,
        "rule": claim.place.rule,
    }
