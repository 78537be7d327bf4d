"""Preparing pages: encodings, titles, and markup that fails."""

from __future__ import annotations

import json
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.tools.importing import pages as pages_module
from sphinxcontrib_tropes.tools.importing import texts

from .shared import PMWIKI, kinds, remarks


@pytest.mark.parametrize(
    "text",
    ["Use [=(:title X:)=].", "(:titled:)", "a (:title X:)", "[@\n(:title X:)\n@]", "(:title:)"],
)
def test_a_title_is_kept_unless_the_text_gives_one(tmp_path, imported, text):
    (tmp_path / "dump.jsonl").write_text(json.dumps({"name": "O'C++", "text": text}) + "\n")
    pages, report = imported(tmp_path / "dump.jsonl")
    assert list(pages.values()) == [f"(:title O'C++:)\n{text}\n".encode()]
    assert any("kept as a property" in kind for kind in kinds(report))


@pytest.mark.parametrize("given", ["(:title ''X'' 2:)", "(:keywords a:)(:Title ''X'' 2:)"])
def test_a_title_that_the_text_gives_is_not_said_to_be_another(tmp_path, imported, given):
    (tmp_path / "dump.jsonl").write_text(json.dumps({"name": "O'C++", "text": given}) + "\n")
    pages, report = imported(tmp_path / "dump.jsonl")
    assert list(pages.values()) == [f"{given}\n".encode()]
    assert kinds(report) == {"a page that sets its own title: that of its file is left out"}


def test_what_is_not_utf_8_is_read_all_the_same_and_reported(source, imported):
    pages, report = imported(source({"A.txt": "x\nna\xefve \x80".encode("latin-1")}))
    assert pages["Main/A.trope"] == "x\nnaïve €\n".encode()
    assert remarks(report) == ["line 2: not UTF-8: byte 0xEF; read as Windows-1252"]


def test_a_file_that_only_claims_to_be_utf_8_is_reported(source, imported):
    data = PMWIKI + b"charset=UTF-8\ntext=na%efve\n"
    pages, report = imported(source({"Main.A": data}))
    assert pages["Main/A.trope"] == "naïve\n".encode()
    assert remarks(report) == ["line 1: not UTF-8: byte 0xEF; read as Windows-1252"]


@pytest.mark.parametrize(
    "charset",
    [
        b"ISO-8859-1",
        b"hex",
        b"rot13",
        b"\xff",
        b"no-such",
        b"unicode_escape",
        b"zlib",
        b"utf-7",
        b"raw_unicode_escape",
        b"idna",
        b"punycode",
        b"undefined",
        b"base64",
        b"utf-32",
        b"a%00b",
        b"x" * 9999,
        b"../../x",
        b"uu",
        b"mbcs",
        b"cp65001",
    ],
)
def test_any_charset_that_a_file_claims_is_borne(source, imported, charset):
    data = PMWIKI + b"charset=" + charset + b"\ntext=na%efve\n"
    pages, _ = imported(source({"Main.A": data}))
    assert pages["Main/A.trope"] == "naïve\n".encode()


@given(
    st.text(max_size=12) | st.sampled_from(sorted(set(aliases.values()))), st.binary(max_size=30)
)
def test_whatever_charset_is_claimed_a_text_is_read_and_a_sentence_says_how(charset, raw):
    text, found = texts.decoded_text(raw, charset)
    assert isinstance(text, str)
    assert all(remark.sample.isprintable() for remark in found)


def test_a_charset_that_is_none_is_told(source, imported):
    data = PMWIKI + b"charset=unicode_escape\ntext=C:\\new\n"
    pages, report = imported(source({"Main.A": data}))
    assert pages["Main/A.trope"] == b"C:\\new\n"
    assert remarks(report) == [
        "it says that it is unicode_escape, which is no encoding of text; read as UTF-8"
    ]


def test_no_byte_is_lost_whatever_it_is(source, imported):
    pages, _ = imported(source({"A.txt": bytes(range(1, 256)), "B.txt": "x".encode("utf-16")}))
    assert len(pages["Main/A.trope"].decode()) >= 255
    assert pages["Main/B.trope"] == b"x\n"


def test_a_text_that_the_program_fails_at_is_imported_as_it_is_and_told(
    source, imported, monkeypatch
):
    usual = pages_module.page_section

    def failing(text, *given):
        if "Art/Art" in text:
            raise RecursionError
        return usual(text, *given)

    monkeypatch.setattr(pages_module, "page_section", failing)
    pages, report = imported(source({"A's.txt": "x [[Art/Art/X y]]\n", "B.txt": "x\n"}))
    assert pages == {
        "Main/As.trope": b"(:title A's:)\nx [[Art/Art/X y]]\n", "Main/B.trope": b"x\n"
    }  # fmt: skip
    assert "RecursionError: " in remarks(report)
    assert "a page that cannot be read: shown as typed" in kinds(report)


def test_pages_are_prepared_in_batches_of_their_order(source, imported, monkeypatch):
    monkeypatch.setattr(pages_module, "_BATCH", 3)
    pages, _ = imported(source({f"P{n}.txt": f"{n}\n" for n in range(10)}))
    assert pages == {f"Main/P{n}.trope": f"{n}\n".encode() for n in range(10)}
