"""The words that say how a trope is played, in English, German and French.

To read them is the business of :mod:`.played_cues`; what is said there of cues holds here.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LANGUAGES", "PlayedWords"]


class PlayedWords(NamedTuple):
    """The patterns of a language. They ignore case, and contain no groups that capture."""

    stems: tuple[str, ...]
    """Parts of words in lower case: a text without any has no cue."""
    cues: tuple[tuple[str, str], ...]
    """Label and pattern of the words that say it; the first that matches counts."""
    acts: tuple[tuple[str, str], ...]
    """Label and pattern of a verb with "this" or "the trope" as its object."""
    adverb: str
    """Pattern of a word that may come before a cue."""
    subject: str
    """Pattern of the trope as a subject, with its verb: "this trope is"."""
    verb: str
    """Pattern of that verb alone, after the link to the trope."""
    within: str
    """Pattern of words between a subject and its cue; empty if the cue follows at once."""
    after: str
    """Pattern of a word that may come after a cue: others make it part of the story."""
    joint: str
    """Pattern of the words that add a second cue."""
    doubt: str
    """Pattern of a word that rules an act out, if it is before it in the sentence."""
    elsewhere: str
    """Pattern of the words between a cue and the link to another work that it is about."""


_NOT_SURE = (
    r"(?:nearly|possibly|arguably|hardly|scarcely|seemingly|supposedly|allegedly|apparently|barely"
    r"|presumably|probably|potentially|rarely|reportedly|conceivably|ostensibly|family|only|doubly)"
)
_OF = r"(?= of (?:this|the (?:trope|form|genre|usual|idea|concept))\b)"
_A = (
    r"(?:(?:an?|one|another|in an?) )?"
    r"(?:(?:rare|odd|clear|straight|partial|minor|funny|dark|complete|cruel|clever|notable) )?"
)
_CASE = r" (?:example|case|version|instance|variant|form)"
_END_OF_ACT = r"(?=\s*[.,;:!)]|\s*$|\s(?:in|by|when|after|with|at|for|as|because|until)\b)"

_ENGLISH_ACTS = (
    ("lampshaded", r"(?:gets|has) a lampshade hung on it"),
    ("straight", r"play(?:s|ing) (?:this|it|the trope|this trope) (?:[\w-]{1,30}ly )?straight"),
    *(
        (label, rf"(?:{verb}) (?:(?:this|the) trope\b|{what}{_END_OF_ACT})")
        for label, verb, what in (
            ("double-subverted", r"double[- ]subverts", "(?:this|it)"),
            ("subverted", r"(?<!double )(?<!double-)subverts|subverting", "(?:this|it)"),
            ("averted", r"averts|averting", "this"),
            ("inverted", r"inverts|inverting", "this"),
            ("exaggerated", r"exaggerates", "this"),
            ("downplayed", r"downplays|downplaying", "(?:this|it)"),
            ("justified", r"justifies", "this"),
            ("lampshaded", r"lampshades|lampshading", "(?:this|it)"),
            ("lampshaded", r"(?:hangs?|hanging) a lampshade on", "(?:this|it)"),
            ("invoked", r"invokes|invoking", "this"),
            ("defied", r"defies|defying", "this"),
            ("discussed", r"discusses", "this trope"),
            ("parodied", r"parodies|parodying", "this"),
            ("deconstructed", r"deconstructs|deconstructing", "(?:this|it)"),
            ("zig-zagged", r"zig[- ]?zags", "(?:this|it)"),
            ("played-with", r"plays? with|playing with", "this trope"),
        )
    ),
)

_ENGLISH = PlayedWords(
    stems=("subver", "avert", "straight", "inver", "aversion", "exagger", "eleven", "downplay", "justif", "lampshad", "invok", "defie", "defy", "discuss", "parod", "deconstruct", "zig", "enforced", "implied", "played", "toyed", "plays", "playing"),
    cues=(
        ("double-subverted", rf"doubl[ye][- ]subverted|{_A}double[- ]subversion"),
        ("subverted", rf"subverted|{_A}subversion(?: occurs)?(?:{_OF} of)?|{_A}subverted{_CASE}"),
        ("averted", rf"averted|{_A}aversion|{_A}averted{_CASE}"),
        ("straight", rf"played (?:[\w-]{{1,30}}ly )?straight(?: up)?|{_A}straight{_CASE}"),
        ("inverted", (rf"inverted|{_A}inversion(?: of (?:this|the (?:usual|trope)))?"
                     rf"|{_A}inverted{_CASE}")),
        ("exaggerated", rf"exaggerated|taken up to eleven|{_A}exaggerated{_CASE}"),
        ("downplayed", rf"downplayed|{_A}downplayed{_CASE}"),
        ("justified", rf"justified|{_A}justified{_CASE}"),
        ("lampshaded", r"lampshaded|lampshade hung"),
        ("invoked", rf"invoked|{_A}invoked{_CASE}"),
        ("defied", rf"defied|{_A}defied{_CASE}"),
        ("discussed", r"discussed"),
        ("parodied", rf"parodied|{_A}parody of (?:this|the (?:trope|usual))"),
        ("deconstructed", (rf"deconstructed|{_A}deconstruction(?:{_OF} of)?(?! of)"
                          rf"|{_A}deconstruction of (?:this|the (?:form|genre|trope|idea))")),
        ("zig-zagged", r"zig[- ]?zag(?:ged|ging|s)"),
        ("enforced", r"enforced"),
        ("implied", r"implied"),
        ("played-with", r"(?:played|toyed) (?:around )?with(?: a bit| here)?(?! by\b)"),
    ),
    acts=_ENGLISH_ACTS,
    adverb=rf"(?:(?!{_NOT_SURE}\b)[\w-]{{1,30}}ly|at first|to begin with|later|then|again|also|once|often"
           r"|sometimes|here|both|first|quite|rather|very much|in part|for once|yes|otherwise"
           r"|afterwards|even|thankfully|just|still|soon|instead|always)",
    subject=r"(?:this(?: trope| one| cliché)?|the trope|the cliché)"
            r"(?: is| gets|['’]s| has been| was)(?: being)?|it(?: is|['’]s| gets)"
            r"(?= (?:[\w-]{1,30} ){0,2}(?:subverted|played|lampshaded|inverted|deconstructed|parodied"
            r"|zig|doubl|downplayed)\b)",
    verb=r"(?:is|are|gets?|was|were|has been)",
    within="",
    after=r"(?:in|by(?! (?:nobody|no one|none)\b)|with|when|whenever|for|as|because|since|at|on|to (?:hell|the|death|a|great)|until"
          r"|throughout|due|if|here|and|but|or|then|again|later|outright|beyond|mercilessly|hard"
          r"|depending|during|given|though|although|while|where|via|through|after|before|after?wards"
          r"|from|completely|twice|whenever|however|than|thanks|once|too|either|instead|right|every"
          r"|between|among|[\w-]{1,30}ly|across|so|up|like|a bit|a little|all)",
    joint=r"(?:and|but|or|then|yet|though|although|while|only to be)",
    doubt=r"\b(?:not|never|n['’]t|no longer|unlike|would|could|might|may|should|whether|if|almost"
          r"|nearly|nobody|nothing|none|tries|tried|to)\b"
          r"|\bin (?:the |an? )?(?:original|novel|book|fairy tale|source|myth|legend|tale)\b",
    elsewhere=r"(?: \w{1,20}ly)? in (?:the |an? )?",
)  # fmt: skip

_PART = (
    r"(?:akt|band|teil|folge|staffel|film|buch|kapitel|hälfte|heft|\w{0,20}fassung|hörspiel|ende|schluss"
    r"|anfang|nachspiel|finale|serie|spiel|comic|zweiten|letzten|ersten)"
)

_GERMAN = PlayedWords(
    stems=("subver", "unterl", "vermied", "vermeid", "abgewend", "avert", "gespielt", "umgesetzt", "eingesetzt", "verwendet", "straight", "umgekehrt", "inver", "gegenteil", "umkehr", "übertrieben", "spitze", "exagger", "abgeschwächt", "heruntergesp", "downplay", "gerechtfertigt", "justified", "begründet", "lampshade", "herbeigeführt", "invoked", "verweigert", "verhindert", "defied", "diskutiert", "discussed", "parodi", "dekonstru", "deconstr", "zickzack", "zig", "erzwungen", "enforced", "angedeutet", "implied", "spielt", "played", "kehrt"),
    cues=(
        ("double-subverted", r"doppelt (?:subvertiert|unterlaufen)|(?:eine )?doppelte subversion"),
        ("subverted", r"subvertiert|unterlaufen|subverted|(?:eine )?(?:seltene )?subversion(?=[:;,.]|$| mit\b| in\b)"),
        ("averted", r"vermieden|abgewendet|averted"),
        ("straight", (r"(?:klassisch|geradlinig|direkt|straight|ohne abwandlung|unverändert|ganz klassisch)"
                     r" (?:gespielt|umgesetzt|eingesetzt|verwendet)|played straight")),
        ("inverted", (r"umgekehrt(?=[:;.)]|$| in\b| mit\b|, (?:denn|weil|wo|da|als)\b| [–—])|invertiert|inverted"
                     r"|ins gegenteil verkehrt|(?:eine )?(?:seltene )?(?:umkehrung|inversion)(?! (?:von|der|des)\b)")),
        ("exaggerated", r"übertrieben|auf die spitze getrieben|exaggerated"),
        ("downplayed", (r"abgeschwächt(?: gespielt)?|heruntergespielt|downplayed"
                       r"|(?:in|eine) abgeschwächter? form")),
        ("justified", r"gerechtfertigt|justified|begründet(?! (?:im|am|auf|von)\b)"),
        ("lampshaded", r"lampshaded|gelampshadet|lampshade(?= durch)"),
        ("invoked", r"(?:absichtlich |bewusst |gezielt )?herbeigeführt|invoked"),
        ("defied", r"verweigert|(?:bewusst|gezielt|absichtlich) verhindert|defied"),
        ("discussed", r"diskutiert|discussed"),
        ("parodied", r"parodiert|parodied|eine parodie"),
        ("deconstructed", (r"dekonstruiert|deconstructed|eine dekonstruktion(?: der form| des genres)?"
                          r"(?! (?:der|des))")),
        ("zig-zagged", r"(?:geht )?im zickzack|zickzack|zig[- ]?zagged"),
        ("enforced", r"erzwungen|enforced"),
        ("implied", r"angedeutet(?!, (?:dass|ob|wie|wer))|implied"),
        ("played-with", (r"(?:wird )?damit (?:wird )?gespielt(?: wird)?(?!, bis)|damit wird gespielt(?!, bis)|played with"
                        r"|spielt damit(?=,| in\b)")),
    ),
    acts=(
        ("subverted", r"(?:subvertiert|unterläuft) (?:diesen trope|diese trope|dieses klischee)"),
        ("averted", r"vermeidet (?:diesen trope|diese trope|dieses klischee)"),
        ("inverted", r"(?:invertiert|kehrt) (?:diesen trope|diese trope|dieses klischee)(?: um)?"),
        ("parodied", r"parodiert (?:diesen trope|diese trope|dieses klischee)"),
        ("deconstructed", r"dekonstruiert (?:diesen trope|diese trope|dieses klischee)"),
        ("played-with", r"spielt mit (?:diesem trope|dieser trope|diesem klischee)"),
    ),
    adverb=r"(?:(?!(?:möglich|vermutlich|angeblich|wahrscheinlich|scheinbar|anscheinend|eventuell)\w*\b)"
           r"\w{2,30}(?:los|lich|isch|weise|ig|haft|end|voll|sam|teils|erweise)|hier|zunächst|zuerst|später"
           r"|danach|dann|am ende|anfangs|zum glück|völlig|stark|nur|ganz|gekonnt|konsequent|grotesk"
           r"|absichtlich|bewusst|auf \w{1,20} weise|zum schreien|urkomisch|wieder|auch|zuletzt|meist"
           r"|leider|hart|komplett|perfekt|brutal|elegant|charmant|oft|manchmal|wunderbar|teils|erst"
           r"|schön|schließlich|mehrfach|ebenfalls|vom \w{1,30}|von \w{1,30}|(?:im|in der|am|zum) (?:\w{1,20}[ens] )?" + _PART + r""
           r"|bei \w{1,30}|mit \w{1,30})",
    subject=r"(?:dies|das|dieser trope|diese trope|der trope|die trope|dieses klischee|das klischee|das motiv"
            r"|dieses motiv|das ganze) (?:wird|ist|wurde)|wird|in (?!der |dem |einer |einem )[^.;:!?,]{1,60}? wird (?:das|dies)",
    verb=r"(?:wird|ist|werden|sind|wurde)",
    within=r"(?:(?:in|bei|mit|von|vom|durch|bis|(?:im|am|auf)(?= (?:\w{1,20}[ens] )?" + _PART + r"\b)) "
           r"(?:(?!(?:wird|wurde|ist|war|hat|hatte|sind|waren|kann|er|sie|die|man|alles|nie|niemals|nicht|kein\w*"
        r"|kaum|fast|beinahe|vielleicht|wohl|knapp)\b)"
           r"[^\s.,;:!?]{1,30} ){1,6}?)",
    after=r"(?:in|im|von|vom|mit|durch|bei|beim|als|denn|weil|da|damit|dadurch|wenn|wo|bis|für|und|aber|oder"
          r"|sobald|solange|während|am|zum|zur|gegen|über alle|wegen|auch|hier|später|dann|danach|nur"
          r"|wird|ab|seit|außer|sowie|doch|zumindest|mal)",
    joint=r"(?:und|aber|oder|dann|jedoch|doch|danach|später|sowie|letztlich|und dann|aber dann)",
    doubt=r"\b(?:nicht|nie|niemals|kein\w*|anders|würde|könnte|hätte|kann|soll\w*|ob|wenn|fast|beinahe"
          r"|niemand|versucht)\b"
          r"|\b(?:im|in der) (?:original|roman|buch|märchen|vorlage|sage|legende)\b",
    elsewhere=r" in (?:der |dem |einem |einer )?",
)  # fmt: skip

_MAKERS = (
    r"(?:le |la |les |l['’])?(?:studios?|censure|production|contrat|sponsors?|éditeur|chaîne|réalisateur"
    r"|producteurs?|budget|droits?|héritiers|ayants|code|loi|format|époque|public|auteur|scénaristes?)\b"
)

_FRENCH = PlayedWords(
    stems=("subver", "détourn", "évit", "avert", "joué", "utilisé", "employé", "inver", "exag", "extrême", "attén", "minim", "justifi", "lampshad", "soulign", "invoq", "défi", "discut", "parodi", "déconstr", "zigzag", "impos", "sous-entendu", "implicite", "joue"),
    cues=(
        ("double-subverted", r"doublement subverti|(?:une )?double subversion"),
        ("subverted", r"subverti|détourné|(?:une )?(?:rare |belle )?subversion(?=\s*[:;,.]|$| (?:dans|avec|car)\b)"),
        ("averted", r"évité(?! (?:de|d['’])(?! (?:façon|manière|justesse dans)))|averted"),
        ("straight", r"(?:joué|utilisé|employé) (?:tel quel|au premier degré|sans détour|directement)"),
        ("inverted", r"inversé|(?:une )?(?:rare )?inversion(?! (?:du|de|des|d['’]))"),
        ("exaggerated", r"exagéré|poussé à l['’]extrême"),
        ("downplayed", r"atténué|minimisé|une forme atténuée|une version atténuée"),
        ("justified", r"justifié"),
        ("lampshaded", r"lampshadé|souligné par les personnages|lampshaded"),
        ("invoked", r"invoqué"),
        ("defied", r"défié"),
        ("discussed", r"discuté"),
        ("parodied", r"parodié|une parodie"),
        ("deconstructed", r"déconstruit|une déconstruction(?: du genre)?(?! (?:du|de|d['’]))"),
        ("zig-zagged", r"(?:en )?zigzag(?:ue)?"),
        ("enforced", r"imposé(?! (?:par|aux?) (?!" + _MAKERS + r"))"),
        ("implied", r"sous-entendu(?! que\b)|implicite"),
        ("played-with", r"on joue avec(?! (?:dans )?(?:le|la|les|un|une|des|ses|son)\b)|joue avec ce trope"),
    ),
    acts=(
        ("subverted", r"(?:subvertit|détourne) (?:ce trope|ce cliché)"),
        ("averted", r"évite (?:ce trope|ce cliché)"),
        ("inverted", r"inverse (?:ce trope|ce cliché)"),
        ("exaggerated", r"exagère (?:ce trope|ce cliché)"),
        ("parodied", r"parodie (?:ce trope|ce cliché)"),
        ("deconstructed", r"déconstruit (?:ce trope|ce cliché)"),
        ("defied", r"défie (?:ce trope|ce cliché)"),
        ("invoked", r"invoque (?:ce trope|ce cliché)"),
        ("straight", r"joue (?:ce trope|ce cliché) (?:tel quel|au premier degré)"),
    ),
    adverb=r"(?:(?!(?:doublement|apparemment|probablement|prétendument|possiblement|vraisemblablement|rarement"
           r"|heureusement que)\b)\w{1,30}ment|d['’]abord|au début|ensuite|puis|plus tard|à la fin|enfin"
           r"|ici|ailleurs|toujours|souvent|parfois|aussi|très|bien|en partie|encore|même|tantôt)",
    subject=r"(?:ce trope|ce cliché|le trope|le cliché|ceci|cela)(?: est| se voit| a été| fut)",
    verb=r"(?:est|sont|fut|a été)",
    within="",
    after=r"(?:dans|par|avec|quand|lorsque|lorsqu|car|puisque|puisqu|parce|pour|en|au premier acte|au dernier"
          r"|au d\w+|à la|à l['’]|à se|à mort|et|mais|ou|puis|ensuite|pendant|jusqu|dès|sur|selon|ici|de façon"
          r"|de manière|devant|chez|ailleurs|aussi|sans|vers|dont|où|par|grâce|tout|comme|si|lors|\w{1,30}ment)",
    joint=r"(?:et|mais|ou|puis|ensuite|voire)",
    doubt=r"\b(?:ne|n['’]|pas|jamais|contrairement|pourrait|aurait|peut|peut-être|si|presque|nul|personne"
          r"|aucun\w*)\b|\bn['’]"
          r"|\bdans l(?:e |a |['’])(?:conte|original|roman|livre|mythe|légende|pièce)\b",
    elsewhere=r" dans (?:le |la |les |l['’]|un |une )?",
)  # fmt: skip

LANGUAGES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH}
"""Language -> its words."""
