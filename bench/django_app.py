"""The baseline: one-file Django doing the least that the same job needs. No sessions, no CSRF, no files, no checks of
identity numbers, no journal. Started by run.py under gunicorn."""
import json
import os
import uuid

import django
from django import forms
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
                   DATABASES={"default": DATABASE}, INSTALLED_APPS=["django.forms"], FORM_RENDERER="django.forms.renderers.DjangoTemplates", USE_TZ=True)
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


class Request(forms.Form):
    name = forms.CharField(max_length=100)
    person_id = forms.RegexField(r"^\d{9}(\d{3})?$")
    birth_date = forms.DateField(input_formats=["%d/%m/%Y"])
    phone = forms.RegexField(r"^0\d{9}$")
    email = forms.EmailField(required=False)
    commune = forms.ChoiceField(choices=[(str(n), f"Commune {n}") for n in range(178)])
    street = forms.CharField(max_length=200)
    copies = forms.IntegerField(min_value=1, max_value=20)
    purpose = forms.CharField(max_length=200)
    father = forms.CharField(max_length=100, required=False)
    mother = forms.CharField(max_length=100, required=False)
    note = forms.CharField(max_length=1000, required=False, widget=forms.Textarea)


ENGINE = Engine()
FORM = ENGINE.from_string("<!doctype html><title>Form</title><form method=post>{{ form.as_p }}<button>Send</button></form>")
TRACK = ENGINE.from_string(
    "<!doctype html><title>{{ d.code }}</title><h1>{{ d.code }}</h1><p>{{ d.status }}, {{ d.due }}</p><ul>"
    "{% for e in events %}<li>{{ e.version }} {{ e.body|truncatechars:80 }}</li>{% endfor %}</ul>")
INBOX = ENGINE.from_string(
    "<!doctype html><title>Inbox</title><table>{% for d in list %}<tr><td>{{ d.code }}<td>{{ d.owner }}<td>{{ d.status }}"
    "<td>{{ d.due }}</tr>{% endfor %}</table>")


def form(request):
    if request.method == "GET":
        return HttpResponse(FORM.render(Context({"form": Request()})))
    typed = Request(request.POST)
    if not typed.is_valid():
        return HttpResponse(FORM.render(Context({"form": typed})), status=422)
    answers = typed.cleaned_data
    body = json.dumps(answers, default=str)
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
