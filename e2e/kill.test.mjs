// kill -9 at fifty moments under load, on each engine: what was acknowledged is there, once, and the journal is whole.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, PASSWORD, PROGRAM } from "./world.mjs";

const KILLS = 50;
const SIDE_BY_SIDE = 16;

/// The same "random" moments at every run.
function* moments(seed) {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    yield 20 + (x >>> 24);
  }
}

async function serve(env, url) {
  const program = spawn(PROGRAM, ["serve"], { env: { ...process.env, ...env, MOTCUA_LOG: "error" }, stdio: ["ignore", "ignore", "inherit"] });
  for (let i = 0; i < 300; i += 1) {
    if (program.exitCode !== null) throw new Error("serve ended");
    if (await fetch(url).then((r) => r.ok, () => false)) return program;
    await wait(20);
  }
  throw new Error("serve did not start");
}

async function survives(postgres) {
  const data = mkdtempSync(join(tmpdir(), "motcua-kill-"));
  const where = ["--data", data, ...(postgres ? ["--postgres", postgres] : [])];
  const run = (...args) => execFileSync(PROGRAM, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 });
  const drafts = run("simulate", ...where, "--drafts", "6000").trim().split("\n");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { MOTCUA_LISTEN: `127.0.0.1:${port}`, MOTCUA_PUBLIC_URL: url, MOTCUA_DATA: data, ...(postgres ? { MOTCUA_POSTGRES: postgres } : {}) };
  let program = await serve(env, url);
  const post = (path, form, cookie = "") =>
    fetch(url + path, { method: "POST", redirect: "manual", headers: { cookie, "sec-fetch-site": "same-origin" }, body: new URLSearchParams(form) });
  const signedIn = await post("/dang-nhap", { login: "0912345678", password: PASSWORD });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];

  const acknowledged = new Set();
  let next = 0;
  const moment = moments(2020);
  for (let kill = 0; kill < KILLS; kill += 1) {
    let alive = true;
    const send = async () => {
      while (alive) {
        const id = drafts[next++ % drafts.length];
        const answer = await post(`/ho-so/nhap/${id}/kiem-tra`, { declared: "on" }, cookie).catch(() => null);
        if (answer?.status === 303) acknowledged.add(id);
      }
    };
    const load = Array.from({ length: SIDE_BY_SIDE }, send);
    await wait(moment.next().value);
    program.kill("SIGKILL");
    await once(program, "exit");
    alive = false;
    await Promise.all(load);
    program = await serve(env, url);
  }

  assert.ok(acknowledged.size > KILLS, `only ${acknowledged.size} were sent`);
  const codes = new Set();
  for (const id of acknowledged) {
    const page = await fetch(`${url}/ho-so/${id}`, { headers: { cookie } });
    assert.equal(page.status, 200, `acknowledged and not there: ${id}`);
    codes.add((await page.text()).match(/\d{3}\.\d{2}\.\d{2}\.H55-\d{6}-\d{4,}/)[0]);
  }
  assert.equal(codes.size, acknowledged.size, "two dossiers with one code");
  program.kill("SIGTERM");
  await once(program, "exit");
  assert.match(run("verify", ...where), /whole/);
  rmSync(data, { recursive: true, force: true });
}

test("killed at fifty moments under load, SQLite keeps what was acknowledged", () => survives(""));

test("killed at fifty moments under load, PostgreSQL keeps what was acknowledged", { skip: !process.env.TEST_POSTGRES_URL && "no PostgreSQL" }, async () => {
  const server = process.env.TEST_POSTGRES_URL;
  const name = `kill_${process.pid}`;
  execFileSync("psql", [server, "-qc", `create database ${name}`]);
  await survives(server.replace(/\/[^/]*$/, `/${name}`));
});
