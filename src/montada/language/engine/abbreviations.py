"""
Abbreviations that end in a stop, by language, and words that open a sentence.

Without them "Dr. Amal" and "т.е. услуги" would end a sentence. Written from the style
guides of the United Nations and from UN texts; lower case, without the last stop.
"""

from __future__ import annotations

WITHIN = {
    "ar": "أ د م ص ت ط ج ب ق س ن ف هـ أ.د م.د ص.ب",
    "en": "dr mr mrs ms prof st rev hon gen col sgt capt amb gov sen rep e.g i.e cf "
    "vs eds approx resp jan feb apr aug sept oct nov dec dept univ viz ca",
    "fr": "m mm mme mmes mlle dr pr me mgr st ste cf ex p.ex par.ex env av bd tél réf "
    "janv févr juil sept oct nov déc c.-à-d",
    "es": "sr sra sres sras srta dr dra dres prof dña lic ing arq cf ej p.ej vid avda "
    "tel excmo excma gral ee",
    "ru": "т.е т.к т.н т.о т.ч т.наз им ул пл просп корп кв обл р-н табл разд напр см "
    "ср проф акад доц тов гр г-н г-жа св млн млрд тыс руб долл тел изд ред вып "
    "англ фр лат",
    "zh": "",
}
"""After these a sentence always goes on."""

BEFORE_A_NUMBER = {
    "ar": "رقم ص ج م فقرة",
    "en": "no nos p pp para paras art arts fig figs ch chap sec sect vol ed est ext "
    "mar",
    "fr": "p pp art al n no nos vol chap fig éd ch par",
    "es": "p pp pág págs art arts n.º núm núms no cap caps fig vol párr",
    "ru": "с стр рис гл ст п пп пт ч д пр разд табл №",
    "zh": "",
}
"""After these it goes on where a number follows; some are whole words elsewhere."""

AT_THE_END_TOO = {
    "ar": "إلخ الخ ق.م ب.م",
    "en": "etc al inc ltd co corp jr sr a.m p.m ph.d m.d b.c a.d u.n u.s u.k u.s.a e.u",
    "fr": "etc s.a j.-c o.n.u",
    "es": "etc uu ud uds vd vds cía s.a a.c d.c a.m p.m",
    "ru": "вв др пр т.д т.п н.э до.н.э ж.-д с.г",
    "zh": "",
}
"""After these it may end: it does where the next word opens sentences."""

OF_A_YEAR = frozenset(["م", "هـ", "г", "гг"])
"""Behind a number a year, and the sentence ends; else a title or a town's."""

OPENERS = {
    "ar": "",
    "en": "the a an it its in on at of to for from by with this that these those "
    "there he she they we you i our their his her as if when while where what "
    "who how why all but and or so yet however also after before since during "
    "some many most no not",
    "fr": "le la les l' un une des il elle ils elles on nous vous ce cette ces cet c' "
    "en dans sur pour par avec au aux à mais et or si quand comme tous après "
    "avant selon",
    "es": "el la los las un una unos unas ello él ella ellos nosotros este esta estos "
    "estas ese esa en con por para de del al pero y si cuando como todos tras "
    "según se no su sus",
    "ru": "в во на по для с со к о об из от до при он она оно они мы вы я это этот "
    "эта эти все но и а если когда как также однако после без не его ее их",
    "zh": "",
}


def of(table: dict[str, str], language: str) -> frozenset[str]:
    """Return the words of one language; of all six where it is not one of them."""
    words = table[language] if language in table else " ".join(table.values())
    return frozenset(words.split())
