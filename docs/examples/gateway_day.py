"""`make demo-gateway`: a day of texts at Acme Clinic, through a gateway that really runs, printed as a conversation.

The gateway is `optout serve` with docs/examples/gateway.toml, in a process of
its own, on a free port and an SQLite file in a folder of its own. This script
plays everybody else: Twilio, which signs what people text; the clinic's
application, which gets each message with what it means; and the clinic, which
asks before it sends. Nothing leaves this machine.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree as ET

FOLDER = Path(__file__).parent
PUBLIC = "https://sms.acme.example"
TOKEN, SECRET = "the account's auth token", "what the application checks"
CLINIC, TOLL_FREE, WHATSAPP = "+13125550100", "+18885550100", "whatsapp:+13125550100"
OURS = {CLINIC: "Acme", TOLL_FREE: "Acme toll-free", WHATSAPP: "Acme on WhatsApp"}
PEOPLE = {
    "Ann": ("+12025550123", "US"),
    "Luz": ("+13055550124", "US"),
    "Zoé": ("+15145550125", "CA"),
    "Bob": ("+12025550126", "US"),
}


class Application(BaseHTTPRequestHandler):
    """The clinic's application: it checks the signature of what it gets, and notes it."""

    notes: Queue[dict[str, str]] = Queue()

    def do_POST(self) -> None:
        """Take a message or an event."""
        body = self.rfile.read(int(self.headers["content-length"]))
        signed = self.headers["x-optout-timestamp"].encode() + b"." + body
        wanted = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        good = hmac.compare_digest(wanted, self.headers["x-optout-signature"])
        if good and self.path == "/sms":
            self.notes.put(dict(parse_qsl(body.decode(), keep_blank_values=True)))
        self.send_response(204 if good else 403)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@dataclass(slots=True)
class Day:
    """The day, told as it goes."""

    port: int
    key: str
    messages: int = 0
    counted: dict[str, int] = field(default_factory=dict)

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        print(f"\n{title}\n{'-' * len(title)}")

    def text(
        self, name: str, text: str, to: str = CLINIC, *, sid: str | None = None, **given: str
    ) -> None:
        """Let somebody text; print the answer, and what the application gets."""
        number, country = PEOPLE[name]
        again = sid is not None
        if sid is None:
            self.messages += 1
            sid = f"SM{self.messages:032x}"
        form = {
            "MessageSid": sid,
            "From": f"whatsapp:{number}" if to == WHATSAPP else number,
            "To": to,
            "Body": text,
            "NumMedia": "0",
            "FromCountry": country,
            **given,
        }
        where = "" if to == CLINIC else f"  (to {OURS[to]})"
        print(f"  {name:>6} │ {text}{where}" + ("  (delivered again)" if again else ""))
        document = ET.fromstring(self.webhook("/webhooks/twilio", form))  # noqa: S314 - our own gateway's
        for each in document.findall("Message"):
            for line in str(each.text).splitlines():
                print(f"  {'Acme':>6} │ {'':24}{line}")
        if not again:
            note = Application.notes.get(timeout=30)
            shown = [f"{each}={note[each]}" for each in SHOWN if each in note]
            print(f"  {'':>6} ╰─▶ application: {', '.join(shown) or 'an ordinary message'}")

    def send(self, name: str, text: str, sender: str = CLINIC) -> None:
        """Ask whether somebody may be texted, and say what comes of it."""
        question = {"recipient": PEOPLE[name][0], "sender": sender}
        if sender == WHATSAPP:
            question["channel"] = "whatsapp"
        verdict = self.api("POST", "/v1/may-send", question)
        if verdict["allowed"]:
            print(f"  {'Acme':>6} │ {'':24}{text}")
            return
        cause = verdict.get("cause") or {}
        words = f" since «{cause['text']}»" if isinstance(cause, dict) and cause.get("text") else ""
        code = f", error {verdict['code']}" if verdict.get("code") else ""
        print(f"  {'Acme':>6} ╳ not sent to {name}: {verdict['reason']}{words}{code}")

    def webhook(self, path: str, form: dict[str, str], *, token: str = TOKEN) -> str:
        """Post a form as Twilio does, signed; return the answer, or its status if it is refused."""
        signed = PUBLIC + path + "".join(name + form[name] for name in sorted(form))
        signature = base64.b64encode(
            hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
        ).decode()
        headers = {
            "x-twilio-signature": signature,
            "content-type": "application/x-www-form-urlencoded",
        }
        status, body = self._ask("POST", path, urlencode(form), headers)
        return body if status == 200 else str(status)

    def api(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """Ask the API."""
        headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        status, answer = self._ask(
            method, path, None if body is None else json.dumps(body), headers
        )
        if status != 200:
            sys.exit(f"{path} answered {status}: {answer}")
        found: dict[str, object] = json.loads(answer)
        return found

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = answer.read().decode()
        connection.close()
        return answer.status, found


SHOWN = ("OptOutType", "OptOutKeyword", "OptOutLanguage", "OptOutSuggested", "OptOutConsent")


def tell(day: Day) -> None:
    """Play the day."""
    day.chapter("08:00  Reminders go out, and some people have had enough")
    for name in ("Ann", "Luz", "Zoé"):
        day.send(name, f"{name}, your appointment is tomorrow at 9. Reply STOP to end reminders.")
    day.text("Ann", "Stop!")
    day.text("Luz", "ALTO")
    day.text("Zoé", "Arrêt")

    day.chapter("09:00  The provider delivers Ann's message again, and somebody else forges one")
    day.text("Ann", "Stop!", sid=f"SM{1:032x}")
    forged = {"MessageSid": "SMx", "From": PEOPLE["Bob"][0], "To": CLINIC, "Body": "STOP"}
    status = day.webhook("/webhooks/twilio", forged, token="guessed")  # noqa: S106 - it is wrong
    print(f"  forged │ STOP in the name of Bob: answered {status}")

    day.chapter("10:00  The afternoon's reminders ask first")
    for name in ("Ann", "Luz", "Zoé", "Bob"):
        day.send(name, f"{name}, please bring your insurance card.")

    day.chapter("11:00  Questions reach the clinic; nobody answers the number itself")
    day.text("Bob", "Can I come at ten instead?")
    day.text("Ann", "Can I come at ten instead?")
    day.text("Zoé", "AIDE")
    day.text("Bob", "HELP")

    day.chapter("13:00  WhatsApp is another matter")
    day.send("Ann", "Your results are here.", WHATSAPP)
    day.text("Ann", "STOP", WHATSAPP)
    day.send("Ann", "Your results are still here.", WHATSAPP)

    day.chapter(
        "14:00  Toll-free: the network answers STOP and START itself, and Acme only hears of it"
    )
    day.text("Bob", "STOP", TOLL_FREE)
    day.send("Bob", "Your order has shipped.", TOLL_FREE)
    day.text("Bob", "UNSTOP", TOLL_FREE)
    day.send("Bob", "Your order has shipped.", TOLL_FREE)

    day.chapter("15:00  The provider says that Bob has blocked the number")
    report = {
        "MessageSid": "SMo",
        "MessageStatus": "failed",
        "ErrorCode": "21610",
        "From": CLINIC,
        "To": PEOPLE["Bob"][0],
    }
    day.webhook("/webhooks/twilio/status", report)
    day.send("Bob", "Bob, see you tomorrow.")

    day.chapter("16:00  Ann comes back")
    day.text("Ann", "START")
    day.send("Ann", "Ann, see you tomorrow at 9.")

    day.chapter("17:00  Words that only suggest an opt-out wait for a person")
    day.text("Ann", "oh leave me alone, you robot")
    for each in _rows(day.api("GET", "/v1/review"), "reviews"):
        print(f"  review │ {each['recipient']}: «{each['text']}» ({each['reason']})")
    _close(day)


def _close(day: Day) -> None:
    found = day.api("GET", f"/v1/consents/{PEOPLE['Ann'][0]}")
    title = "What is on record about Ann"
    print(f"\n{title}\n{'=' * len(title)}")
    for each in _rows(found, "history"):
        words = f" «{each['text']}»" if each.get("text") else ""
        rule = str(each.get("rule", "the provider")).rpartition("/")[2]
        print(f"  {each['source']}{words}: {each['outcome']}, by {rule}")
    for each in _rows(found, "consents"):
        print(f"  {each['scope']}, {each['channels']}: {each['consent']}")


def _rows(answer: dict[str, object], name: str) -> list[dict[str, object]]:
    rows = answer[name]
    return rows if isinstance(rows, list) else []


@contextmanager
def gateway(folder: Path, application: int) -> Iterator[Day]:
    """Run `optout serve` with the example's settings, on a free port."""
    port, program = _free(), [sys.executable, "-m", "optoutlang"]
    made = subprocess.run([*program, "gateway", "key"], check=True, capture_output=True, text=True)  # noqa: S603 - our own
    key, digest = (line.split()[1] for line in made.stdout.splitlines())
    text = (FOLDER / "gateway.toml").read_text(encoding="utf-8")
    text = text.replace("port = 8080", f"port = {port}").replace(":8081/", f":{application}/")
    lines = [
        f'hash = "{digest}"' if each.startswith("hash = ") else each for each in text.splitlines()
    ]
    settings = folder / "gateway.toml"
    settings.write_text("\n".join([*lines, "", "[log]", 'level = "error"', ""]), encoding="utf-8")
    shutil.copy(FOLDER / "gateway.optout", folder)
    environment = {**os.environ, "TWILIO_AUTH_TOKEN": TOKEN, "APPLICATION_SECRET": SECRET}
    process = subprocess.Popen([*program, "serve", str(settings)], env=environment)  # noqa: S603 - our own
    try:
        _await(port, process)
        yield Day(port, key)
    finally:
        process.terminate()
        process.wait()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit("the gateway does not start")


def main() -> None:
    """Play the day, with a gateway of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    Thread(target=server.serve_forever, daemon=True).start()
    with (
        tempfile.TemporaryDirectory() as folder,
        gateway(Path(folder), server.server_address[1]) as day,
    ):
        print(
            "Acme Clinic texts reminders. On the left who writes, on the right what Acme's gateway answers."
        )
        tell(day)
    server.shutdown()


if __name__ == "__main__":
    main()
