"""Links, addresses and files of wikitext."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from ...tree import Link as LinkToPage
from ...tree import Picture, Spoiler, Styled, Text, WebLink
from .interwiki import elsewhere
from .names import CATEGORY, FILE, MEDIA, file_name, key_of, keys, parted, squeezed
from .nodes import merged, stripped, word_set
from .pieces import Blocks

if TYPE_CHECKING:
    from ...tree import Inline
    from .nodes import Address, Link, Nodes
    from .pieces import Context, Piece

__all__ = ["address", "file", "link"]

_ABSENT = {
    MEDIA: "link to a file",
    FILE: "link to a file",
    -1: "link to a page of the program",
    2: "link to the page of a user",
    8: "link to a page of the program",
    10: "link to a template",
    828: "link to a module",
}
_MOST_PIXELS = 4000
_FRAMED = word_set(
    "thumb thumbnail mini miniatur vignette miniatura miniaturadeimagen miniatuur tumma "
    "bélyeg мини миниатюра міні мініатюра náhled küçükresim サムネイル サムネ 缩略图 縮圖 섬네일 تصغير "
    "ممוזער frame framed enframed gerahmt cadre encadré marco enmarcado riquadrato "
    "omkaderd ramka обрамить incorniciato enmarcada min mały comborda commoldura miniaturadaimagem ram inramad "
    "ממוזער miniatyr обрамити рамка إطار بإطار قاب بندانگشتی انگشتی انگشتدان מסגרת ממוסגר rám kehys kehystetty "
    "pienoiskuva pienois ramme çerçeve çerçeveli küçük keret keretezett keretben keretes kerettel bélyegkép "
    "miniatűr 프레임 썸네일 축소판 khung nhỏ bingkai bing jmpl jempol marc πλαίσιο με-πλαίσιο μικρογραφία "
    "μινιατούρα cadru врамка оквир рам умањено okvir minijatura náhľad náhľadobrázka フレーム"
)
_LEFT = word_set(
    "left links gauche izquierda izq sinistra esquerda lewo слева ліворуч vlevo sol "
    "vänster 左 左寄せ 왼쪽 يسار چپ שמאל vasen venstre balra bal trái kiri ki esquerra αριστερά stanga "
    "ляво вляво лево lijevo vľavo izda"
)
_RIGHT = word_set(
    "right rechts droite derecha dcha der destra direita prawo справа праворуч vpravo sağ "
    "höger 右 右寄せ 오른쪽 يمين راست ימין oikea høyre jobbra jobb phải kanan ka dreta δεξιά dreapta "
    "дясно вдясно десно desno vpravo"
)
_OTHER_OPTIONS = word_set(
    "none center centre border frameless baseline middle top bottom sub super text-top "
    "text-bottom zentriert ohne rahmenlos rand hochkant centré néant bordure non_encadré "
    "redresse centro centrado ninguna no borde sin_marco sinmarco senza_cornice bordo "
    "gecentreerd geen kaderloos bezramki centruj brak центр без обрамление справа center "
    "střed žádné upright 中央 無し 境界 居中 无 無 有框 无框 가운데 없음 loop muted "
    "encadre sans_cadre non_encadre neant centrada centrar sin_enmarcar sinenmarcar ninguno nada originale "
    "nessuno tło bez_ramki граница безрамки ボーダー フレームなし なし 边框 邊框 置中 無框 borda semmoldura "
    "semborda nenhum kantlinje centrerad ramlös ingen межа границя حدود مركز لاإطار بدون بلا حاشیه وسط بی\u200cقاب "
    "هیچ גבול גבולות מרכז לא_ממוסגר ללא_מסגרת ללא okraj bezrámu reunus keski keskitetty kehyksetön tyhjä sentrer "
    "senter midtstilt rammeløs ingenramme sınır orta çerçevesiz yok középre közép keretnélküli semmi 테두리 "
    "프레임없음 viền giữa không_khung không tepi batas pus pusat nirbing tanpabingkai nir tanpa vora sense_marc "
    "cap κέντρο χωρίς-πλαίσιο καθόλου chenar centru faracadru ръб контур център безрамка ивица оивичено "
    "центар безоквира безрама obrub središte bezokvira ništa stred žiadny"
)
_IN_LINK = re.compile(r"(?:https?|ftps?)://\S+", re.IGNORECASE)
_SIZE = re.compile(
    r"([0-9]{1,5})?\s*(?:x\s*[0-9]{1,5})?\s*(?:px|пкс|п|ピクセル|像素|بك|پیکسل|פיקסלים|pixelů|pik|piksel|픽셀|εσ|пискел|bod)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(alt|alternativtext|link|verweis|lien|enlace|upright|hochkant|redresse|class|klasse|page|seite|"
    r"v[íi]nculo|pagina|página|verticale|koppeling|verwijzing|rechtop|strona|ссылка|страница|сверхусправа|"
    r"代替文|リンク|ページ|替代(?:文本)?|链接|連結|页数|頁|右上|ligação|länk|sida|stående|посилання|сторінка|بديل|وصلة|رابط|صفحة|"
    r"معدول|جایگزین|پیوند|صفحه|ایستاده|טקסט|קישור|דף|odkaz|strana|linkki|sivu|pysty|lenke|side|portrett|bağlantı|"
    r"sayfa|dikey|oldal|fennjobbra|대체글|링크|문서|thế|thay_thế|liên_kết|trang|đứng|al|alternatif|pranala|hal|halaman|"
    r"lurus|tegak|enllaç|pàgina|redreçat|εναλλ\.|σύνδεσμος|σελίδα|κατακόρυφα|legătură|dreaptasus|алт|веза|усправно|"
    r"poveznica|stranica|uspravno|classe|třída|sınıf|lớp|클래스|类|類別|کلاس|رتبة|"
    r"lang|thumb|thumbtime|start|end|style|vertical-align|замещ|альт)\s*=",
    re.IGNORECASE,
)
_ALTS = word_set(
    "alt alternativtext замещ альт 代替文 替代 替代文本 بديل جایگزین טקסט 대체글 thế thay_thế al alternatif εναλλ. алт"
)
_LEADS = word_set(
    "link verweis lien enlace vínculo vinculo koppeling verwijzing ссылка リンク 链接 連結 ligação länk "
    "посилання وصلة رابط پیوند קישור odkaz linkki lenke bağlantı 링크 liên_kết pranala enllaç σύνδεσμος "
    "legătură веза poveznica"
)
_NOT_PICTURES = (
    *(".ogg", ".oga", ".ogv", ".opus", ".mp3", ".wav", ".flac", ".mid", ".midi", ".webm", ".mp4"),
    *(".avi", ".mov", ".pdf", ".djvu", ".zip", ".gz", ".7z", ".txt", ".doc", ".docx", ".exe"),
)


def link(node: Link, context: Context, trail: str = "") -> list[Piece]:
    """What *node* becomes.

    :param trail: the letters right behind it, which belong to its words.
    """
    target = squeezed(context.words(node.target))
    if found := _IN_LINK.match(target):
        return [_address_in_link(found[0], target[found.end() :], node, context), Text(trail)]
    is_plain = target.startswith(":")
    bare = target.lstrip(": ")
    _, number, _ = parted(bare)
    if not is_plain and number == CATEGORY:
        context.categories[bare] = None
        return [Text(trail)] if trail else []
    if not is_plain and number == FILE:
        return [*file(bare, node.parts, context, node.source), *([Text(trail)] if trail else [])]
    words = _words(node, bare, context, trail)
    if not number and (there := elsewhere(target)):
        if there.url:
            return [WebLink(there.url, _without_links(words) or (Text(there.words),))]
        if not is_plain:
            context.remarks.left_out("link to the same page in another language", node.source)
            return [Text(trail)] if trail else []
        context.remarks.changed(
            "link to the wiki in another language: its words are kept", node.source
        )
        return [*words] or [Text(there.words)]
    if number in _ABSENT or number % 2:
        kind = _ABSENT.get(number, "link to a discussion")
        context.remarks.changed(f"{kind}: its words are kept", node.source)
        return list(words or (Text(bare),))
    page, _, section = bare.partition("#")
    if not page.strip() and not section.strip():
        return [Text(node.source + trail)]
    return [LinkToPage(page.strip(), _without_links(words), section.strip())]


def _address_in_link(url: str, rest: str, node: Link, context: Context) -> Inline:
    """``[[https://... words]]``, mistyped for ``[https://... words]``."""
    label: Nodes = [rest.strip()]
    for part in node.parts:
        label = [*label, " ", *part] if any(label) else list(part)
    return WebLink(url, _without_links(context.inlines(label)))


def _words(node: Link, bare: str, context: Context, trail: str) -> tuple[Inline, ...]:
    """What readers see of a link; empty if that is the name of its page."""
    if node.parts:
        label: Nodes = []
        for number, part in enumerate(node.parts):
            label.extend(["|", *part] if number else part)
        words = context.inlines(merged(label))
        if words:
            return _trailed(words, trail)
        if len(node.parts) == 1:
            return (Text(_short(bare, context) + trail),)
    page, parted, section = bare.partition("#")
    if not page:
        return (Text(section + trail),)
    if page.startswith("../") or page == "..":
        full = next(iter(keys(page, context.here)), page)
        name = page.rstrip("/").rpartition("/")[2]
        is_short = page.endswith("/") and name != ".."
        return (Text((name if is_short else full) + parted + section + trail),)
    if trail or parted or page != key_of(page) or "/" in page or ":" in page:
        return (Text(bare.rstrip("/").removeprefix("/") + trail),)
    return ()


def _trailed(words: tuple[Inline, ...], trail: str) -> tuple[Inline, ...]:
    if not trail:
        return words
    if isinstance(words[-1], Text):
        return (*words[:-1], Text(words[-1].text + trail))
    return (*words, Text(trail))


def _short(target: str, context: Context) -> str:
    """The words of ``[[Help:Foo (bar), baz|]]``: Foo."""
    _, _, name = parted(target)
    short = re.sub(r"\s*(?:\([^()]*\)|（[^（）]*）)\s*$", "", name)
    if short == name:
        short = name.partition(", ")[0]
    return short or name


def _without_links(pieces: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """*pieces* with the words of links in place of links: there is no link in a link."""
    found: list[Inline] = []
    for piece in pieces:
        match piece:
            case LinkToPage():
                found.extend(piece.children or (Text(piece.target),))
            case WebLink():
                found.extend(piece.children or (Text(piece.url),))
            case Styled():
                found.append(Styled(piece.style, _without_links(piece.children)))
            case Spoiler():
                found.append(Spoiler(_without_links(piece.children)))
            case _:
                found.append(piece)
    return tuple(found)


def address(node: Address, context: Context) -> list[Piece]:
    """A link to an address."""
    url = f"https:{node.url}" if node.url.startswith("//") else node.url
    words = context.inlines(stripped(node.words)) if node.words else ()
    return [WebLink(url, _without_links(words))]


class _Options(NamedTuple):
    is_framed: bool
    side: Literal["", "left", "right"]
    width: int
    alt: str
    caption: Nodes
    leads_to: str


def file(target: str, parts: tuple[Nodes, ...], context: Context, source: str) -> list[Piece]:
    """The picture ``[[File:target|parts]]``."""
    options = _options(parts, context)
    name = file_name(target.partition("#")[0])
    caption = context.inlines(options.caption)
    if name.lower().endswith(_NOT_PICTURES):
        context.remarks.left_out("file that is no picture: its words are kept", source)
        return list(caption or (Text(name),))
    if options.leads_to:
        context.remarks.changed("picture that is a link: without the link", source)
    if options.is_framed or options.side:
        shown = caption if options.is_framed else ()
        alt = options.alt or ("" if options.is_framed else context.words(options.caption).strip())
        side = options.side or ("right" if not _is_in_middle(parts, context) else "")
        return [Blocks((Picture(name, squeezed(alt), options.width, side, shown),))]
    alt = options.alt or context.words(options.caption)
    return [Picture(name, squeezed(alt), options.width)]


def _is_in_middle(parts: tuple[Nodes, ...], context: Context) -> bool:
    return any(
        squeezed(context.words(part)).lower()
        in ("none", "center", "centre", "zentriert", "ohne", "centré")
        for part in parts
    )


def _options(parts: tuple[Nodes, ...], context: Context) -> _Options:
    is_framed = False
    side: Literal["", "left", "right"] = ""
    width = 0
    alt = leads_to = ""
    caption: Nodes = []
    for part in parts:
        said = squeezed(context.words(part)) if len(part) < 4 else ""
        option = said.lower()
        if option in _FRAMED:
            is_framed = True
        elif option in _LEFT:
            side = "left"
        elif option in _RIGHT:
            side = "right"
        elif option and (size := _SIZE.fullmatch(option)):
            width = min(int(size[1] or 0), _MOST_PIXELS)
        elif named := _NAMED.match(said):
            value = said[named.end() :].strip()
            if named[1].lower() in _ALTS:
                alt = value
            elif named[1].lower() in _LEADS:
                leads_to = value
            elif named[1].lower() == "thumb":
                is_framed = True
        elif option.replace(" ", "_") in _OTHER_OPTIONS or option.startswith("upright "):
            continue
        elif any(part):
            caption = stripped(part)
    return _Options(is_framed, side, width, alt, caption, leads_to)
