"""The data of a report as a Data Package (version 2): CSV files, what their columns mean, and how to cite them."""

import hashlib
import json

from django.template.loader import render_to_string

from xinyi_sat.facts.choices import Basis
from xinyi_sat.pages.exports import csv_lines
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.archive import archive
from xinyi_sat.report.colophon import data_lines
from xinyi_sat.report.data.columns import Column
from xinyi_sat.report.data.resources import Resource, all_resources
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope

Lines = list[tuple[str, str]]
PROFILES = "https://datapackage.org/profiles/2.0"


def package_of(scope: Scope, site: Site) -> bytes:
    """The zip of a report; the same bytes for the same records and site."""
    imprint = Imprint(scope)
    made_from, resources = data_lines(imprint), all_resources(imprint, site)
    files = {one.path: csv_of(one) for one in resources}
    descriptor = package_descriptor(imprint, site, made_from)
    descriptor["resources"] = [resource_descriptor(one, files[one.path]) for one in resources]
    shown = {"imprint": imprint, "home": homepage(site), "made_from": made_from, "resources": resources}
    readme = render_to_string("report/data_readme.txt", shown | {"qualifiers": list(Qualifier), "bases": list(Basis)})
    described = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()
    return archive({"datapackage.json": described, "README.md": readme.encode(), **files})


def homepage(site: Site) -> str:
    """The address of the site; empty where none is known."""
    return site.build_absolute_uri() if site.root else ""


def csv_of(resource: Resource) -> bytes:
    """A resource as CSV under the names of its columns.

    It begins with a byte-order mark, as the CSV files of the site do: without it Excel in Chinese misreads UTF-8,
    and readers of Data Packages, frictionless among them, drop it from files that say `utf-8`.
    """
    names = [column.name for column in resource.columns]
    return "".join(csv_lines([names, *resource.rows])).encode()


def package_descriptor(imprint: Imprint, site: Site, made_from: Lines) -> dict:
    """What datapackage.json says before its tables. There is no `licenses`: the association has not declared any.

    `version` is of three numbers, as the standard recommends; data that are no edition have none.
    """
    period, edition, association = imprint.period, imprint.scope.edition, imprint.association
    version = {"version": f"{edition.number}.0.0"} if edition else {}
    home = {"homepage": homepage(site)} if site.root else {}
    data_words = "".join(f"{label}：{words}。" for label, words in made_from)
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"xinyi-sat-{imprint.scope.slug.replace('_', '-')}",
        "title": imprint.title,
        **version,
        "description": f"{imprint.scope}的数字与记录，逐项注明出自哪一段、第几字到第几字。{data_words}",
        **home,
        "keywords": [word for word in ("科学技术协会", association.region, "四服务", "工作回顾") if word],
        "contributors": [{"title": association.name, "roles": ["publisher"]}],
        "sources": [{"title": source} for source in imprint.sources],
        "bibliographicCitation": imprint.citation,
        "temporal": {"start": period.starts_on.isoformat(), "end": period.ends_on.isoformat()},
    }


def resource_descriptor(resource: Resource, content: bytes) -> dict:
    """One CSV file and the schema of its table."""
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": resource.name.replace("_", "-"),
        "type": "table",
        "title": resource.title,
        "description": resource.description,
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [field_descriptor(column, resource.key) for column in resource.columns],
            "primaryKey": resource.key,
            "foreignKeys": [
                {"fields": list(fields), "reference": {"resource": other, "fields": list(named)}}
                for fields, (other, named) in resource.references.items()
            ],
        },
    }


def field_descriptor(column: Column, key: list[str]) -> dict:
    """One column: its type and words, and that a key is never empty."""
    field = {"name": column.name, "type": column.type, "title": column.title}
    if column.description:
        field["description"] = column.description
    if column.choices:
        field["categories"] = [{"value": word, "label": label} for word, label in column.choices.items()]
    if column.name in key:
        field["constraints"] = {"required": True}
    return field
