"""The settings of contract §2: what is missing or wrong is named, never shown, before anything is asked."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from assets.sources import SOURCES, Source
from pipelines.settings import NAMES, Settings, SettingsError


PORTAL = {
    "PORTAL_URL": "https://portal.example/api",
    "PORTAL_SSO_URL": "https://sso.example",
    "PORTAL_CLIENT_ID": "mtcl",
    "PORTAL_CLIENT_SECRET": "mat-khau-rat-bi-mat",
    "PSEUDONYM_KEY": "khoa-rat-bi-mat-va-dai",
}
AXIS = {"AXIS_URL": "https://axis.example", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "bi-mat-cua-truc"}
EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_nothing_set_means_no_source_and_the_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings.sources == {}
    assert (settings.run.org_code, settings.run.keep_versions) == ("H19", 10)
    assert settings.run.home.name == "var"


def test_a_system_without_any_variable_is_left_out_when_another_is_set() -> None:
    assert set(Settings.from_environment(PORTAL).sources) == {"portal"}


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment(dict.fromkeys(NAMES, " ")).sources == {}


@pytest.mark.parametrize(
    ("source", "missing"), [(one, name) for one in SOURCES if len(one.settings) > 1 for name in one.settings]
)
def test_some_but_not_all_of_one_system_names_what_is_missing(source: Source, missing: str) -> None:
    given = {name: "https://x.example" if name.endswith("URL") else "bi-mat" for name in source.settings}
    del given[missing]
    with pytest.raises(SettingsError, match=f"thiếu {missing}") as caught:
        Settings.from_environment(given | {"PSEUDONYM_KEY": "khoa-rat-bi-mat-va-dai"})
    assert "bi-mat" not in str(caught.value)


def test_without_a_key_for_pseudonyms_the_one_stop_system_is_not_read() -> None:
    with pytest.raises(SettingsError, match="PSEUDONYM_KEY"):
        Settings.from_environment({name: value for name, value in PORTAL.items() if name != "PSEUDONYM_KEY"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MTCL_TODAY", "31/12/2025"),
        ("MTCL_KEEP_VERSIONS", "0"),
        ("MTCL_OVERLAP_HOURS", "một ngày"),
        ("RUN_DEADLINE", "-3"),
        ("RUN_DEADLINE", "20h"),
        ("PUBLISH_WHEN", "luôn luôn"),
        ("TTHC_PUBLIC_URL", "dichvucong.example/jsp/rest.jsp"),
    ],
)
def test_a_malformed_value_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_environment({name: value})
    assert value not in str(caught.value)


def key_file(folder: Path, mode: int = 0o600) -> Path:
    file = folder / "ky.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(pem)
    file.chmod(mode)
    return file


def test_the_key_that_signs_publications_is_read_from_outside_the_home(tmp_path: Path) -> None:
    given = {"MTCL_HOME": str(tmp_path / "home"), "MTCL_SIGNING_KEY": str(key_file(tmp_path))}
    found = Settings.from_environment(given)
    assert found.run.signer is not None
    assert "Signer" not in repr(found)
    assert Settings.from_environment({}).run.signer is None


@pytest.mark.parametrize(
    ("home", "mode", "content", "told"),
    [
        (".", 0o600, None, "phải nằm ngoài MTCL_HOME"),
        ("home", 0o644, None, "người khác mở được"),
        ("home", 0o600, "bi-mat", "không phải là khóa riêng Ed25519"),
    ],
)
def test_a_key_that_cannot_be_used_is_told_and_not_shown(
    tmp_path: Path, home: str, mode: int, content: str | None, told: str
) -> None:
    file = key_file(tmp_path, mode)
    if content:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=told) as caught:
        Settings.from_environment({"MTCL_HOME": str(tmp_path / home), "MTCL_SIGNING_KEY": str(file)})
    assert "bi-mat" not in str(caught.value)


def test_settings_do_not_show_secrets_when_printed() -> None:
    shown = repr(Settings.from_environment(PORTAL | AXIS))
    assert "bi-mat" not in shown


def test_a_simulated_day_is_the_day_of_the_run() -> None:
    assert Settings.from_environment({"MTCL_TODAY": "2025-12-31"}).run.today == date(2025, 12, 31)


def test_the_example_file_lists_the_same_names_each_with_two_comments() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(names) == sorted(NAMES)
    for name in names:
        place = lines.index(f"{name}=")
        assert all(line.startswith("# ") for line in lines[place - 2 : place]), name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AXIS_CA_BUNDLE", "/khong/co/tep.pem"),
        ("AXIS_PROXY", "ftp://mat-khau@proxy"),
        ("AXIS_HEADERS", '["mat-khau"]'),
        ("AXIS_QUERY", '{"apikey": 1}'),
        ("AXIS_PATHS", '["mat-khau"]'),
        ("AXIS_USER_AGENT", "trình duyệt"),
        ("AXIS_TIMEOUT", "0.5"),
        ("AXIS_RETRY_MINUTES", "một giờ"),
        ("AXIS_RATE", "-7"),
        ("AXIS_CONNECTIONS", "100"),
        ("AXIS_ALLOW_HTTP", "có"),
        ("AXIS_GATEWAY", "wso2"),
    ],
)
def test_a_wrong_way_to_a_source_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_environment(AXIS | {name: value})
    assert value not in str(caught.value)


def test_what_a_gateway_needs_is_asked_for_by_name() -> None:
    through = {"AXIS_GATEWAY": "lgsp", "LGSP_URL": "https://lgsp.example/token", "LGSP_ACCESS_KEY": "bi-mat"}
    with pytest.raises(SettingsError, match=r"LGSP_SECRET_KEY.*AXIS_GATEWAY=lgsp") as caught:
        Settings.from_environment(AXIS | through)
    assert "bi-mat" not in str(caught.value)
    rest = {"LGSP_SECRET_KEY": "bi-mat", "LGSP_APP_NAME": "mtcl", "LGSP_PARTNER_CODE": "H19"}
    assert Settings.from_environment(AXIS | through | rest).sources["axis"].items() >= (through | rest).items()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"LGSP_URL": "https://lgsp.example", "LGSP_ACCESS_KEY": "bi-mat"}, ["LGSP_ACCESS_KEY, LGSP_URL", "=lgsp"]),
        ({"XROAD_CLIENT": "VN/GOV/H19/mtcl"}, ["XROAD_CLIENT", "S_GATEWAY=xroad"]),
        ({"XROAD_SERVICE_AXIS": "VN/GOV/H19/truc/vxp"}, ["XROAD_SERVICE_AXIS", "AXIS_GATEWAY=xroad"]),
        ({"AXIS_GATEWAY": "none", "LGSP_APP_NAME": "mtcl"}, ["LGSP_APP_NAME", "PORTAL, PORTAL_SSO, AXIS"]),
    ],
)
def test_keys_of_a_gateway_that_no_address_goes_by_are_told(given: dict[str, str], told: list[str]) -> None:
    with pytest.raises(SettingsError, match="không yêu cầu nào đi qua cổng") as caught:
        Settings.from_environment(AXIS | given)
    assert all(words in str(caught.value) for words in told)
    assert "bi-mat" not in str(caught.value)


def test_a_key_without_its_certificate_is_told(tmp_path: Path) -> None:
    key = tmp_path / "own.key"
    key.touch()
    with pytest.raises(SettingsError, match="AXIS_CLIENT_CERT"):
        Settings.from_environment(AXIS | {"AXIS_CLIENT_KEY": str(key)})


def test_an_address_that_shows_its_secrets_needs_a_switch() -> None:
    plain = AXIS | {"AXIS_URL": "http://axis.example"}
    with pytest.raises(SettingsError, match="AXIS_ALLOW_HTTP=1"):
        Settings.from_environment(plain)
    assert set(Settings.from_environment(plain | {"AXIS_ALLOW_HTTP": "1"}).sources) == {"axis"}


def test_a_slip_of_the_pen_is_named_with_what_was_meant() -> None:
    with pytest.raises(SettingsError, match=r"MTCL_HOMES; có phải MTCL_HOME\?"):
        Settings.from_environment({"MTCL_HOMES": "var"})
    with pytest.raises(SettingsError, match="AXIS_PROXI"):
        Settings.from_environment(AXIS | {"AXIS_PROXI": "none"})


def test_a_person_who_signs_on_needs_a_name_and_a_password_and_no_secret_of_the_client() -> None:
    person = {name: value for name, value in PORTAL.items() if name != "PORTAL_CLIENT_SECRET"}
    person |= {"PORTAL_GRANT": "password", "PORTAL_USERNAME": "canbo", "PORTAL_PASSWORD": "mat-khau-rat-bi-mat"}
    assert Settings.from_environment(person).sources["portal"]["PORTAL_USERNAME"] == "canbo"
    del person["PORTAL_PASSWORD"]
    with pytest.raises(SettingsError, match="thiếu PORTAL_PASSWORD"):
        Settings.from_environment(person)


@pytest.mark.parametrize(
    ("name", "value"), [("PORTAL_GRANT", "implicit"), ("PORTAL_SEARCH", "remove-status=0"), ("PORTAL_TOKEN_URL", "sso")]
)
def test_a_wrong_way_to_sign_on_or_to_search_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_environment(PORTAL | {name: value})
    assert value not in str(caught.value)
