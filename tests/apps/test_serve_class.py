"""``skoen serve`` for a class: from another address of the machine, with TLS, with a link for the first trainer."""

from __future__ import annotations

import argparse
import json
import ssl
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from bench.server import Running, skoen
from explain.apps import serve
from explain.apps.addresses import machine_addresses


def read(url: str, context: ssl.SSLContext | None = None) -> str:
    with urllib.request.urlopen(url, timeout=60, context=context) as answer:
        return str(answer.read().decode())


def next_line(server: Running) -> str:
    assert server.process.stdout is not None
    return str(server.process.stdout.readline()).strip()


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return parser.parse_args(words)


def test_alone_the_server_is_on_this_machine_and_prints_the_first_trainers_link() -> None:
    with skoen() as server:
        assert urlsplit(server.url).hostname == "127.0.0.1"
        assert next_line(server).endswith(f"Trainer's page: {server.url}trainer")
        assert server.url + "welcome#" in next_line(server)
        assert "Skøn" in read(server.url)


def test_a_class_comes_from_another_address_of_the_machine() -> None:
    if not (others := machine_addresses()):
        pytest.skip("this machine has no address but its own")
    with skoen("--class") as server:
        assert urlsplit(server.url).hostname == others[0]
        told = [next_line(server) for _ in range(len(others) + 2)]
        assert any("Without TLS the network can read" in line for line in told)
        assert f"{server.url}welcome#" in told[-1]
        assert "Øv dig alene" in read(f"{server.url}join")
        assert "ikke krypteret" in read(f"{server.url}sign-in")


def test_a_public_address_is_the_one_that_is_told() -> None:
    with skoen("--public-url", "https://skoen.example/klasse") as server:
        assert server.url == "https://skoen.example/klasse/"
        assert "https://skoen.example/klasse/trainer" in next_line(server)
        assert "https://skoen.example/klasse/welcome#" in next_line(server)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine alone, and its key."""
    certfile, keyfile = tmp_path / "cert.pem", tmp_path / "key.pem"
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1")
    made.private_key_pem.write_to_path(str(keyfile))
    for blob in (*made.cert_chain_pems, authority.cert_pem):
        blob.write_to_path(str(certfile), append=True)
    return certfile, keyfile


def test_with_a_certificate_the_server_speaks_tls(certificate: tuple[Path, Path]) -> None:
    certfile, keyfile = certificate
    trusting = ssl.create_default_context(cafile=str(certfile))
    with skoen("--certfile", str(certfile), "--keyfile", str(keyfile)) as server:
        assert server.url.startswith("https://127.0.0.1:")
        assert "ikke krypteret" not in read(f"{server.url}sign-in", trusting)
        start = urllib.request.Request(
            f"{server.url}start",
            data=json.dumps({"page": "", "lang": "da", "query": ""}).encode(),
            headers={"X-Start-Page": "1"},
        )
        with urllib.request.urlopen(start, timeout=60, context=trusting) as answer:
            assert answer.status == 201
            assert "Secure" in answer.headers["Set-Cookie"]
        with pytest.raises(OSError):
            read(server.url.replace("https:", "http:"))


def test_certificate_and_key_come_together_and_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], certificate: tuple[Path, Path]
) -> None:
    certfile, keyfile = map(str, certificate)
    data = ("--port", "0", "--data", str(tmp_path / "data"))
    assert serve.run(parsed(*data, "--certfile", certfile)) == 2
    assert "must be given together" in capsys.readouterr().err
    for pair in ((keyfile, certfile), (certfile, str(tmp_path / "nowhere"))):
        assert serve.run(parsed(*data, "--certfile", pair[0], "--keyfile", pair[1])) == 2
        assert "must hold a certificate and its key" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["skoen.example", "ftp://skoen.example", "https://", "https://skoen.example/?a=1"])
def test_a_public_address_is_an_address(capsys: pytest.CaptureFixture[str], url: str) -> None:
    with pytest.raises(SystemExit):
        parsed("--public-url", url)
    assert "must be https:// or http:// and a name" in capsys.readouterr().err


def test_a_further_trainers_link_is_printed_when_asked(tmp_path: Path) -> None:
    from explain.apps.site import training_site
    from explain.store import prepare

    database = f"sqlite:///{tmp_path / 'skoen.sqlite'}"
    prepare(database)
    served = training_site(tmp_path, database)
    assert served.first_link(False)
    token = served.first_link(True)
    assert token
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
