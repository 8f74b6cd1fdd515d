"""The baseline: one-file Django doing the least that the same job needs. No sessions, no CSRF, no files, no checks of
identity numbers, no journal. Started by run.py under gunicorn."""
import json
import os
import uuid

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

POSTGRES = os.environ.get("BENCH_POSTGRES_PORT")
DATABASE = (
    {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "postgres", "HOST": "127.0.0.1",
     "PORT": POSTGRES, "CONN_MAX_AGE": 600}
    if POSTGRES
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_DB"],
          "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                      "init_command": "pragma journal_mode=wal;pragma synchronous=full;"}}
)
settings.configure(DEBUG=False, SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
                   DATABASES={"default": DATABASE}, INSTALLED_APPS=[], USE_TZ=True)
django.setup()


class Dossier(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=40, db_index=True)
    status = models.CharField(max_length=20)
    due = models.DateField()
    body = models.TextField()

    class Meta:
        app_label = "bench"
        indexes = [models.Index(fields=["status", "due"])]


class Event(models.Model):
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE)
    version = models.IntegerField()
    body = models.TextField()

    class Meta:
        app_label = "bench"


class Job(models.Model):
    kind = models.CharField(max_length=20)
    dossier = models.UUIDField()

    class Meta:
        app_label = "bench"


FIELDS = ["name", "person_id", "birth_date", "phone", "email", "commune", "street", "copies", "purpose", "father", "mother",
          "note"]
ENGINE = Engine()
FORM = ENGINE.from_string(
    "<!doctype html><title>Form</title><form method=post>{% for f in fields %}<p><label for={{ f }}>{{ f }}</label>"
    "<input id={{ f }} name={{ f }} value=\"{{ values|default:'' }}\"></p>{% endfor %}<button>Send</button></form>")
TRACK = ENGINE.from_string(
    "<!doctype html><title>{{ d.code }}</title><h1>{{ d.code }}</h1><p>{{ d.status }}, {{ d.due }}</p><ul>"
    "{% for e in events %}<li>{{ e.version }} {{ e.body|truncatechars:80 }}</li>{% endfor %}</ul>")
INBOX = ENGINE.from_string(
    "<!doctype html><title>Inbox</title><table>{% for d in list %}<tr><td>{{ d.code }}<td>{{ d.owner }}<td>{{ d.status }}"
    "<td>{{ d.due }}</tr>{% endfor %}</table>")


def form(request):
    if request.method == "GET":
        return HttpResponse(FORM.render(Context({"fields": FIELDS})))
    answers = {f: request.POST.get(f, "").strip() for f in FIELDS}
    if not answers["name"]:
        return HttpResponse("name", status=422)
    body = json.dumps(answers)
    with transaction.atomic():
        number = uuid.uuid4()
        d = Dossier.objects.create(id=number, code=str(number), owner=answers["phone"], status="filed", due="2020-04-03",
                                   body=body)
        Event.objects.create(dossier=d, version=1, body=body)
        Job.objects.create(kind="notify", dossier=d.id)
    return HttpResponse(d.code)


def track(request, code):
    d = Dossier.objects.get(code=code)
    return HttpResponse(TRACK.render(Context({"d": d, "events": Event.objects.filter(dossier=d).order_by("version")})))


def inbox(request):
    found = Dossier.objects.filter(status="filed").order_by("due")[:20]
    return HttpResponse(INBOX.render(Context({"list": found})))


urlpatterns = [path("form", form), path("track/<str:code>", track), path("inbox", inbox)]


def create_tables():
    with connection.schema_editor() as editor:
        for model in (Dossier, Event, Job):
            editor.create_model(model)


app = get_wsgi_application()
