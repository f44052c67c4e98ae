"""
Catalogues without gettext's programs: extract, update, compile.

    python -m tools.messages update     # sources → locale/*/LC_MESSAGES/django.po
    python -m tools.messages compile    # .po → .mo
    python -m tools.messages check      # prints what is wrong, exits 1

Django's own `templatize` turns a template into Python that Babel's extractor reads.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[1] / "src" / "montada"
LANGUAGES = ("ar", "en", "fr", "es", "zh", "ru")
COMPLETE = ("ar",)
"""Languages in which a missing sentence is an error."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "_now": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
ARABIC_PLURAL = (
    "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
    " n%100>=11 && n%100<=99 ? 4 : 5)"
)
"""Django's own; Babel 2.18 has "many" and "other" the wrong way round."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def extracted() -> Catalog:
    """Return every sentence of the sources, with the files that say it."""
    catalog = Catalog()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Its lines keep the template's indentation, which is not Python's.
            lines = templatize(source).splitlines()
            source = "\n".join(line.strip() for line in lines)
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, message, _comments, context in found:
            where = [(path.relative_to(PACKAGE).as_posix(), 0)]
            catalog.add(message, locations=where, context=context)
    return catalog


def stored(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """Return the stored catalogue with the sentences of today; others are dropped."""
    catalog = stored(language)
    template = extracted()
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, sort_output=True, include_lineno=False, omit_header=True)
    language, n = str(catalog.locale_identifier), catalog.num_plurals
    expression = ARABIC_PLURAL if language == "ar" else catalog.plural_expr
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={n}; plural={expression};\\n"\n\n'
    )
    return head.encode() + out.getvalue().lstrip()


def faults(language: str) -> list[str]:
    """Return what is wrong with one catalogue, a sentence each."""
    wrong = []
    if not po_path(language).exists():
        return [f"{language}: there is no catalogue; run `make messages`"]
    if written(updated(language)) != po_path(language).read_bytes():
        wrong.append(f"{language}: differs from the sources; run `make messages`")
    for message in stored(language):
        if message.id:
            wrong.extend(f"{language}: {fault}" for fault in _faults(message, language))
    return wrong


def _texts(value: object) -> tuple[str, ...]:
    """Return the forms of a message as a tuple, "" where one is missing."""
    forms = value if isinstance(value, list | tuple) else (value,)
    return tuple(str(form or "") for form in forms)


def _faults(message: Message, language: str) -> list[str]:
    ids, said = _texts(message.id), _texts(message.string)
    found = []
    if message.fuzzy:
        found.append(f"fuzzy: {ids[0]}")
    if language in COMPLETE and not all(said):
        found.append(f"not translated: {ids[0]}")
    allowed = {mark for text in ids for mark in PLACEHOLDER.findall(text)}
    needed = set(PLACEHOLDER.findall(ids[-1]))
    for number, text in enumerate(said):
        marks = set(PLACEHOLDER.findall(text))
        # One and two are words in Arabic: their forms need no number.
        spoken = len(ids) > 1 and number < len(said) - 1
        if text and (marks - allowed or (needed - marks and not spoken)):
            found.append(f"placeholders differ: {ids[0]}")
    return found


def main(wish: str) -> int:
    if wish == "update":
        for language in LANGUAGES:
            catalog = updated(language)
            po_path(language).parent.mkdir(parents=True, exist_ok=True)
            po_path(language).write_bytes(written(catalog))
    elif wish == "compile":
        for language in LANGUAGES:
            mo = po_path(language).with_suffix(".mo")
            with mo.open("wb") as file:
                write_mo(file, stored(language))
    elif wish == "check":
        wrong = [fault for language in LANGUAGES for fault in faults(language)]
        print("\n".join(wrong) or "catalogues: complete")
        return 1 if wrong else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
