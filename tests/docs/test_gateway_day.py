"""`make demo-gateway` plays its day, on a gateway that really runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DAY = Path(__file__).resolve().parents[2] / "docs" / "examples" / "gateway_day.py"

# What a reader must find, in this order.
TOLD = (
    "Ann │ Stop!",
    "Acme Clinic: you are unsubscribed",
    "OptOutType=STOP, OptOutKeyword=STOP, OptOutLanguage=en, OptOutConsent=opted-out",
    "Luz │ ALTO",
    "Acme Clinic: listo",
    "OptOutKeyword=ALTO, OptOutLanguage=es",
    "Zoé │ Arrêt",
    "OptOutKeyword=ARRET, OptOutLanguage=fr",
    "Ann │ Stop!  (delivered again)",
    "forged │ STOP in the name of Bob: answered 403",
    "not sent to Ann: opted out since «Stop!», error 21610",
    "Bob, please bring your insurance card.",
    "Personne ne lit ce numéro.",
    "OptOutType=HELP, OptOutKeyword=AIDE",
    "STOP  (to Acme on WhatsApp)",
    "not sent to Ann: opted out since «STOP», error 63014",
    "STOP  (to Acme toll-free)",
    "blocked by the toll-free network",
    "Your order has shipped.",
    "not sent to Bob: opted out since «failed 21610», error 21610",
    "OptOutType=START",
    "Ann, see you tomorrow at 9.",
    "OptOutSuggested=STOP",
    "review │ +12025550123: «oh leave me alone, you robot» (suggested)",
    "message «START»: changed, by standard.optout:17",
    "service:reminders, whatsapp: opted-out",
)


@pytest.mark.slow
def test_the_day_is_told_in_order() -> None:
    found = subprocess.run([sys.executable, str(DAY)], capture_output=True, text=True, check=True)
    place = 0
    for each in TOLD:
        place = found.stdout.find(each, place)
        assert place >= 0, (each, found.stdout)
