"""Attached pictures and files."""

from __future__ import annotations

import pytest

from .shared import page_of

UPLOADS = ["Film/a.png", "Film/Page/b c.jpg", "Books/d.GIF", "e.svg", "Film/f.zip"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("x Attach:a.png, y", "x [[image:/images/Film/a.png]], y"),
        ('Attach:a.png"A ship"', "[[image:/images/Film/a.png A ship]]"),
        ('Attach:"b c.jpg" x', "[[image:/images/Film/Page/b_c.jpg]] x"),
        (
            "Attach:Books./d.GIF Attach:e.svg",
            "[[image:/images/Books/d.GIF]] [[image:/images/e.svg]]",
        ),
        ("Attach:Books.Ocean11/d.GIF", "[[image:/images/Books/d.GIF]]"),
        (
            "%rframe width=200px%Attach:a.png | A ''caption''",
            "[[quoteright:/images/Film/a.png]][[caption-width-right:A ''caption'']]",
        ),
        ("%lfloat% Attach:a.png", "[[quoteleft:/images/Film/a.png]]"),
        ("%thumb%Attach:a.png | A caption", "[[image:/images/Film/a.png]] A caption"),
        ("Attach:f.zip.", "f.zip."),
        ("Attach:none.png", "none.png"),
        ('Attach:none.png"No ship"', "No ship"),
        ("[[Attach:f.zip | the file]]", "the file"),
        ("[[Attach:f.zip]]", "f.zip"),
        ("[[Attach:a.png | Attach:e.svg]]", "[[image:/images/e.svg]]"),
        ("[[Alien3 | Attach:e.svg]]", "[[Film/Alien3 | [[image:/images/e.svg]]]]"),
        ("[[Alien3 | Attach:none.png]]", "[[Film/Alien3 | none.png]]"),
        ("Attach:../../etc/passwd", "passwd"),
        ("[=Attach:a.png=] aAttach:a.png", "[=Attach:a.png=] aAttach:a.png"),
    ],
)
def test_a_file_becomes_a_picture_or_words(typed, written):
    made = page_of(typed, uploads=UPLOADS)
    assert made.text == written
    assert bool(made.remarks) == (typed != written)
