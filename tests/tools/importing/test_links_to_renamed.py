"""Links to pages that could not keep their name."""

from __future__ import annotations

import json

from .shared import remarks


def test_links_follow_a_page_that_is_called_otherwise(tmp_path, imported):
    texts = {
        "C++": "x",
        "C#": "Not {{C++}}.",
        "Film/C#": "x",
        "A": "{{C#}}s, [[C#]], [[C# | it]], [[it -> C#]], [[{{C#}} it]], [[C#part]], [={{C#}}=], "
        "[[Film/{{C#}} film]], {{C++}}, [[C++ it]]",
        "FunnyAnimal": "x",
        "FUNNYANIMAL": "FUNNYANIMAL {{FunnyAnimal}} [[FUNNYANIMAL it]] [[spoiler:Film/{{FUNNYANIMAL}}]]",
    }
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in texts.items())
    )
    pages, report = imported(dump)
    assert pages["Main/C2.trope"] == b"(:title C#:)\nNot {{C++}}.\n"
    assert pages["Main/A.trope"].decode() == (
        "[[C2 C#]]s, [[C2 C#]], [[C2 | it]], [[it -> C2]], [[C2 it]], [[C#part]], [={{C#}}=], "
        "[[Film/{{C#}} film]], {{C++}}, [[C++ it]]\n"
    )
    funny = pages["Main/FUNNYANIMAL2.trope"]
    assert b"{{FunnyAnimal}} [[FUNNYANIMAL2 it]] [[spoiler:Film/{{FUNNYANIMAL}}]]\n" in funny
    assert "line 1: {{C#}} is now [[C2 C#]], the page's name here" in remarks(report)


def test_links_to_a_page_that_keeps_its_name_stay_beside_one_that_does_not(tmp_path, imported):
    links = "[[C# a]], [[C# | b]], [[b -> C#]], [[C#]], {{C#}}s, [[C#part c]]"
    names = {
        "C#": "x",
        "Film/C#": "x",
        "C": "y",
        "Film/C": "y",
        "A": f"{links}, [[C it]], Film/{{{{C#}}}}",
    }
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in names.items())
    )
    pages, _ = imported(dump)
    assert pages["Main/C2.trope"] == b"y\n" or pages["Main/C2.trope"] == b"(:title C:)\ny\n"
    assert pages["Main/A.trope"].decode() == (
        "[[C# a]], [[C# | b]], [[b -> C#]], [[C#]], {{C#}}s, [[C2#part c]], [[C2 it]], Film/{{C#}}\n"
    )


def test_a_name_behind_a_namespace_is_no_link_by_itself(tmp_path, imported):
    names = {
        "FUNNYANIMAL": "x",
        "FunnyAnimal": "y",
        "Film/FunnyAnimal": "z",
        "A": "FunnyAnimal, Film/FunnyAnimal, Film.FunnyAnimal, Here/FunnyAnimal",
    }
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        "".join(json.dumps({"name": name, "text": text}) + "\n" for name, text in names.items())
    )
    pages, _ = imported(dump, "--wikiwords")
    link = "[[FunnyAnimal2 FunnyAnimal]]"
    assert pages["Main/A.trope"].decode() == (
        f"{link}, Film/FunnyAnimal, Film.FunnyAnimal, Here/{link}\n"
    )
