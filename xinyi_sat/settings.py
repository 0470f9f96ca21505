"""Settings from the environment; `manage.py serve --help` prints this table. What is not set is safe for a machine of the office.

DATA_DIR                网站全部数据所在的文件夹。默认：本项目中的 .data
DATABASE_URL            数据库，如 postgres://用户:口令@主机/库名。默认：DATA_DIR 中的 SQLite 文件
SECRET_KEY              给登录签名的密钥。默认：serve 在 DATA_DIR 中建立并保存的
ALLOWED_HOSTS           网站应答的主机名和地址，用逗号分开。默认：只有本机
CSRF_TRUSTED_ORIGINS    前面的代理的网址，连同 https://，用逗号分开。默认：无
HTTPS                   读者经 https 访问时为 on，由前面的代理设置 X-Forwarded-Proto。默认：off
PROXIES                 前面有几层自己的代理会添写 X-Forwarded-For；它们应丢弃名称带下划线的请求头（nginx 默认如此）。默认：0
SESSION_IDLE_MINUTES    登录以后多少分钟不用就退出。默认：30
SESSION_HOURS           登录最长多少小时。默认：10
TOTP_REQUIRED           on：人人登录都要第二步验证。默认：off
UPLOAD_MEGABYTES        上传的工作簿最大多少 MB。默认：5
UPLOAD_ROWS             上传的工作簿最多多少行。默认：1000
RENDER_SECONDS          编制一份文件最长多少秒，编一版报告为三倍。默认：300
RENDER_MEGABYTES        编制文件的后台程序最多多少 MB 内存。默认：1200
DEBUG                   on：只用于程序员自己的电脑。默认：off
"""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from xinyi_sat.environment import count, env, stored_secret_key, switch

BASE_DIR = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """The folder for everything the site makes, which need not be there yet; ImproperlyConfigured where a file is in its place."""
    folder = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
    for one in (folder, *folder.parents):
        if os.path.exists(one) and not os.path.isdir(one):  # where nobody may look, it is seen when it is used
            raise ImproperlyConfigured(
                f"数据文件夹 {folder} 不能用：{one} 应是文件夹，却是一个文件。请移走它，或把 DATA_DIR 设为别的文件夹。"
            )
    return folder


DATA_DIR = data_folder()
SECRET_KEY_FILE = DATA_DIR / "secret-key"

SECRET_KEY = env.str("SECRET_KEY", default="") or stored_secret_key(SECRET_KEY_FILE)
DEBUG = switch("DEBUG")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",  # before the report, which takes its pages out of the admin
    "xinyi_sat.facts",
    "xinyi_sat.pages",
    "xinyi_sat.office.apps.OfficeConfig",
    "achievements",
    "outreach",
    "xinyi_sat.report",
    "xinyi_sat.operations",
    "django_tables2",
    "django_filters",
    "csp",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "xinyi_sat.accounts.apps.AccountsConfig",  # after those whose pages of the admin it takes the place of
    "xinyi_sat.office.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xinyi_sat.pages.middleware.ReadOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "xinyi_sat.urls"
WSGI_APPLICATION = "xinyi_sat.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xinyi_sat.pages.context_processors.site",
            ],
        },
    },
]

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "xinyi_sat.sqlite3"}
DATABASES = {"default": env.db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else SQLITE}
if "ENGINE" not in DATABASES["default"]:
    raise ImproperlyConfigured("看不懂 DATABASE_URL：应写作 postgres://用户:口令@主机/库名 或 sqlite:///文件。")
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql" and find_spec("psycopg") is None:
    raise ImproperlyConfigured(
        "DATABASE_URL 用的是 PostgreSQL，但还没有安装它的驱动。请在网站的文件夹中运行："
        ".venv/bin/pip install -c .ci/constraints.txt 'psycopg[binary]'"
    )
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # With the default (DEFERRED) two writers fail at once instead of waiting for each other.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds; a large workbook is saved in one go
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Work outside of requests: the database is the queue, `manage.py db_worker` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
AFTER_CHANGE = "xinyi_sat.report.publishing.making.publish_changed"  # told of every record that was changed

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# The worker makes the files of the report within these limits.
RENDER_SECONDS = count("RENDER_SECONDS", default=300)
RENDER_MEGABYTES = count("RENDER_MEGABYTES", default=1200)

MEDIA_ROOT = DATA_DIR / "files"  # the files that readers fetch, handed out by a view alone
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "xinyi_sat.statics.StaticFilesStorage"},
}

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "xinyi_sat.accounts.passwords.GuessableValidator",
        "OPTIONS": {"names": "xinyi_sat.facts.association_names.guessable_names"},
    },
]

# The rule that these belong to is told in xinyi_sat/accounts/lockout.py.
PROXIES = count("PROXIES", default=0, least=0)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "xinyi_sat.accounts.lockout.Handler"
AXES_CLIENT_IP_CALLABLE = "xinyi_sat.accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "xinyi_sat.accounts.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "draft"]  # beside the password, not kept
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

TOTP_REQUIRED = switch("TOTP_REQUIRED")


def OTP_TOTP_ISSUER(device: object) -> str:  # noqa: N802 (the name of the setting)
    """What the app on a phone calls this site: the short name of the association."""
    from xinyi_sat.facts.models import Association

    return Association.objects.current().short_name


SESSION_COOKIE_AGE = 60 * count("SESSION_IDLE_MINUTES", default=30)
SESSION_LONGEST = 3600 * count("SESSION_HOURS", default=10)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

HTTPS = switch("HTTPS")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    # Browsers take cookies of these names from nobody but this very host.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # The other sites of this domain are not ours to bind.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

UPLOAD_MEGABYTES = count("UPLOAD_MEGABYTES", default=5)
UPLOAD_ROWS = count("UPLOAD_ROWS", default=1_000)
# A file is held in memory while it arrives, so that an interrupted one leaves nothing; a larger one is not held at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_MEGABYTES << 20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"short": {"()": "xinyi_sat.facts.error_pages.ShortErrors"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "filters": ["short"]},
        "quiet": {"class": "logging.NullHandler"},
    },
    # Django's own would mail errors, to nobody.
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR"},
        # Whoever asks for another host is told on the page; a traceback would only fill the terminal.
        "django.security.DisallowedHost": {"handlers": ["quiet"], "propagate": False},
        # A lock is told in our own words.
        "axes": {"handlers": ["quiet"], "propagate": False},
        "xinyi_sat": {"handlers": ["terminal"], "level": "WARNING"},
    },
}

SIMPLE_HISTORY_DATE_INDEX = False  # the order of a history is that of its numbers

DJANGO_TABLES2_TEMPLATE = "pages/table.html"
FILTERS_EMPTY_CHOICE_LABEL = "全部"
