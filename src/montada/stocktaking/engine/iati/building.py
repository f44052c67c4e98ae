"""Elements as the writer builds them: their attributes, narratives and dates."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree
from lxml.etree import _Element as Element

from montada.language.engine.text import (
    LANGUAGES,
    UNDETERMINED,
    LocalizedText,
    TextState,
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ADDRESS = etree.XMLSchema(
    etree.XML(
        '<schema xmlns="http://www.w3.org/2001/XMLSchema">'
        '<element name="address" type="anyURI"/></schema>'
    )
)
"""The judge of addresses that the official schemas appoint."""


def add(parent: Element, name: str, **attributes: str) -> Element:
    """Add an element and return it; values are taken as they are: see `plain`."""
    return etree.SubElement(parent, name, attributes)


def add_names(parent: Element, name: str, words: str, **attributes: str) -> Element:
    """Add an element with one narrative, in the language of the activity."""
    element = add(parent, name, **attributes)
    add(element, "narrative").text = plain(words)
    return element


def add_text(element: Element, text: LocalizedText) -> None:
    """Add a narrative for each language that may go out, the author's first."""
    languages = sorted(text.wordings, key=lambda language: language != text.written_in)
    approved = [
        language
        for language in languages
        if text.wordings[language].state is TextState.APPROVED
    ]
    for language in approved or languages[:1]:
        narrative = add(element, "narrative")
        narrative.set(_LANGUAGE, language if language in LANGUAGES else UNDETERMINED)
        narrative.text = plain(text.wordings[language].text)
    if not text:
        add(element, "narrative")


def dated(element: Element, day: date) -> Element:
    """Return the element, now with a day."""
    element.set("iso-date", day.isoformat())
    return element


def plain(words: str) -> str:
    """Return the words without what XML cannot hold."""
    return _NOT_XML.sub("", words)


def is_address(words: str) -> bool:
    """Whether the schema takes this for an address."""
    element = etree.Element("address")
    element.text = plain(words)
    return element.text == words and _ADDRESS.validate(element)
