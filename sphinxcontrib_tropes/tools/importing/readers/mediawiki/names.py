"""Names of pages in a MediaWiki: namespaces in many languages, and what links may mean."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .nodes import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "CATEGORY",
    "FILE",
    "MEDIA",
    "TEMPLATE",
    "canonical",
    "file_name",
    "folded",
    "key_of",
    "keys",
    "media_paths",
    "number_of",
    "parted",
    "redirect_in",
    "squeezed",
]

MEDIA, FILE, TEMPLATE, CATEGORY = -2, 6, 10, 14

_WORDS: dict[int, str] = {
    MEDIA: "Media Medium Média Medio Mediji Mídia Медиа Медіа Μέσο ميديا وسائط مدیا מדיה メディア 미디어 媒体 媒體",
    -1: (
        "Special Spezial Spécial Especial Speciale Speciaal Specjalna Служебная Спеціальна Speciální Speciális"
        " Toiminnot Spesial Özel 特別 特殊 특수 خاص ویژه מיוחד"
    ),
    1: "Talk Diskussion Discussion Discusión Discussione Discussão Overleg Dyskusja Обсуждение ノート 讨论 토론",
    2: (
        "User Benutzer Benutzerin Utilisateur Utilisatrice Usuario Usuaria Utente Usuário Gebruiker"
        " Użytkownik Участник Участница Користувач Uživatel Szerkesztő Käyttäjä Användare Bruker Bruger"
        " Kullanıcı 利用者 用户 用戶 使用者 사용자 مستخدم کاربر משתמש"
    ),
    4: "Project Projekt Projet Proyecto Progetto Projeto",
    FILE: (
        "File Image Datei Bild Fichier Archivo Imagen Immagine Ficheiro Arquivo Imagem Bestand Afbeelding"
        " Plik Grafika Файл Изображение Зображення Soubor Obrázok Súbor Fájl Kép Tiedosto Kuva Fil Billede"
        " Dosya Resim Fitxer Imatge Fișier Imagine Слика Датотека Datoteka Slika Αρχείο Εικόνα Berkas Gambar"
        " Tập_tin Hình ไฟล์ ภาพ ファイル 画像 文件 档案 檔案 圖像 파일 그림 ملف صورة پرونده תמונה קובץ चित्र Dosiero Faili Vaizdas Attēls Pilt"
    ),
    8: "MediaWiki",
    TEMPLATE: (
        "Template Vorlage Modèle Plantilla Predefinição Sjabloon Szablon Шаблон Šablona Šablóna Sablon Malline"
        " Mall Mal Skabelon Şablon Format Predloga Predložak Πρότυπο Templat Bản_mẫu แม่แบบ テンプレート 模板 틀"
        " قالب الگو תבנית साँचा Ŝablono"
    ),
    12: (
        "Help Hilfe Aide Ayuda Aiuto Ajuda Pomoc Справка Довідка Nápověda Segítség Ohje Hjälp Hjelp Hjælp"
        " Yardım Ajutor Помоћ Βοήθεια Bantuan ヘルプ 帮助 幫助 說明 도움말 مساعدة راهنما עזרה"
    ),
    CATEGORY: (
        "Category Kategorie Catégorie Categoría Categoria Categorie Kategoria Категория Категорія Kategória"
        " Luokka Kategori Categorii Категорија Kategorija Κατηγορία Kategorî Thể_loại หมวดหมู่ カテゴリ 分类 分類"
        " 분류 تصنيف رده קטגוריה श्रेणी Kategorio Kategooria"
    ),
    828: "Module Modul Módulo Modulo Модуль モジュール 模块 模組 모듈",
}
_NUMBERS = {
    word.replace("_", " ").casefold(): number
    for number, words in _WORDS.items()
    for word in words.split()
}
_TALK = frozenset(word for word, number in _NUMBERS.items() if number == 1) | {"discussioni"}
_CANONICAL = {
    MEDIA: "Media",
    -1: "Special",
    1: "Talk",
    2: "User",
    4: "Project",
    FILE: "File",
    8: "MediaWiki",
    TEMPLATE: "Template",
    12: "Help",
    CATEGORY: "Category",
    828: "Module",
}
_REDIRECT = re.compile(
    r"\s*[#＃]\s*(?:REDIRECT(?:ION)?|REDIRECCI[ÓO]N?|RIMANDO|WEITERLEITUNG|RINVIA|RINVIO|REDIRECIONAMENTO|DOORVERWIJZING|"
    r"PATRZ|PRZEKIERUJ|TAM|ПЕРЕНАПРАВЛЕНИЕ|ПЕРЕНАПР|ПЕРЕНАПРАВЛЕННЯ|ПРЕНАСОЧВАНЕ|ПРЕУСМЕРИ|PŘESMĚRUJ|"
    r"PRESMERUJ|ÁTIRÁNYÍTÁS|OHJAUS|UUDELLEENOHJAUS|OMDIRIGERING|VIDERESENDING|YÖNLENDİRME|YÖNLENDİR|"
    r"REDIRECIONA|REDIRECTEAZA|PREUSMJERI|PREUSMERITEV|ΑΝΑΚΑΤΕΥΘΥΝΣΗ|ALIH|ĐỔI|เปลี่ยนทาง|転送|リダイレクト|重定向|"
    r"넘겨주기|تحويل|تغییرمسیر|הפניה|ALIDIREKTU|SUUNA|重新導向|تغییر_مسیر|ВИЖ|ПРЕУСМЈЕРИ|अनुप्रेषित)\s*:?\s*\[\[([^\[\]{}|\n]+)(?:\|[^\[\]\n]*)?\]\]",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[\s_\u00a0\u200e\u200f\u202a-\u202e]+")


def squeezed(name: str) -> str:
    """*name* with single blanks, and none at its ends."""
    return _BLANKS.sub(" ", name).strip()


def redirect_in(text: str) -> tuple[str, str, str] | None:
    """The page and section that *text* leads to, and the text behind; None if it is a page."""
    found = _REDIRECT.match(text)
    if found is None:
        return None
    page, _, section = decoded(found[1]).partition("#")
    return squeezed(page).removeprefix(":"), squeezed(section), text[found.end() :]


def number_of(namespace: str) -> int | None:
    """The number of a namespace in any spelling; None if there is none of that name."""
    name = squeezed(namespace).casefold()
    number = _NUMBERS.get(name)
    if number is not None or " " not in name:
        return number
    # "User talk", "Benutzer Diskussion", "Discussion utilisateur"
    first, _, rest = name.partition(" ")
    before, _, last = name.rpartition(" ")
    for word, page in ((last, before), (first, rest)):
        of_page = _NUMBERS.get(page, 1)
        if word in _TALK and of_page > 0 and of_page % 2 == 0:
            return of_page + 1
    return None


def canonical(number: int, otherwise: str = "") -> str:
    """The English name of the namespace with that *number*, which all wikis have.

    :param otherwise: the name if they don't. Discussions have one at any rate.
    """
    if number > 1 and number % 2:
        of = _CANONICAL.get(number - 1)
        return f"{of} talk" if of else "Talk"
    return _CANONICAL.get(number, otherwise)


def parted(title: str) -> tuple[str, int, str]:
    """The namespace of *title*, as spelled; its number; and the rest. Only the namespaces that all
    wikis have: others look like titles with a colon.
    """
    before, colon, rest = title.partition(":")
    if colon and rest.strip() and (number := number_of(before)):
        return squeezed(before), number, rest.strip()
    return "", 0, title


def key_of(title: str) -> str:
    """*title* with capital first letters, and blanks for ``_``."""
    namespace, number, rest = parted(squeezed(title))
    return f"{_capital(namespace)}:{_capital(rest)}" if number else _capital(rest)


def folded(key: str) -> str:
    """*key* in the one form that all its spellings share."""
    _, number, rest = parted(squeezed(key))
    if number:
        return f"{canonical(number)}:{_capital(rest)}"
    # it may be a namespace of this wiki alone
    before, colon, after = rest.partition(":")
    if colon and after.strip():
        return f"{_capital(before.strip().casefold())}:{_capital(after.strip())}"
    return _capital(rest)


def keys(target: str, here: str) -> Iterator[str]:
    """The keys that a link may mean, the likeliest first, folded."""
    target = decoded(target)
    if "%" in target:
        target = unquote(target, errors="replace")
    target = squeezed(target)
    if target.startswith("/") and target.strip("/ "):
        yield folded(f"{here}/{target.strip('/ ')}")
    elif target.startswith(("../", "./")) or target in ("..", "."):
        parent = here
        while target.startswith(".."):
            parent = parent.rpartition("/")[0]
            target = target.removeprefix("..").removeprefix("/")
        below = target.removeprefix("./").strip("/ .")
        if path := "/".join(filter(None, (parent, below))):
            yield folded(path)
        return
    bare = target.lstrip(": ")
    if bare:
        yield folded(bare)


def media_paths(target: str) -> Iterator[str]:
    """The paths that a file may have in the folder of a MediaWiki, the likeliest first."""
    name = _capital(file_name(target))
    if not name or "/" in name or name.startswith(".") or name.endswith(":"):
        return
    stored = name.replace(" ", "_")
    digest = hashlib.md5(stored.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    hashed = f"{digest[0]}/{digest[:2]}/{stored}"
    for folder in ("images/", "", "files/", "media/"):
        yield f"{folder}{hashed}"
        yield f"{folder}{stored}"
        if stored != name:
            yield f"{folder}{name}"


def file_name(target: str) -> str:
    """The name of a file, without ``File:``."""
    target = squeezed(decoded(target).lstrip(": "))
    _, number, rest = parted(target)
    return rest if number in (FILE, MEDIA) else target


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
