"""What the preview answers: the files of the output folder, pages with the script, nothing else."""

from __future__ import annotations

import json
import os
import re
import socket
from threading import Timer

import pytest
from starlette.requests import Request

from sphinxcontrib_tropes.tools.serve import answers
from sphinxcontrib_tropes.tools.serve.answers import with_script
from sphinxcontrib_tropes.tools.serve.folder import Folder

from .live import Socket, serving


@pytest.fixture(scope="module")
def served(source):
    (source / "secret.txt").write_text("secret")
    with serving(source) as serve:
        serve.wait_said("built in")
        (serve.out / "leads_out.txt").symlink_to(source / "secret.txt")
        (serve.out / "leads_away").symlink_to(source)
        (serve.out / "leads_in.html").symlink_to(serve.out / "Humans.html")
        (serve.out / ".hidden.html").write_text("hidden")
        (serve.out / "leads_to_hidden.html").symlink_to(serve.out / ".hidden.html")
        os.mkfifo(serve.out / "pipe.html")
        (serve.out / "film.bin").write_bytes(bytes(range(100)))
        yield serve


# -- pages


def test_a_page_has_the_script_right_before_the_end_of_its_body(served):
    text = served.ask("/Humans.html").text
    assert re.search(
        r'<script src="/__tropes__/live.js\?v=\w+" data-digest="\w+"></script></body>', text
    )
    assert text.count("__tropes__") == 1


def test_a_page_that_is_being_written_is_sent_whole(served):
    page = served.out / "written.html"
    page.write_text("<html><body>Hal")
    Timer(0.3, page.write_text, ["<html><body>Half an Été</body></html>"]).start()
    assert "Half an Été" in served.ask("/written.html").text


def test_a_page_has_the_digest_of_what_is_sent(tmp_path, monkeypatch):
    page = tmp_path / "p.html"
    page.write_text("<html><body>Old</body></html>")
    read = answers._whole

    def read_before_it_is_written(path):
        html = read(path)
        page.write_text("<html><body>New</body></html>")
        return html

    monkeypatch.setattr(answers, "_whole", read_before_it_is_written)
    folder = Folder(tmp_path, tmp_path / ".doctrees")
    scope = {"type": "http", "method": "GET", "path": "/p.html", "headers": [], "query_string": b""}
    sent = bytes(answers.answer(Request(scope), folder, is_built=True).body).decode()
    assert "Old" in sent
    assert folder.digest("/p.html") not in sent


def test_a_page_without_an_end_is_sent_as_it_is(served):
    page = served.out / "endless.html"
    page.write_text("<p>No end")
    assert "No end" in served.ask("/endless.html").text


def test_nothing_of_it_is_on_disk(served):
    for path in served.out.rglob("*.html"):
        if path.is_file() and not path.name.startswith("."):
            assert "__tropes__" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (b"<body>a</body></html>", b"<body>a!</body></html>"),
        (b"<pre></body></pre></BODY >\n", b"<pre></body></pre>!</BODY >\n"),
        (b"no end", b"no end!"),
        (b"", b"!"),
        ("é</body>".encode("latin-1"), "é!</body>".encode("latin-1")),
    ],
)
def test_the_script_goes_before_the_last_end_of_a_body(html, expected):
    assert re.sub(rb"<script.*?</script>", b"!", with_script(html, "x")) == expected


def test_the_length_is_that_of_what_is_sent_and_head_says_the_same(served):
    page, head = served.ask("/Humans.html"), served.ask("/Humans.html", "HEAD")
    assert int(page.headers["Content-Length"]) == len(page.body)
    assert head.body == b""
    for name in ("Content-Length", "ETag", "Content-Type"):
        assert head.headers[name] == page.headers[name]


@pytest.mark.parametrize("path", ["/Humans.html", "/_static/basic.css", "/__tropes__/live.js"])
def test_what_a_browser_has_already_is_not_sent_again(served, path):
    tag = served.ask(path).headers["ETag"]
    again = served.ask(path, If_None_Match=f'"other", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert served.ask(path, If_None_Match='"other"').status == 200


def test_browsers_ask_again_each_time_except_for_what_has_a_checksum(served):
    assert served.ask("/Humans.html").headers["Cache-Control"] == "no-cache"
    assert served.ask("/_static/basic.css").headers["Cache-Control"] == "no-cache"
    assert "immutable" in served.ask("/_static/basic.css?v=0123abcd").headers["Cache-Control"]
    assert served.ask("/Humans.html?v=0123abcd").headers["Cache-Control"] == "no-cache"


def test_a_part_of_a_file_can_be_asked_for(served):
    part = served.ask("/film.bin", Range="bytes=10-19")
    assert (part.status, part.body) == (206, bytes(range(10, 20)))


def test_the_front_page_is_the_index_and_folders_end_in_a_slash(served):
    assert "<title>Wiki" in served.ask("/").text
    (served.out / "folder é").mkdir()
    (served.out / "folder é" / "index.html").write_text("<body>in it</body>")
    moved = served.ask("/folder%20%C3%A9?q=1")
    assert (moved.status, moved.headers["Location"]) == (307, "/folder%20%C3%A9/?q=1")
    assert "in it" in served.ask("/folder%20%C3%A9/").text


def test_names_of_other_scripts_are_found(served):
    assert served.ask("/%E9%8B%BC%E3%81%AE%E9%8C%AC%E9%87%91%E8%A1%93%E5%B8%AB.html").status == 200
    assert served.ask("/Film/12%20O'Clock.html").status == 200


def test_a_page_that_is_missing_gets_the_page_for_it_with_the_script(served):
    answer = served.ask("/Nowhere.html")
    assert answer.status == 404
    assert "live.js" in answer.text


def test_scripts_cannot_be_guessed_into_another_type(served):
    assert served.ask("/Humans.html").headers["X-Content-Type-Options"] == "nosniff"


# -- what is not served


@pytest.mark.parametrize(
    "path",
    [
        "/../conf.py",
        "/%2e%2e/conf.py",
        "/..%2f..%2fconf.py",
        "/%2e%2e%5cconf.py",
        "/Film/../../conf.py",
        "/Film/%2e%2e/Humans.html",
        "//Humans.html",
        "/./Humans.html",
        "/.doctrees/environment.pickle",
        "/.doctrees/Humans.doctree",
        "/.tropes-state.json",
        "/.buildinfo",
        "/.hidden.html",
        "/%2ehidden.html",
        "/leads_out.txt",
        "/leads_away/conf.py",
        "/leads_away/",
        "/leads_to_hidden.html",
        "/pipe.html",
        "/Humans.html%00",
        "/Humans.html/",
        "/" + "a" * 5000,
        "/%ff%fe",
        "//evil.example/..",
    ],
)
def test_only_files_of_the_output_are_served(served, path):
    answer = served.ask(path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body
    assert b"sphinxcontrib_tropes" not in answer.body


def test_a_link_within_the_output_is_followed(served):
    assert served.ask("/leads_in.html").status == 200


def test_doctrees_in_a_folder_without_a_dot_are_not_served(source, tmp_path):
    out = tmp_path / "out"
    with serving(source, out, "-d", out / "trees") as serve:
        serve.wait_said("built in")
        assert (out / "trees" / "environment.pickle").exists()
        assert serve.ask("/trees/environment.pickle").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"])
def test_files_can_only_be_read(served, method):
    assert served.ask("/Humans.html", method).status == 405


# -- who is answered


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"},
    ],
)
@pytest.mark.parametrize("path", ["/Humans.html", "/searchindex.js", "/__tropes__/live.js"])
def test_another_site_is_not_answered(served, path, headers):
    answer = served.ask(path, **headers)
    assert answer.status == 403
    assert len(answer.body) < 100


def test_other_sites_are_told_not_to_use_what_they_get(served):
    headers = served.ask("/searchindex.js").headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}])
def test_another_site_gets_no_messages(served, headers):
    from websockets.exceptions import InvalidStatus

    with pytest.raises(InvalidStatus, match="403"):
        Socket(served, "/Humans.html", **headers)


def test_a_name_that_was_made_to_lead_here_gets_no_messages(served):
    request = (
        "GET /__tropes__/live HTTP/1.1\r\nHost: evil.example:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", served.port), 10) as connection:
        connection.sendall(request.format(port=served.port).encode())
        assert b" 403 " in connection.recv(100)


def test_it_listens_on_loopback_alone(served):
    for _family, _type, _proto, _name, address in socket.getaddrinfo(socket.gethostname(), None):
        if not address[0].startswith("127.") and address[0] != "::1":
            with pytest.raises(OSError, match=r".*"):
                socket.create_connection((address[0], served.port), 1)


@pytest.mark.parametrize(
    "said",
    ["", "x", "[]", "{}", '{"address": 1, "digest": ""}', '{"address": "x", "digest": ""}',
     '{"address": "/", "digest": null}', "[" * 10_000, '"' * 100_000, b"\0\1"],
)  # fmt: skip
def test_a_page_that_says_nonsense_is_left(served, said):
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    with connect(f"ws://127.0.0.1:{served.port}/__tropes__/live") as connection:
        connection.send(said)
        with pytest.raises(ConnectionClosed):
            connection.recv(10)
    assert served.ask("/Humans.html").status == 200


# -- unsaved text


def buffer(served, token, body=b"{}", **headers):
    return served.ask(
        "/__tropes__/buffer", "POST", body, Authorization=f"Bearer {token}", **headers
    )


def said(**of: object) -> bytes:
    return json.dumps(of).encode()


@pytest.mark.parametrize("token", ["", "x", "é", "x" * 100_000])
def test_unsaved_text_needs_the_token(served, token):
    assert buffer(served, token.encode().decode("latin-1")[:60_000]).status in (400, 403, 431)


def test_it_is_posted(served):
    assert served.ask("/__tropes__/buffer").status == 404


def test_the_token_does_not_help_another_site(served):
    token = served.preview().token
    assert buffer(served, token, Origin="https://evil.example").status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (said(path="Humans.trope", text="x", owner=1), 400),
        (said(path="/etc/passwd", text="x", owner=1), 404),
        (said(path="{source}/../x.trope", text="x", owner=1), 404),
        (said(path="{source}/Humans.trope", text=1, owner=1), 400),
        (said(path="{source}/Humans.trope", text="x", owner="1"), 400),
        (said(path="{source}/Humans.trope", text="x", owner=-1), 400),
        (said(path="\0", text="x", owner=1), 400),
        (b'{"path": "' + b"x" * 2**25 + b'"}', 413),
    ],
)
def test_what_an_editor_says_is_checked(served, body, status):
    body = body.replace(b"{source}", str(served.source).encode())
    assert buffer(served, served.preview().token, body).status == status
