"""From the text of a settings file to settings, or to everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from optoutlang.interfaces.gateway.settings.model import (
    ApiKey,
    Application,
    Rules,
    Scope,
    Server,
    Settings,
    Ui,
)
from optoutlang.interfaces.gateway.settings.people import Placed, read_account
from optoutlang.interfaces.settings import codes
from optoutlang.interfaces.settings.locate import locate
from optoutlang.interfaces.settings.section import Findings, Section
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.source.text import SourceText
from optoutlang.providers import KINDS, Provider, make_provider

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Reading:
    """The settings, None where they have errors, and all findings in order of place."""

    settings: Settings | None
    diagnostics: tuple[Diagnostic, ...]


def read_settings(text: str, *, path: Path, environment: Mapping[str, str]) -> Reading:
    """Return what a settings file says; secrets come from the environment, files are relative to its folder."""
    source = SourceText(path.name, text.replace("\r\n", "\n"), str(path))
    findings = Findings(source, locate(source.text), environment, path.parent)
    try:
        data = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        findings.no_toml(str(error))
        return Reading(None, tuple(findings.found))
    settings = _settings(Section(findings, data, ()))
    found = tuple(sorted(findings.found, key=lambda each: each.sort_key))
    broken = any(each.code.severity is Severity.ERROR for each in found)
    return Reading(None if broken else settings, found)


def _settings(root: Section) -> Settings:
    server = _server(root.required_section("server"))
    providers = _providers(root.required_section("provider"))
    placed = read_account(root, tuple(each.name for each in providers))
    store = root.required_section("store")
    location = store.text("location", example="consent.db")
    store.close()
    application = root.section("application")
    log = root.section("log")
    keys = _keys(root.sections("key"))
    ui = root.section("ui")
    settings = Settings(
        server=server,
        store=location if "://" in location else str(root.findings.folder / location),
        rules=_rules(root.section("rules"), placed, root.findings.folder),
        account=placed.account,
        providers=providers,
        provider_of=placed.provider_of,
        sender_of=placed.sender_of,
        application=None if application is None else _application(application),
        keys=keys,
        ui=None if ui is None else _ui(ui, keys, server),
        log_level="info" if log is None else _level(log),
    )
    root.close()
    return settings


def _server(section: Section) -> Server:
    public = section.text("public_url", example="https://sms.example.com").rstrip("/")
    _require_url(section, "public_url", public)
    server = Server(
        public_url=public,
        host=section.text("host", "127.0.0.1"),
        port=section.whole("port", 8080, least=0, most=65_535),
        trusted_proxies=frozenset(section.texts("trusted_proxies", ("127.0.0.1", "::1"))),
        processes=section.whole("processes", 1, least=1, most=64),
        body_bytes=section.whole("body_bytes", 65_536, least=4096, most=16_777_216),
        body_seconds=section.number("body_seconds", 10, least=0.1, most=60),
        json_depth=section.whole("json_depth", 16, least=4, most=64),
    )
    section.close()
    return server


def _require_url(section: Section, name: str, url: str) -> None:
    if not url:
        return  # missing: there is a finding
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query
        is_good = is_good and not parts.fragment and (parts.port is None or parts.port > 0)
    except ValueError:
        is_good = False
    if not is_good:
        section.wrong(name, f"`{url}` is no URL", "write it as `https://sms.example.com`")


def _providers(section: Section) -> tuple[Provider, ...]:
    found = [_provider(name, each) for name, each in section.tables()]
    if not found and not section.findings.found:
        section.wrong(
            None, "there is no provider", "add a table, as `[provider.twilio]`", codes.MISSING
        )
    return tuple(each for each in found if each is not None)


def _provider(name: str, section: Section) -> Provider | None:
    kind = section.text("kind", name)
    if not _NAME.fullmatch(name):
        section.wrong(
            None,
            f"`{name}` is no name",
            "a provider's name is of small letters, digits and `-`: it is in URLs",
        )
        return None
    if kind not in KINDS:
        cure = f"it is one of {', '.join(f'`{each}`' for each in KINDS)}; CONTRIBUTING.md says how to add one"
        section.wrong(
            "kind" if "kind" in section else None,
            f"there is no provider of the kind `{kind}`",
            cure,
        )
        return None
    before = len(section.findings.found)
    shape = KINDS[kind]
    values = {
        each: section.secret(each, required=required) for each, required in shape.secrets.items()
    }
    values |= {
        each: section.text(each, example="…") if required else section.optional(each)
        for each, required in shape.plain.items()
    }
    section.close()
    if len(section.findings.found) > before:
        return None
    try:
        return make_provider(
            kind, name, {each: value for each, value in values.items() if value is not None}
        )
    except ValueError as error:
        section.wrong(None, str(error), f"look it up at the provider `{kind}`")
        return None


def _rules(section: Section | None, placed: Placed, folder: Path) -> Rules:
    custom = {name: _rules_of(folder, each) for name, each in placed.rules.items()}
    if section is None:
        return Rules(custom=custom)
    rules = Rules(
        standard=_rules_of(folder, section.text("standard", "standard")),
        custom=custom,
        reload_seconds=section.number("reload_seconds", 5, least=0, most=3600),
        prove=section.flag("prove", default=True),
    )
    section.close()
    return rules


def _rules_of(folder: Path, name: str) -> str:
    """Return a pack's name as it is, and a file's from the folder of the settings."""
    is_file = Path(name).suffix in {".optout", ".optoutc"}
    return str(folder / name) if is_file else name


def _application(section: Section) -> Application:
    url, secret = (
        section.text("url", example="https://app.example.com/sms"),
        section.secret("secret", required=True),
    )
    events = section.optional("events_url")
    for name, each in (("url", url), ("events_url", events or "")):
        _require_url(section, name, each.partition("?")[0])
    application = Application(
        url=url,
        secret=(secret or "").encode(),
        events_url=events,
        details=section.flag("details", default=True),
        seconds=section.number("seconds", 10, least=0.1, most=60),
        attempts=section.whole("attempts", 12, least=1, most=100),
        first_wait=section.number("first_wait", 1, least=0.01, most=3600),
        longest_wait=section.number("longest_wait", 3600, least=0.01, most=86_400),
        parallel=section.whole("parallel", 16, least=1, most=256),
    )
    section.close()
    return application


def _keys(sections: list[Section]) -> tuple[ApiKey, ...]:
    keys: list[ApiKey] = []
    for each in sections:
        name, digest = each.text("name", example="crm"), each.text("hash", example="sha256:…")
        found = _DIGEST.fullmatch(digest)
        if digest and found is None:
            each.wrong(
                "hash",
                "this is no hash of a key",
                "`optout gateway key` makes a key, and prints its hash",
            )
        scopes = [each.chosen("scopes", one, Scope) for one in each.texts("scopes")]
        if "scopes" not in each:
            each.wrong(
                None,
                f"the key `{name}` may do nothing",
                'add `scopes = ["may-send"]`',
                codes.MISSING,
            )
        if any(name == other.name for other in keys):
            each.wrong(
                "name",
                f"two keys have the name `{name}`",
                "the audit names keys: give each its own",
                codes.TWICE,
            )
        key = ApiKey(
            name=name,
            digest=found[1] if found else "",
            scopes=frozenset(one for one in scopes if one is not None),
            rate=each.number("rate", 50, least=0.01, most=1_000_000),
            burst=each.whole("burst", 100, least=1, most=1_000_000),
        )
        keys.append(key)
        each.close()
    return tuple(keys)


def _ui(section: Section, keys: tuple[ApiKey, ...], server: Server) -> Ui | None:
    is_enabled = section.flag("enabled", default=False)
    ui = Ui(
        secret=(section.secret("secret", required=False) or "").encode() or None,
        hours=section.number("hours", 8, least=0.1, most=720),
    )
    section.close()
    if not is_enabled:
        return None
    if not any(Scope.UI in each.scopes for each in keys):
        section.wrong(
            "enabled",
            "nobody may sign in to the operations page",
            'add a `[[key]]` with `scopes = ["ui"]`',
            codes.MISSING,
        )
    if ui.secret is None and server.processes > 1 and not section.has_any("secret"):
        section.wrong(
            "enabled",
            "several processes need one secret for the sessions of the operations page",
            'add `secret_env = "UI_SECRET"`',
            codes.MISSING,
        )
    return ui


def _level(section: Section) -> str:
    level = section.text("level", "info")
    if level not in LEVELS:
        section.wrong(
            "level",
            f"`{level}` is no level",
            f"it is one of {', '.join(f'`{each}`' for each in LEVELS)}",
        )
    section.close()
    return level
