// Money: a VietQR code read back by somebody else's decoder and paid on a phone; kill -9 with money flowing, and the books
// balance afterwards.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import jsQR from "jsqr";
import { QRPay } from "vietnam-qr-pay";
import { freePort, look, PASSWORD, PICTURE, PROGRAM, signIn, start } from "./world.mjs";

async function file(page) {
  await page.goto("/thu-tuc/1.004873");
  await page.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  await page.locator('[id="noi_cu_tru.commune"]').selectOption("170-02");
  await page.locator('[id="noi_cu_tru.street"]').fill("Xóm Khuổi Mèo");
  await page.locator("#dan_toc").fill("Tày");
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.getByLabel("Chưa đăng ký kết hôn với ai").check();
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.getByLabel("Vay vốn, mua bán nhà đất").check();
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.locator("#file-cccd").setInputFiles(PICTURE);
  await page.getByRole("link", { name: "cccd.png" }).waitFor();
  await page.getByRole("link", { name: "Đi tiếp" }).click();
  await page.getByLabel("Tệp trong tài khoản").check();
  await page.getByLabel("Tôi cam đoan").check();
  await page.getByRole("button", { name: "Gửi hồ sơ" }).click();
}

/// What the picture of a code says, read from its points.
async function scan(page) {
  const { data, side } = await page.locator("img.qr").evaluate(async (img) => {
    await img.decode();
    const canvas = document.createElement("canvas");
    canvas.width = img.naturalWidth;
    canvas.height = img.naturalHeight;
    const context = canvas.getContext("2d");
    context.drawImage(img, 0, 0);
    return { data: Array.from(context.getImageData(0, 0, canvas.width, canvas.height).data), side: canvas.width };
  });
  return jsQR(Uint8ClampedArray.from(data), side, side).data;
}

test("a fee is paid by VietQR on a phone, twice, and the second goes back", async () => {
  const world = await start();
  try {
    const citizen = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(citizen, "0912345678");
    await file(citizen);
    await citizen.getByRole("link", { name: "Chuyển khoản bằng mã QR" }).click();
    await look(citizen, "vietqr");
    const payload = await scan(citizen);
    const read = new QRPay(payload);
    assert.equal(read.isValid, true);
    const reference = (await citizen.locator("dd strong").last().innerText()).trim();
    assert.deepEqual(
      [read.consumer.bankBin, read.consumer.bankNumber, Number(read.amount), read.additionalData.purpose],
      ["970436", "0011009999999", 15_000, reference],
    );
    const dossier = citizen.url().replace("/thanh-toan", "");
    const link = await citizen.getByRole("link", { name: "Mở ứng dụng ngân hàng" }).getAttribute("href");
    for (const expected of ["Đã nhận đủ tiền", "Đã nhận đủ tiền"]) {
      await citizen.goto(link);
      await citizen.getByRole("button", { name: "Chuyển tiền" }).click();
      await citizen.getByText("Đã chuyển tiền").first().waitFor();
      await citizen.goto(`${dossier}/thanh-toan`);
      await citizen.getByText(expected).waitFor();
    }
    await citizen.goto(dossier);
    await citizen.getByText("Trả hai lần").waitFor();
    const accountant = await world.person();
    await signIn(accountant, "ketoan.sangmoc");
    await look(accountant, "ke-toan");
    await accountant.goto("/ke-toan/hoan-tien");
    await look(accountant, "ke-toan-hoan-tien");
    await accountant.locator("tbody a").first().click();
    await look(accountant, "ke-toan-ho-so");
    await accountant.getByRole("button", { name: "Duyệt trả 15.000 đồng" }).click();
    for (let i = 0; i < 100 && !(await accountant.getByText("Đã trả", { exact: true }).count()); i += 1) {
      await wait(100);
      await accountant.reload();
    }
    const transfers = await (await fetch(`${world.gateway}/bank/transfers.json`)).json();
    assert.deepEqual(transfers.map((t) => t.refunded), [0, 15_000]);
    await accountant.goto("/ke-toan/so");
    await look(accountant, "ke-toan-so");
    await accountant.goto("/ke-toan/bao-cao");
    await look(accountant, "ke-toan-bao-cao");
    await accountant.goto("/ke-toan/quy");
    await look(accountant, "ke-toan-quy");
    const province = await world.person();
    await signIn(province, "ketoan.tinh");
    await province.goto("/ke-toan/doi-soat");
    const statement = Buffer.from(await (await fetch(`${world.gateway}/bank/statement.csv`)).arrayBuffer());
    await province.locator("#file").setInputFiles({ name: "sao-ke.csv", mimeType: "text/csv", buffer: statement });
    await province.locator("#layout").selectOption("bank");
    await province.getByRole("button", { name: "Đưa vào" }).click();
    await province.getByText("2 dòng khớp").waitFor();
    await look(province, "ke-toan-doi-soat");
  } finally {
    await world.stop();
  }
});

const KILLS = 25;
const SECRET = "secret-of-the-bank-in-this-test";
const ACCOUNT = "0011009999999";

/// The same "random" moments at every run.
function* moments(seed) {
  for (let x = seed; ; ) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    yield 20 + (x >>> 24);
  }
}

async function serve(env, url) {
  const program = spawn(PROGRAM, ["serve"], { env: { ...process.env, ...env, MOTCUA_LOG: "off" }, stdio: ["ignore", "ignore", "inherit"] });
  for (let i = 0; i < 300; i += 1) {
    if (program.exitCode !== null) throw new Error("serve ended");
    if (await fetch(url).then((r) => r.ok, () => false)) return program;
    await wait(20);
  }
  throw new Error("serve did not start");
}

test("killed at moments when money flows, every payment is booked once and the books balance", async () => {
  const data = mkdtempSync(join(tmpdir(), "motcua-money-"));
  const run = (...args) => execFileSync(PROGRAM, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26 });
  const drafts = run("simulate", "--data", data, "--drafts", "400").trim().split("\n");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    MOTCUA_LISTEN: `127.0.0.1:${port}`, MOTCUA_PUBLIC_URL: url, MOTCUA_DATA: data, MOTCUA_BANK_ACCOUNT: ACCOUNT,
    MOTCUA_BANK_BIN: "970436", MOTCUA_BANK_SECRET: SECRET, MOTCUA_BANK_NAME: "Thử", MOTCUA_BANK_HOLDER: "THU",
  };
  let program = await serve(env, url);
  const post = (path, form, cookie = "") =>
    fetch(url + path, { method: "POST", redirect: "manual", headers: { cookie, "sec-fetch-site": "same-origin" }, body: new URLSearchParams(form) });
  const signedIn = await post("/dang-nhap", { login: "0912345678", password: PASSWORD });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];
  const orders = [];
  for (const id of drafts) {
    if ((await post(`/ho-so/nhap/${id}/kiem-tra`, { declared: "on" }, cookie)).status !== 303) continue;
    const page = await (await fetch(`${url}/ho-so/${id}/thanh-toan`, { headers: { cookie } })).text();
    const reference = page.match(/vietqr-(MC[0-9A-Z]{11})\.png/)?.[1];
    const amount = page.match(/<dd>([\d.]+) đồng<\/dd>/)?.[1]?.replaceAll(".", "");
    if (reference) orders.push({ id, reference, amount: Number(amount) });
    if (orders.length === 120) break;
  }
  assert.ok(orders.length > 40, `only ${orders.length} orders`);
  // Every order is paid once; every fifth a second time by another transfer.
  const notices = orders.flatMap((o, i) => (i % 5 ? [{ ...o, number: `FT${i}` }] : [{ ...o, number: `FT${i}` }, { ...o, number: `FT${i}B` }]));
  const tell = (n) => {
    const body = JSON.stringify({ transaction: n.number, account: ACCOUNT, amount: n.amount, content: `CT ${n.reference}`, at: new Date().toISOString() });
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    return fetch(`${url}/thanh-toan/ngan-hang`, { method: "POST", headers: { "x-signature": signature, "content-type": "application/json" }, body })
      .then((r) => r.status === 200, () => false);
  };
  const moment = moments(2021);
  let next = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    let alive = true;
    const send = async () => {
      while (alive) await tell(notices[next++ % notices.length]);
    };
    const load = Array.from({ length: 8 }, send);
    await wait(moment.next().value);
    program.kill("SIGKILL");
    await once(program, "exit");
    alive = false;
    await Promise.all(load);
    program = await serve(env, url);
  }
  // The bank tells everything again until it is taken, as banks do.
  for (const n of notices) assert.ok(await tell(n), n.number);
  const receipts = new Set();
  for (const o of orders) {
    const page = await (await fetch(`${url}/ho-so/${o.id}`, { headers: { cookie } })).text();
    const found = new Set(page.match(/BL-[0-9.]+-\d{4}-\d{6}/g));
    assert.equal(found.size, 1, `${o.id} has ${found.size} receipts`);
    for (const receipt of found) receipts.add(receipt);
  }
  assert.equal(receipts.size, orders.length, "two payments with one receipt");
  const twice = notices.length - orders.length;
  let back = 0;
  for (const o of orders) back += (await (await fetch(`${url}/ho-so/${o.id}`, { headers: { cookie } })).text()).includes("Trả hai lần");
  assert.equal(back, twice);
  program.kill("SIGTERM");
  await once(program, "exit");
  assert.match(run("verify", "--data", data), /whole/);
  rmSync(data, { recursive: true, force: true });
});
