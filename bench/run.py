#!/usr/bin/env python3
"""Measures speed as ratios to limits taken in the same run on the same machine. See README.md.

  bench/run.py                    SQLite and PostgreSQL beside their limits, 10,000 dossiers
  bench/run.py scale              10,000 against 1,000,000 dossiers on SQLite
  bench/run.py scale --postgres   the same on PostgreSQL
  bench/run.py all                all of it
"""
import atexit
import gzip
import os
import re
import shutil
import signal
import sqlite3
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BINARY = ROOT / "target/release/motcua"
SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
DRAFTS = int(os.environ.get("BENCH_DRAFTS", str(10_000 * SECONDS)))
COUNT = 10_000
CONNECTIONS = 64


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(url, child):
    for _ in range(200):
        try:
            return urllib.request.urlopen(url, timeout=2)
        except urllib.error.HTTPError:
            return None
        except OSError:
            if child.poll() is not None:
                sys.exit(f"{url}: ended before it answered")
            time.sleep(0.1)
    sys.exit(f"{url}: no answer")


def wrk(url, script=None, args=(), seconds=SECONDS, threads=1):
    command = ["wrk", f"-t{threads}", f"-c{CONNECTIONS}", f"-d{seconds}", "--latency"]
    if script:
        command += ["-s", str(HERE / script)]
    said = subprocess.run(command + [url, "--", *args], capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if bad or "Socket errors" in said:
        print(f"  WARNING {url}: {said}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def cpu_seconds(pid):
    """What a process has used of the processors: steadier than a rate while others use them too."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mb(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) // 1024


class Postgres:
    """A server of our own, durable as it comes."""

    def __init__(self):
        self.dir = Path(tempfile.mkdtemp())
        self.dir.chmod(0o755)
        self.bin = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.port = free_port()
        data = self.dir / "data"
        data.mkdir()
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
            shutil.chown(self.dir, "postgres")
        self.run(f"{self.bin}/initdb -A trust -U postgres --locale=C --encoding=UTF8 -D {data}")
        self.run(f"{self.bin}/pg_ctl -w -D {data} -l {self.dir}/log -o '-p {self.port} -k {self.dir} -c listen_addresses=127.0.0.1' start")
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, command):
        how = ["su", "postgres", "-c", command] if os.getuid() == 0 else ["bash", "-c", command]
        subprocess.run(how, check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.run(f"{self.bin}/pg_ctl -m fast -D {self.dir}/data stop")
        shutil.rmtree(self.dir)

    def analyze(self):
        subprocess.run(["psql", self.url, "-qc", "analyze"], check=True)

    def count(self, table):
        said = subprocess.run(["psql", self.url, "-Atc", f"select count(*) from {table}"], check=True, capture_output=True, text=True)
        return int(said.stdout)


def fdatasync_ms(folder):
    handle = os.open(folder / "sync", os.O_CREAT | os.O_WRONLY)
    times = []
    for _ in range(300):
        os.write(handle, b"x" * 4096)
        begun = time.perf_counter()
        os.fdatasync(handle)
        times.append(time.perf_counter() - begun)
    os.close(handle)
    return sorted(times)[150] * 1000


def new_key():
    """As ours: 48 bits of time, the rest random, so that rows come in their order."""
    return (time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10)


def raw_sqlite(folder, batch=16):
    """The rows of our own store, into its own empty tables with their indexes, with the same durability, sixteen
    dossiers a commit: dossier, event, the words it is found by, what is due, job, the numbers and counts kept with them,
    the draft that goes. Nothing else."""
    db = sqlite3.connect(folder / "raw.db", isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    db.execute("attach ? as ours", (str(folder / "data/motcua.db"),))
    made = "select sql from ours.sqlite_master where sql is not null and substr(name, 1, 1) <> '_' and name not like 'sqlite%'"
    for (text,) in db.execute(f"{made} order by type desc").fetchall():
        db.execute(text)
    dossiers = db.execute("select * from ours.dossier order by id desc limit 2000").fetchall()
    events = [db.execute("select * from ours.event where dossier = ? and version = 1", (d[0],)).fetchone() for d in dossiers]
    words = [db.execute("select word, place from ours.search_word where dossier = ?", (d[0],)).fetchall() for d in dossiers]
    due = [db.execute("select * from ours.ledger_entry where source = ? and version = 1", (d[0],)).fetchall() for d in dossiers]
    db.execute("detach ours")
    into = f"insert into dossier values ({','.join('?' * len(dossiers[0]))})"
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        db.execute("begin immediate")
        db.execute("insert into series values ('day', 16) on conflict do update set last = last + 16")
        db.execute("insert into tally values ('a', 'one_stop', 'filed', 16) on conflict do update set n = n + 16")
        db.execute(f"insert into figure values ('a', 'p', 1, 0, 16{', 0' * 20}) on conflict do update set online_four = online_four + 16")
        db.execute("insert into intake_place values ('c', 'p', 1, 0, 16, 0, 0, 0, 0) on conflict do update set online_four = online_four + 16")
        db.execute("insert into ledger_total values (202003, 'a', 'due', 16, 0) on conflict do update set debit = debit + 16")
        for _ in range(batch):
            key, sample = new_key(), done % len(dossiers)
            dossier, event, done = dossiers[sample], events[sample], done + 1
            db.execute(into, (key, dossier[1], f"{dossier[2]}-{done}", *dossier[3:]))
            db.execute("insert into event values (?,?,?,?)", (key, *event[1:]))
            db.executemany("insert into search_word values (?,?,?)", [(key, *word) for word in words[sample]])
            db.executemany("insert into ledger_entry values (?,?,?,?,?,?,?,?,?)", [(key, *entry[1:]) for entry in due[sample]])
            db.execute("insert into job values (?,'notify','{}',0,0,0,'ready','',0)", (key,))
            db.execute("delete from draft where id = ?", (key,))
        db.execute("commit")
    rate = done / (time.perf_counter() - begun)
    db.close()
    return rate


RAW_POSTGRES = """
create table sample as select row_number() over () as nr, d.*, e.body as event_body, e.hash as event_hash
  from (select * from dossier order by id desc limit 2000) d join event e on e.dossier = d.id and e.version = 1;
create unique index on sample (nr);
create table sample_word as select nr, word, place from sample s join search_word w on w.dossier = s.id;
create index on sample_word (nr);
create table sample_due as select nr, l.* from sample s join ledger_entry l on l.source = s.id and l.version = 1;
create index on sample_due (nr);
truncate dossier, event, job, draft, tally, figure, intake_place, series, search_word, ledger_entry, ledger_total;
create function new_key() returns bytea language sql as $$
  select decode(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0'), 'hex')
    || substring(uuid_send(gen_random_uuid()) from 7) $$;
"""
RAW_SUBMIT = r"""\set n random(1, 1000000000000)
\set nr random(1, 2000)
begin;
with d as (insert into dossier select new_key(), version, code || :n, {rest} from sample where nr = :nr returning id),
  w as (insert into search_word (dossier, word, place) select d.id, word, place from sample_word, d where nr = :nr),
  l as (insert into ledger_entry (source, version, at, agency, kind, method, reference, moved, lines)
    select d.id, version, at, agency, kind, method, reference, moved, lines from sample_due, d where nr = :nr)
  insert into event select d.id, 1, event_body, event_hash from sample, d where nr = :nr;
insert into job values (new_key(), 'notify', '{{}}', 0, 0, 0, 'ready', '', 0);
delete from draft where id = new_key();
commit;
"""


def raw_postgres(postgres):
    """As `raw_sqlite`, by pgbench with sixteen clients, whose commits the server groups by itself; without the counts,
    for which sixteen clients would wait on each other."""
    base = ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "postgres"]
    subprocess.run(["psql", *base, "-qc", "create database raw template postgres"], check=True)
    subprocess.run(["psql", *base, "-qd", "raw", "-v", "ON_ERROR_STOP=1", "-c", RAW_POSTGRES], check=True)
    named = "select column_name from information_schema.columns where table_name = 'dossier' order by ordinal_position"
    columns = subprocess.run(["psql", *base, "-Atd", "raw", "-c", named], check=True, capture_output=True, text=True).stdout.split()
    script = postgres.dir / "raw.sql"
    script.write_text(RAW_SUBMIT.format(rest=", ".join(columns[3:])))
    said = subprocess.run(["pgbench", *base, "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", str(SECONDS), "-f", str(script), "raw"],
                          check=True, capture_output=True, text=True).stdout
    return float(re.search(r"tps = ([\d.]+)", said)[1])


def bare_page():
    port = free_port()
    child = subprocess.Popen([ROOT / "target/release/examples/bare_page", str(port)])
    wait_for(f"http://127.0.0.1:{port}/", child)
    rate, _ = wrk(f"http://127.0.0.1:{port}/")
    child.terminate()
    return rate


def django(folder, postgres):
    venv = Path(os.environ.get("BENCH_VENV", ROOT / "target/bench-venv"))
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "-q", "django==5.2.*", "gunicorn", "psycopg[binary]"], check=True)
    env = os.environ | {"PYTHONPATH": str(HERE), "BENCH_DB": str(folder / "django.db")}
    if postgres:
        env["BENCH_POSTGRES_PORT"] = str(postgres.port)
    subprocess.run([python, "-c", "import django_app; django_app.create_tables()"], check=True, env=env)
    port = free_port()
    child = subprocess.Popen([venv / "bin/gunicorn", "--log-level", "critical", "-w", "2", "--threads", "4", "-b",
                              f"127.0.0.1:{port}", "django_app:app"], env=env)
    url = f"http://127.0.0.1:{port}"
    wait_for(f"{url}/form", child)
    body = urllib.parse.urlencode({"name": "Nông Thị Hoa", "person_id": "019185001234", "birth_date": "30/03/1985",
                                   "phone": "0912345678", "commune": "12", "street": "Xóm Khuổi Mèo", "copies": "2",
                                   "purpose": "vay vốn", "note": "x" * 800})
    code = urllib.request.urlopen(f"{url}/form", body.encode()).read().decode()
    found = {
        "submit": wrk(f"{url}/form", "page.lua", ["", body]),
        "form": wrk(f"{url}/form"),
        "track": wrk(f"{url}/track/{code}"),
        "inbox": wrk(f"{url}/inbox"),
    }
    child.terminate()
    child.wait()
    return found


class Motcua:
    def __init__(self, folder, count, postgres=None, drafts=DRAFTS):
        data = ["--data", str(folder)] + (["--postgres", postgres.url] if postgres else [])
        subprocess.run([BINARY, "simulate", *data, "--count", str(count)], check=True)
        said = subprocess.run([BINARY, "simulate", *data, "--drafts", str(drafts)], check=True, capture_output=True, text=True)
        self.database, self.postgres = folder / "motcua.db", postgres
        self.drafts = folder / "drafts"
        self.drafts.write_text(said.stdout)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        env = os.environ | {"MOTCUA_LISTEN": f"127.0.0.1:{port}", "MOTCUA_PUBLIC_URL": self.url, "MOTCUA_DATA": str(folder),
                            "MOTCUA_LOG": "error"}
        if postgres:
            env["MOTCUA_POSTGRES"] = postgres.url
        self.child = subprocess.Popen([BINARY, "serve"], env=env, stdout=subprocess.DEVNULL)
        atexit.register(self.child.kill)
        wait_for(self.url, self.child)
        self.citizen = self.sign_in("0912345678")
        self.desk = self.sign_in("motcua.sangmoc")

    def sign_in(self, login):
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None
        form = urllib.parse.urlencode({"login": login, "password": "motcua-2020"}).encode()
        request = urllib.request.Request(f"{self.url}/dang-nhap", form, {"Sec-Fetch-Site": "same-origin"})
        try:
            urllib.request.build_opener(Stay).open(request)
        except urllib.error.HTTPError as e:
            return e.headers["Set-Cookie"].split(";")[0]
        sys.exit("cannot sign in")

    def get(self, path, cookie=""):
        return urllib.request.urlopen(urllib.request.Request(self.url + path, headers={"Cookie": cookie})).read()

    def measure(self):
        ids = self.drafts.read_text().split()
        # The last draft is left for the form page, the first sent one for tracking.
        form = next(p for p in re.findall(r"/ho-so/nhap/[0-9a-f-]+/[a-z-]+", self.get("/ho-so", self.citizen).decode()))
        before, used = self.count("dossier"), cpu_seconds(self.child.pid)
        _, p99 = wrk(self.url, "submit.lua", [str(self.drafts), self.citizen], threads=2)
        used = cpu_seconds(self.child.pid) - used
        stored = self.count("dossier") - before
        # What counts is what is stored, whatever the load tool was answered.
        found = {"submit": (stored / SECONDS, p99), "cpu": used / stored * 1e6}
        begun = time.perf_counter()
        while self.count("job") and time.perf_counter() - begun < 120:
            time.sleep(0.2)
        found["outbox"] = time.perf_counter() - begun
        sent = self.get(f"/ho-so/{ids[200]}", self.citizen).decode()
        code = re.search(r"\d{3}\.\d{2}\.\d{2}\.H55-\d{6}-\d{4,}", sent)[0]
        phone = re.search(r"0[35789]\d\d ?\d{3} ?\d{3}", sent)[0].replace(" ", "")
        fact = urllib.parse.urlencode({"code": code, "fact": phone[-4:]})
        found["form"] = wrk(self.url + form, "page.lua", [self.citizen])
        found["track"] = wrk(f"{self.url}/tra-cuu", "page.lua", ["", fact])
        found["inbox"] = wrk(f"{self.url}/ban", "page.lua", [self.desk])
        found["my"] = wrk(f"{self.url}/ho-so", "page.lua", [self.citizen])
        found["rss"] = resident_mb(self.child.pid)
        return found

    def count(self, table):
        if self.postgres:
            return self.postgres.count(table)
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as db:
            return db.execute(f"select count(*) from {table}").fetchone()[0]

    def weights(self):
        """Compressed bytes of a first visit: the page, the style sheet and what it loads."""
        found = {}
        form = next(iter(re.findall(r"/ho-so/nhap/[0-9a-f-]+/[a-z-]+", self.get("/ho-so", self.citizen).decode())), None)
        for name, path in [("portal", "/"), ("form", form), ("track", "/tra-cuu")]:
            page = self.get(path, self.citizen)
            links = set(re.findall(rb'(?:href|src)="(/tinh/[^"]+)"', page))
            found[name] = len(gzip.compress(page)) + sum(len(gzip.compress(self.get(link.decode()))) for link in links)
        return found

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()


def row(name, ours, beside, theirs, wanted, note=""):
    ratio = ours / theirs
    print(f"| {name} | {ours:,.0f}/s{note} | {beside} {theirs:,.0f}/s | {ratio:.2f} | {wanted} | {'yes' if ratio >= wanted else 'NO'} |")


def compare(name, folder, raw, bare, base, ours):
    print(f"\n| {name} | Một Cửa | beside | ratio | wanted | reached |\n|---|---|---|---|---|---|")
    row("submit", ours["submit"][0], "raw database", raw, 0.5, f", p99 {ours['submit'][1]:.0f} ms")
    row("submit", ours["submit"][0], "Django", base["submit"][0], 3)
    for page, wanted in (("track", 10), ("form", 10), ("inbox", 5)):
        row(page, ours[page][0], "Django", base[page][0], wanted)
    for page in ("track", "form"):
        row(page, ours[page][0], "bare page", bare, 0.15)
    print(f"\nDjango's submit p99 {base['submit'][1]:.0f} ms; fdatasync p50 {fdatasync_ms(folder):.2f} ms; the server's CPU time "
          f"{ours['cpu']:.0f} µs a submitted dossier; its messages worked off {ours['outbox']:.1f} s after the load; "
          f"resident memory at most {ours['rss']} MB")


def build():
    # Together: apart, what is built for the example would not serve the program.
    subprocess.run(["cargo", "build", "--release", "-q", "-p", "motcua", "--bin", "motcua", "-p", "motcua-web", "--example", "bare_page"],
                   cwd=ROOT, check=True)


def beside_limits():
    build()
    bare = bare_page()
    for engine in ("SQLite", "PostgreSQL"):
        folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR")))
        postgres = Postgres() if engine == "PostgreSQL" else None
        base = django(folder, postgres)
        ours = Motcua(folder / "data", COUNT, postgres)
        weights = ours.weights()
        found = ours.measure()
        ours.stop()
        raw = raw_postgres(postgres) if postgres else raw_sqlite(folder)
        compare(engine, folder, raw, bare, base, found)
        print("first visit, compressed: " + ", ".join(f"{k} {v / 1000:.1f} KB" for k, v in weights.items()))
        if postgres:
            postgres.stop()
        shutil.rmtree(folder)


def scale(engine):
    build()
    results = []
    for count in (COUNT, int(os.environ.get("BENCH_LARGE", "1000000"))):
        folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR")))
        postgres = Postgres() if engine == "PostgreSQL" else None
        ours = Motcua(folder, count, postgres)
        if postgres:
            # What autovacuum does within a minute after a load; here nobody waits for it.
            postgres.analyze()
        results.append(ours.measure())
        ours.stop()
        if postgres:
            postgres.stop()
        shutil.rmtree(folder)
    print(f"\n| {engine} | 10,000 | 1,000,000 | ratio (wanted at most 1.3) |\n|---|---|---|---|")
    for page in ("inbox", "my", "track", "submit"):
        small, large = results[0][page][0], results[1][page][0]
        print(f"| {page} | {small:,.0f}/s | {large:,.0f}/s | {small / large:.2f} |")


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked in ([], ["all"]):
        beside_limits()
    if asked in (["scale"], ["all"]):
        scale("SQLite")
    if asked in (["scale", "--postgres"], ["all"]):
        scale("PostgreSQL")
    if asked not in ([], ["all"], ["scale"], ["scale", "--postgres"]):
        sys.exit(__doc__)
