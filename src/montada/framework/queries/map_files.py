"""The file that maps are drawn from, and why one cannot be used."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.framework.adapters import world
from montada.framework.engine.maps.topojson import NoCountries, NotAMap


class MapFileRefused(Refusal):
    """The operator's own file of countries cannot be drawn."""


class MapFileNotThere(MapFileRefused):
    code = "framework.map_file_not_there"
    message = _("The file of countries, %(name)s, is not there or cannot be read.")


class MapFileNotJson(MapFileRefused):
    code = "framework.map_file_not_json"
    message = _("The file of countries, %(name)s, is not JSON.")


class MapFileNotTopojson(MapFileRefused):
    code = "framework.map_file_not_topojson"
    message = _("The file of countries, %(name)s, is not a TopoJSON in degrees.")


class MapFileWithoutCountries(MapFileRefused):
    code = "framework.map_file_without_countries"
    message = _("The file %(name)s holds no shapes under the name “countries”.")


class MapFileOfUnknownCountries(MapFileRefused):
    code = "framework.map_file_of_unknown_countries"
    message = _(
        "None of the shapes in the file %(name)s has the ISO 3166-1 number of a "
        "country as its id."
    )


def map_file() -> Path:
    """Return the operator's own file, or the one that is carried along."""
    return Path(settings.MAP)


def check_map_file(file: Path, known: Set[str]) -> None:
    """
    Read a file of countries, unless that was done already.

    `known` are the numeric codes of which it must hold at least one.

    Raises
    ------
    MapFileRefused
    """
    name = file.name
    try:
        atlas = world.atlas(file)
    except OSError:
        raise MapFileNotThere(name=name) from None
    except NoCountries:
        raise MapFileWithoutCountries(name=name) from None
    except NotAMap:
        raise MapFileNotTopojson(name=name) from None
    except ValueError:
        raise MapFileNotJson(name=name) from None
    if not atlas.codes & known:
        raise MapFileOfUnknownCountries(name=name)
