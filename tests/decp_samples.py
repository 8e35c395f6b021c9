"""Small records of open data, written for the tests."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from suivi_tui.exchange.decp import DecpFile, PublishedContract, read_decp

BUYER = "21590163800019"
HOLDER = "81809944200019"
TODAY = date(2026, 3, 31)


def contract(**changes: Any) -> dict[str, Any]:
    """A faultless contract of 2022, some fields changed (removed when the change is ...)."""
    record = {
        "id": "2026-01",
        "acheteur": {"id": BUYER},
        "nature": "Marché",
        "objet": "Rénovation de l'école",
        "codeCPV": "45214200-2",
        "techniques": {"technique": ["Sans objet"]},
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "59170", "typeCode": "Code postal"},
        "dureeMois": 12,
        "dateNotification": "2026-01-15",
        "datePublicationDonnees": "2026-01-20",
        "montant": 100000.5,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": HOLDER}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "modifications": [],
    } | changes
    return {name: value for name, value in record.items() if value is not ...}


def read(tmp_path: Path, tree: object) -> DecpFile:
    path = tmp_path / "decp.json"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
    return read_decp(path, TODAY)


def one(tmp_path: Path, **changes: Any) -> tuple[PublishedContract, list[tuple[str, str]]]:
    """The only record of a file and its warnings, field and message with plain spaces."""
    file = read(tmp_path, {"marches": {"marche": [contract(**changes)]}})
    (record,) = file.records
    assert all(warning.record == record.label for warning in file.warnings)
    return record, [(each.field, each.message.replace("\u00a0", " ")) for each in file.warnings]
