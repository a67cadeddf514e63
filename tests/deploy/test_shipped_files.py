"""The files that are shipped for a server say what the pages promise."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = DEPLOY / "nginx" / "footbridge.conf"
CADDY = DEPLOY / "caddy" / "Caddyfile"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))

# What a log of nginx could name of a person or of what they looked at.
TELLING = (
    *("remote_addr", "remote_user", "remote_port", "binary_remote_addr", "request_uri", "args"),
    *("query_string", "is_args", "http_", "cookie_", "arg_", "sent_http_", "ssl_client"),
    *("proxy_add_x_forwarded_for", "realip", "request_body", "request_filename", "document_uri"),
)


def test_the_log_of_nginx_names_nobody() -> None:
    text = NGINX.read_text()
    [written] = re.findall(r"log_format\s+footbridge\s+'([^']*)'", text)
    variables = re.findall(r"\$(\w+)", written)
    assert variables == [
        "time_iso8601",
        "request_method",
        "footbridge_part",
        "status",
        "body_bytes_sent",
        "request_time",
    ]
    assert not [name for name in variables if name.startswith(TELLING)]
    logs = re.findall(r"^\s*access_log\s+(.*);", text, re.MULTILINE)
    assert logs == ["off", "/var/log/nginx/footbridge.log footbridge"]
    kept = re.findall(r"^\s*error_log\s+\S+\s+(\w+);", text, re.MULTILINE)
    assert kept == ["crit", "crit"]


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/", "/"),
        ("/find/people/", "/find"),
        ("/join/WyJqb2luIl0:abc", "/join"),
        ("/members/7dab672d-8e6a-4707-9576-ecfe811c8172/", "/members"),
        ("/you", "/you"),
        ("/WyJqb2luIl0:abc", "/"),
        ("/7DAB672D/x", "/"),
    ],
)
def test_of_a_path_only_the_part_of_the_site_is_written(path: str, part: str) -> None:
    [pattern] = re.findall(r'"~(\^[^"]+)"\s+\$part', NGINX.read_text())
    found = re.match(pattern.replace("?<part>", "?P<part>"), path)
    assert (found["part"] if found else "/") == part


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded"]
)
def test_what_a_browser_claims_about_itself_is_overwritten_on_the_way(name: str) -> None:
    assert re.search(rf"proxy_set_header {name} ", NGINX.read_text())
    assert re.search(rf"header_up -?{name}\b", CADDY.read_text())
    assert "$proxy_add_x_forwarded_for" not in NGINX.read_text()


def test_no_proxy_keeps_an_answer() -> None:
    text = NGINX.read_text()
    assert "proxy_cache off;" in text
    assert "gzip off;" in text
    assert "encode" not in CADDY.read_text()


def test_nginx_takes_the_file(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("no nginx on this machine (apt install nginx-light)")
    whole = tmp_path / "nginx.conf"
    site = NGINX.read_text()
    for name in ("fullchain.pem", "privkey.pem"):
        site = site.replace(f"/etc/ssl/footbridge/{name}", str(tmp_path / name))
    _certificate(tmp_path)
    site = site.replace("/var/log/nginx/", f"{tmp_path}/")
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{site}\n}}\n")
    said = subprocess.run(
        [nginx, "-t", "-e", f"{tmp_path}/e.log", "-c", str(whole)], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    assert "[warn]" not in said.stderr.replace('the "listen ... http2" directive', "").replace(
        "[warn] is deprecated", ""
    )


def _certificate(folder: Path) -> None:
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "1", "-subj", "/CN=footbridge.example.org"),
            *("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")),
        ],
        capture_output=True,
    )
    assert made.returncode == 0


def test_caddy_takes_the_file() -> None:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("no caddy on this machine (apt install caddy)")
    said = subprocess.run(
        [caddy, "adapt", "--adapter", "caddyfile", "--config", str(CADDY)],
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr


def test_the_log_of_caddy_names_nobody() -> None:
    text = CADDY.read_text()
    dropped = set(re.findall(r"^\s*(\S+) delete$", text, re.MULTILINE))
    assert dropped >= {
        "request>remote_ip",
        "request>client_ip",
        "request>headers",
        "request>uri",
        "user_id",
        "resp_headers",
        "request",
    }
    assert text.count("{") == text.count("}")


HARDENED = {
    "NoNewPrivileges": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectControlGroups": "yes",
    "ProtectProc": "invisible",
    "RestrictSUIDSGID": "yes",
    "RestrictNamespaces": "yes",
    "CapabilityBoundingSet": "",
    "DynamicUser": "yes",
    "UMask": "0077",
    "LimitCORE": "0",
    "StandardOutput": "journal",
    "StandardError": "journal",
}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_sees_nothing_but_its_own_folder(unit: Path) -> None:
    service = _read(unit)["Service"]
    assert {name: service[name] for name in HARDENED} == HARDENED
    assert service["StateDirectoryMode"] == "0700"
    assert not re.search(r"(?i)(key|password|smtp_url)=", unit.read_text())


def test_there_is_a_service_for_the_pages_and_one_for_the_work() -> None:
    assert [unit.name for unit in UNITS] == ["footbridge-worker.service", "footbridge.service"]
    pages, work = (_read(unit)["Service"]["ExecStart"] for unit in reversed(UNITS))
    assert "serve --host 127.0.0.1" in pages
    assert "--no-worker" in pages
    assert work.endswith("footbridge work")


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_file(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd on this machine")
    copy = tmp_path / unit.name
    copy.write_text(unit.read_text().replace("/opt/footbridge/.venv/bin/footbridge", "/bin/true"))
    said = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)
    about_it = [line for line in said.stderr.splitlines() if unit.name in line]
    assert about_it == []
    assert said.returncode == 0, said.stderr


def _read(unit: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(unit.read_text())
    return read
