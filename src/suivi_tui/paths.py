"""Where things live on this machine, and what the user set once for all."""

from pathlib import Path
from typing import NamedTuple

APPLICATION = "suivi-tui"


def data_directory() -> Path:
    """The user's data directory for this application (never a roaming or cloud folder)."""
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


def config_directory() -> Path:
    """The user's configuration directory for this application."""
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False)


def default_base() -> Path:
    """The base opened when none is named."""
    return data_directory() / "suivi.db"


def demonstration_base() -> Path:
    """The demonstration base, apart from the real one."""
    return data_directory() / "demonstration.db"


def backup_directory(base: Path) -> Path:
    """Where the automatic backups of a base are kept: beside it."""
    return base.parent / f"{base.stem}-sauvegardes"


def templates_directory() -> Path:
    """The templates of letters, which the user may change; beside the settings."""
    return config_directory() / "modeles"


def log_file() -> Path:
    """The technical log: identifiers and counts, never names."""
    return data_directory() / "journal-technique.log"


def reference_file() -> Path | None:
    """The user's own reference data, which overrides what comes with the application, if any."""
    path = config_directory() / "references.toml"
    return path if path.exists() else None


def private_directory(path: Path) -> Path:
    """Create ``path`` if needed, readable by its owner only where the system knows rights."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


class Settings(NamedTuple):
    """What the user set in ``settings.toml``: who writes, for which structure, which theme.

    The others are what letters say of who writes them.
    """

    author: str = ""
    structure: str = ""
    theme: str = ""
    role: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    town: str = ""


def load_settings() -> Settings:
    """The user's settings; defaults when there is no file or it cannot be read."""
    path = config_directory() / "settings.toml"
    if not path.exists():
        return Settings()
    import tomllib

    try:
        with path.open("rb") as file:
            values = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Settings()
    return Settings(**{key: str(values[key]) for key in Settings._fields if key in values})


def save_settings(settings: Settings) -> None:
    """Write the user's settings, whole or not at all."""
    directory = private_directory(config_directory())
    target = directory / "settings.toml"
    partial = target.with_suffix(".partiel")
    lines = [f"{key} = {_quoted(text)}\n" for key, text in settings._asdict().items()]
    partial.write_text("".join(lines), encoding="utf-8")
    partial.replace(target)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
