"""The proxy of docs/gateway.md, under a real nginx, in front of a gateway; skipped where there is no nginx."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from twilio.request_validator import RequestValidator

from tests.docs.blocks import ROOT
from tests.interfaces.gateway.running import PUBLIC, TOKEN, message
from tests.interfaces.gateway.ui.site import site

PAGE = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
FRAME = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{server}
}}
"""

pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx (apt install nginx-light)")


def blocks() -> list[str]:
    return re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name.from_rfc4514_string("CN=sms.example.com")
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    (folder / "sms.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    (folder / "sms.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


@contextmanager
def proxy(folder: Path, gateway: str) -> Iterator[httpx.Client]:
    """Run nginx as the page says, but for ports and the certificate's place."""
    certificate(folder)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server, page = blocks()
    server = server.replace("    location /webhooks/", f"{page}    location /webhooks/")
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/nginx", str(folder)),
        ("http://127.0.0.1:8080", gateway),
        ("10.0.0.0/8", "127.0.0.0/8"),
    ):
        assert old in server
        server = server.replace(old, new)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, server=server))
    process = subprocess.Popen([str(NGINX), "-c", str(folder / "nginx.conf")])
    transport = httpx.HTTPTransport(verify=False, retries=10)  # it takes a moment to listen
    try:
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", transport=transport) as client:
            yield client
    finally:
        process.terminate()
        process.wait()


def test_a_signed_message_comes_through_and_the_api_does_not(tmp_path: Path) -> None:
    form, path = message("STOP", "SM1"), "/webhooks/twilio"
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
    headers = {"x-twilio-signature": signature}
    with site(tmp_path, public=PUBLIC) as place, proxy(tmp_path, place.url) as client:
        answer = client.post(path, data=form, headers=headers)
        assert (answer.status_code, "<Message>" in answer.text) == (200, True)
        assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])  # the proxy's
        assert client.post(path, data={**form, "Body": "x"}, headers=headers).status_code == 403
        for each in ("/v1/review", "/metrics", "/openapi.json", "/"):
            assert client.get(each).status_code == 404
        page = client.get("/ui/sign-in")
        assert (page.status_code, "Secure" in page.headers["set-cookie"]) == (200, True)
        assert not place.may_send()
