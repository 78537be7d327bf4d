"""The words that the synthetic wiki is written with."""

from __future__ import annotations

__all__ = ["ADJECTIVES", "CLAUSES", "CONNECTIVES", "NOUNS", "OPENINGS", "PLURALS", "VERBS"]

ADJECTIVES = tuple(
    "absurd ancient angry awkward bitter blind bold borrowed brave broken burning careless chosen "
    "clever clumsy cold cosmic cruel cursed dark deadly distant divine doomed double dramatic "
    "easy elder empty endless eternal faithful fallen false fatal final first flying forbidden "
    "forgotten fragile friendly gentle ghostly giant golden gothic grim guilty half happy haunted "
    "heroic hidden hollow holy honest hungry idle inner iron jaded jealous kind last lazy little "
    "living lonely lost loud lucky mad magical masked mighty mirrored mute naive nameless new "
    "noble noisy obvious odd old only painful pale perfect petty plain poor proud pure quiet "
    "random reckless red restless rich ruined sacred sad savage scary secret shy silent silly "
    "simple sinister sleepy sly smart sole stern stoic strange sudden sweet tender tiny token "
    "tragic true twisted unlikely unseen vain vengeful vicious virtual wandering weak weird "
    "wicked wild wise worthy wounded young".split()
)
NOUNS = tuple(
    "academy actor agent alliance amnesia android angel animal apocalypse archer armour army "
    "artifact assassin author badge ballad band bandit baron battle beast beauty bird blade book "
    "bride brother butler camera captain castle cat chase child chorus city clone clown comedy "
    "couple coward crew crime crown cult curse dance daughter demon desert detective diary doctor "
    "dog doll doom door dragon dream drink duel dungeon eagle empire enemy engine exile eye face "
    "fairy family farm father feast fiend fight fire fish flag flower fool forest fortress friend "
    "future gambit game garden gate general ghost giant girl god grave guard guest guide hammer "
    "hand harvest hat heart heir hero horror horse hotel house hunter hybrid idol illusion island "
    "jester joke journey judge jungle justice king kiss knife knight lady lair law legacy legend "
    "letter liar light lion lord love machine mage maiden mansion mask master maze mentor mirror "
    "mission monk monster moon mother mountain mystery name night ninja nurse oath ocean office "
    "omen oracle orphan outlaw palace party path phantom pirate planet plot poet poison portal "
    "potion priest prince princess prison promise prophet puppet queen quest rebel rescue revenge "
    "rival river robot romance ruin sage savior school scientist sea servant shadow ship sister "
    "skull snow soldier song sorcerer soul spirit spy star statue storm stranger student summer "
    "sword teacher temple thief throne tomb tower town traitor train trap treasure tree trial "
    "twin tyrant uncle vampire victim villain voice voyage war warrior watch weapon wedding widow "
    "wife wind winter witch wizard wolf woman world wraith zombie".split()
)
PLURALS = tuple(
    "aliens audiences authors books characters children comics critics crossovers endings "
    "episodes fans films games genres ghosts heroes humans jokes legends monsters novels plots "
    "readers reviews robots scenes seasons secrets sequels settings shows species spin-offs "
    "stories strips viewers villains works worlds writers".split()
)
VERBS = tuple(
    "answers avoids becomes begins breaks brings carries changes crosses defies describes ends "
    "explains explores faces fears finds follows forgets forgives gives haunts hides hunts ignores "
    "invents keeps knows leads learns loses loves makes meets mocks needs opens outlives plays "
    "promises protects reveals rules saves seeks sells shows starts steals subverts survives takes "
    "teaches tells trusts turns uses wants wins".split()
)
OPENINGS = tuple(
    """As a rule,|In most stories,|Now and then,|More often than not,|Early on,|In the end,|When
    the plot needs it,|For the first season,|To nobody's surprise,|Once it's too late,|In the
    original,|By the finale,|At first sight,|For a while,|In the oldest version,""".replace(
        "\n   ", ""
    ).split("|")
)
CLAUSES = tuple(
    """and nobody asks why|though it doesn't last|which is played for laughs|even if the narrator
    won't admit it|because the writers couldn't agree|until somebody says "that's enough"|and the
    audience is supposed to cheer|while everyone else looks away|as if it weren't the point|but
    it's never mentioned again|so that the next scene works|with a straight face|in the rain, of
    course|and that's before the second act|which isn't what the book says|after what they call
    "the incident"|though the two don't meet until later|and it shows|without a word of warning|as
    the critics were quick to notice""".replace("\n   ", "").split("|")
)
CONNECTIVES = ("and", "or", "with", "against", "instead of", "next to", "because of", "beside")
