"""Passwords: long, of any characters, and not the first that somebody would try."""

import pytest
from django.conf import settings as project
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from xinyi_sat import settings as written
from xinyi_sat.facts.models import Association

pytestmark = pytest.mark.django_db

GUESSABLE = "这个密码太容易猜"


def refusals(password: str, username: str = "wangfang") -> str:
    """Why a password is refused."""
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        return "".join(error.messages)
    return ""


# The last leaves a word of the user's own, but too short a one.
KNOWN = (
    "xinyikexie2026 Xinyi@2024kexie! 新沂市科协2021年工作 1qaz2wsx3edc4rfv Qwer1234!@#$ Woaini5201314! abcabcabcabcabc"
    " aaaaaaaaaaaaaaaa 987654321abcdefg wangfang20262026 2019201820172016 Xinyi2026-elm-QWERT"
)


@pytest.mark.parametrize("password", KNOWN.split())
def test_what_is_put_together_from_what_everybody_knows_is_refused(password):
    assert GUESSABLE in refusals(password)


@pytest.mark.parametrize(
    "password",
    [
        "three ginkgo by river",
        "tV9!kd02mQz7",
        "三棵银杏树在河边慢慢长大",
        "xinyi kexie ginkgo river",  # a known word does no harm among others
        "only small letters and spaces",
        "長" * 6 + " long and 128 " + "x7" * 54,
    ],
)
def test_there_are_no_rules_of_composition_and_no_limit_of_length(password):
    assert refusals(password) == ""


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("tV9!kd02mQz", "密码太短，至少要 12 位。"),
        ("motherfucker", "这个密码太常见了。"),
        ("wangfang-1985", "相似"),
    ],
)
def test_a_short_a_common_and_a_personal_password_are_refused_in_chinese(password, said):
    assert said in refusals(password, "wangfang1985")


def test_no_character_of_a_long_password_is_cut_off():
    user = User.objects.create_user("keeper", password="x7" * 100 + "a")
    assert user.check_password("x7" * 100 + "a")
    assert not user.check_password("x7" * 100 + "b")


def test_passwords_are_kept_as_argon2id_above_what_owasp_asks():
    assert written.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hasher = Argon2PasswordHasher()
    assert (hasher.memory_cost >= 19 * 1024, hasher.time_cost >= 2) == (True, True)
    assert project.PASSWORD_HASHERS != written.PASSWORD_HASHERS, "tests use a quick one"


def test_the_names_of_another_association_are_guessable_there():
    Association.objects.update(name="临湖县科学技术协会", short_name="临湖县科协", region="临湖县", prefecture="江北市")
    assert GUESSABLE in refusals("linhu2026kexie")
    assert GUESSABLE in refusals("江北市科协2026年工作")
    assert refusals("新沂的银杏和沭河边的马陵山") == ""
