#!/usr/bin/env python3
"""Money under load: notifications verified and booked durably, the report of a year, a statement of 100,000 lines.

    bench/money.py [notices] [report] [statement]      all three without arguments

Signs the bank's notices itself (HMAC-SHA256 over the body), as a bank would. Needs `wrk`, a release build, Linux.
BENCH_DIR is the folder of the databases, BENCH_COUNT how many dossiers the report's year has (default 1,000,000).
"""
import hashlib, hmac, json, os, re, shutil, sqlite3, subprocess, sys, tempfile, time, urllib.parse, urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from run import BINARY, Motcua, build, fdatasync_ms

SECRET = "bench-secret-of-the-bank"
ACCOUNT = "0011009999999"
BANK = {"MOTCUA_BANK_ACCOUNT": ACCOUNT, "MOTCUA_BANK_BIN": "970436", "MOTCUA_BANK_SECRET": SECRET,
        "MOTCUA_BANK_NAME": "Bench", "MOTCUA_BANK_HOLDER": "BENCH"}
SIDE_BY_SIDE = 64
LINES = 100_000


def signed(number, amount, content):
    body = json.dumps({"transaction": number, "account": ACCOUNT, "amount": amount, "content": content,
                       "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}).encode()
    return body, hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


def orders(folder, count):
    """Orders of dossiers that still have something to pay, written straight into the table: opening them is not measured."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    db = sqlite3.connect(folder / "motcua.db")
    rows = db.execute("select id, state from dossier where status = 'filed' order by id desc limit ?", (count * 4,)).fetchall()
    made = []
    for i, (dossier, state) in enumerate(rows):
        state = json.loads(state)
        due = state["fee"] - sum(p["amount"] for p in state["payments"])
        if due <= 0:
            continue
        body = "".join(alphabet[i >> 5 * k & 31] for k in range(10))
        check = alphabet[sum((2 * k + 1) * alphabet.index(c) for k, c in enumerate(body)) % 32]
        made.append((dossier, f"MC{body}{check}", due))
    now = int(time.time() * 1e6)
    db.executemany("insert into payment_order values (?, ?, ?, ?, 'open', '', ?, ?, null)",
                   [(os.urandom(16), d, ref, due, now, now + 10**12) for d, ref, due in made])
    db.commit()
    db.close()
    return made


def notices(url, made):
    host = urllib.parse.urlparse(url)
    import http.client
    def send(part):
        connection = http.client.HTTPConnection(host.hostname, host.port)
        for n, (_, reference, due) in part:
            body, signature = signed(f"FT{n}", due, reference)
            connection.request("POST", "/thanh-toan/ngan-hang", body, {"Content-Type": "application/json", "X-Signature": signature})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
    numbered = list(enumerate(made))
    parts = [numbered[i::SIDE_BY_SIDE] for i in range(SIDE_BY_SIDE)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(send, parts))
    return len(made) / (time.perf_counter() - begun)


def raw_rate(folder):
    """Single inserts of two rows of the size of ours, sixteen a commit, with fsync: the disk's own limit."""
    db = sqlite3.connect(folder / "raw.db", isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    db.execute("create table event (dossier blob, version integer, body text, hash blob, primary key (dossier, version)) strict")
    db.execute("create table dossier (id blob primary key, state text) strict")
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < 5:
        db.execute("begin immediate")
        for _ in range(16):
            key = os.urandom(16)
            db.execute("insert into event values (?, 2, ?, ?)", (key, "x" * 500, bytes(32)))
            db.execute("insert into dossier values (?, ?)", (key, "x" * 3000))
            done += 1
        db.execute("commit")
    return done / (time.perf_counter() - begun)


def timed(ours, path, cookie, times=20):
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        ours.get(path, cookie)
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)[len(took) // 2], max(took)


def statement(ours, cookie, db):
    rows = db.execute("select reference, moved from ledger_entry where method = 'vietqr' limit 50000").fetchall()
    lines = ["Ngày giao dịch,Số giao dịch,Ghi có,Ghi nợ,Nội dung"]
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    lines += [f"{at},{reference},{moved},0,CT DEN" for reference, moved in rows]
    lines += [f"{at},XX{i},15000,0,KHONG RO" for i in range(LINES - len(rows))]
    file = "\r\n".join(lines).encode()
    body = (b"--B\r\nContent-Disposition: form-data; name=\"layout\"\r\n\r\nbank\r\n--B\r\nContent-Disposition: form-data; "
            b"name=\"file\"; filename=\"saoke.csv\"\r\n\r\n" + file + b"\r\n--B--\r\n")
    request = urllib.request.Request(f"{ours.url}/ke-toan/doi-soat", body, {
        "Cookie": cookie, "Content-Type": "multipart/form-data; boundary=B", "Sec-Fetch-Site": "same-origin"})
    begun = time.perf_counter()
    urllib.request.urlopen(request).read()
    while db.execute("select count(*) from bank_statement where state = 'matching'").fetchone()[0]:
        time.sleep(0.05)
        assert time.perf_counter() - begun < 600, "the statement is not matched"
    found = db.execute("select lines, matched, differences from bank_statement").fetchone()
    return time.perf_counter() - begun, found


def main():
    parts = sys.argv[1:] or ["notices", "report", "statement"]
    build()
    os.environ |= BANK
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR")))
    count = int(os.environ.get("BENCH_COUNT", "1000000")) if "report" in parts else 60_000
    ours = Motcua(folder, count, drafts=1)
    cookie = ours.sign_in("ketoan.tinh")
    print("\n### Money (SQLite)\n\n| what | measured |\n|---|---|")
    if "notices" in parts or "statement" in parts:
        made = orders(folder, 40_000)
        rate = notices(ours.url, made)
        raw = raw_rate(folder)
        print(f"| notices verified and booked durably | {rate:,.0f}/s over {len(made):,} (raw rows with fsync {raw:,.0f}/s, ratio {rate / raw:.2f}) |")
    if "report" in parts:
        middle, most = timed(ours, "/ke-toan/bao-cao", cookie)
        print(f"| report of a year over {count:,} dossiers | {middle:.0f} ms, at most {most:.0f} ms |")
    db = sqlite3.connect(f"file:{folder}/motcua.db?mode=ro", uri=True)
    if "statement" in parts:
        took, (lines, matched, differences) = statement(ours, cookie, db)
        print(f"| statement of {lines:,} lines matched | {took:.1f} s ({matched:,} agree, {differences:,} differ) |")
    ours.stop()
    begun = time.perf_counter()
    said = subprocess.run([BINARY, "verify", "--data", str(folder)], check=True, capture_output=True, text=True).stdout
    print(f"| every entry and total counted again | {time.perf_counter() - begun:.0f} s: {said.strip().splitlines()[-1]} |")
    print(f"\nfdatasync p50 {fdatasync_ms(folder):.2f} ms")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
