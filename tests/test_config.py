"""Settings: from the file, from the environment, and what happens to a mistake."""

from dataclasses import fields

import pytest

from board import config
from board.config import SettingError, Settings
from board.privacy.policy import DEFAULT, LOCALES

WARDS = ("Nightingale", "Mary Seacole")
LADDER = ("0 experts", "1.5 lead")
SHAPES = (r"Q\d{6,10}", r"H\d{7}")


def write(folder, text):
    (folder / "board.toml").write_text(text)


def test_defaults(tmp_path):
    settings = config.load(tmp_path, {})
    assert settings.public_reading is False
    assert settings.self_registration is False
    assert "No patient details. Not the record. Nobody is watching this." in settings.warning_text


def test_the_environment_overrides_the_file(tmp_path):
    write(tmp_path, 'site_name = "File"\nsession_hours = 8\ntrusted_networks = ["10.0.0.0/8"]')
    settings = config.load(tmp_path, {"BOARD_SITE_NAME": "Environment"})
    assert settings.site_name == "Environment"
    assert settings.session_hours == 8
    assert settings.trusted_networks == ("10.0.0.0/8",)


@pytest.mark.parametrize(
    ("variable", "typed", "name", "value"),
    [
        ("BOARD_RATELIMIT_ENABLED", "false", "ratelimit_enabled", False),
        ("BOARD_RATELIMIT_ENABLED", "0", "ratelimit_enabled", False),
        ("BOARD_PUBLIC_READING", "TRUE", "public_reading", True),
        ("BOARD_SESSION_HOURS", "9", "session_hours", 9),
        ("BOARD_PRIVACY_WARDS", "Nightingale, Mary Seacole", "privacy_wards", WARDS),
        ("BOARD_PRIVACY_MRN_SHAPES", r"Q\d{6,10},H\d{7}", "privacy_mrn_shapes", SHAPES),
        ("BOARD_LADDER_THIS_SHIFT", "0 experts, 1.5 lead", "ladder_this_shift", LADDER),
        ("BOARD_TRUSTED_NETWORKS", "10.0.0.0/8, ::1", "trusted_networks", ("10.0.0.0/8", "::1")),
    ],
)
def test_values_from_the_environment(tmp_path, variable, typed, name, value):
    assert getattr(config.load(tmp_path, {variable: typed}), name) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("site_name = 5", "site_name must be a text"),
        ('public_reading = "yes"', "public_reading must be true or false"),
        ("session_hours = 99", "session_hours cannot be 99"),
        ('time_zone = "Mars/Olympus"', "time_zone cannot be"),
        ('time_zone = "../../etc/passwd"', "time_zone cannot be"),
        ('trusted_networks = ["ward"]', "trusted_networks cannot be"),
        ('privacy_locales = ["FR"]', "privacy_locales cannot be"),
        ("privacy_locales = []", "privacy_locales cannot be"),
        ('privacy_mrn_shapes = ["(a+)+b"]', "privacy_mrn_shapes cannot be"),
        ("privacy_mrn_shapes = ['[z-a]\\d{7}']", "privacy_mrn_shapes cannot be"),
        ("privacy_mrn_shapes = ['\\d{1,3}']", "privacy_mrn_shapes cannot be"),
        ("privacy_mrn_shapes = ['\\d{6', '10}']", "privacy_mrn_shapes cannot be"),
        ("privacy_mrn_shapes = [7]", "privacy_mrn_shapes cannot be"),
        ("privacy_mrn_shapes = ['.*']", "privacy_mrn_shapes cannot be"),
        ('privacy_helplines = ["the switchboard"]', "privacy_helplines cannot be"),
        ('privacy_mail_domains = ["@hospital"]', "privacy_mail_domains cannot be"),
        ('privacy_ehr_hosts = ["https://ehr.example/x"]', "privacy_ehr_hosts cannot be"),
        ('privacy_wards = [""]', "privacy_wards cannot be"),
        ('privacy_check = "no"', "privacy_check must be true or false"),
        ('ladder_this_shift = ["2 nurses"]', "ladder_this_shift cannot be"),
        ('ladder_this_week = ["soon experts"]', "ladder_this_week cannot be"),
        ('ladder_when_you_can = "72 experts"', "ladder_when_you_can must be a list"),
        ('log_level = "loud"', "log_level cannot be"),
        ("sitename = 5", "no setting called sitename"),
        ("site_name = ", "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_setting(tmp_path, text, words):
    write(tmp_path, text)
    with pytest.raises(SettingError, match=words):
        config.load(tmp_path, {})


def test_every_setting_says_what_it_means():
    for each in fields(Settings):
        assert each.metadata["meaning"].endswith((".", ":"))


def test_the_written_defaults_can_be_read_back(tmp_path):
    """With every # before a setting removed, backslashes and all."""
    lines = config.as_toml().splitlines()
    write(tmp_path, "\n".join(line.removeprefix("# ") for line in lines if " = " in line))
    assert config.load(tmp_path, {}) == Settings()


def test_the_privacy_settings_are_the_detectors_own(tmp_path):
    assert set(config.PRIVACY_LOCALES) == LOCALES
    settings = Settings()
    assert settings.privacy_mrn_shapes == DEFAULT.mrn_shapes
    assert settings.privacy_helplines == DEFAULT.helplines


def test_the_data_folder(tmp_path, monkeypatch):
    assert config.data_folder({"BOARD_INSTANCE": str(tmp_path)}) == tmp_path
    assert config.data_folder({}).name == "instance"


def test_the_secret_key_is_made_once_and_kept_to_its_owner(tmp_path):
    from board.core.signing import secret_key

    first = secret_key(tmp_path)
    assert len(first) > 40
    assert secret_key(tmp_path) == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_postgres_addresses(tmp_path):
    from board import database_url

    assert database_url("", tmp_path) == f"sqlite:///{tmp_path}/board.db"
    for scheme in ("postgres", "postgresql"):
        assert database_url(f"{scheme}://u@h/b", tmp_path) == "postgresql+psycopg://u@h/b"
