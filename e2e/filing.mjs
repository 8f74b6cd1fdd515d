// Files any service through the real pages, with the example that the catalogue keeps for it, and settles the papers of Sảng
// Mộc.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PICTURE, signIn } from "./world.mjs";

/// What lay ahead on the day of the examples, 30/3/2020, lies ahead today.
function ahead(value) {
  const [, day, month, year] = value.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/) ?? [];
  if (!year || Date.UTC(year, month - 1, day) <= Date.UTC(2020, 2, 30)) return value;
  return `${day}/${month}/${new Date().getUTCFullYear() + 1}`;
}

/// The right example of a service: its papers and what is typed.
function example(code) {
  const text = readFileSync(new URL(`../catalogue/procedures/${code}/examples.toml`, import.meta.url), "utf8");
  const papers = [...(text.match(/^papers = \[(.*)\]/m)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map((m) => m[1]);
  const right = text.split(/^\[right\]$/m)[1].split(/^\[\[wrong\]\]$/m)[0];
  const typed = [...right.matchAll(/^"?([\w.]+)"? = "(.*)"$/gm)].map((m) => [m[1], ahead(m[2].replaceAll('\\"', '"'))]);
  return { papers, typed: new Map(typed) };
}

/// What the page asks: the kind of each control by its name, and how many there are.
function asked(page) {
  return page.evaluate(() => {
    const found = {};
    for (const e of document.querySelectorAll("main form [name]")) {
      const kind = e.tagName === "SELECT" ? "select" : e.type;
      found[e.name] = { kind, count: (found[e.name]?.count ?? 0) + 1 };
    }
    return found;
  });
}

/// Fills in what the page asks for and the example knows; a field may appear by what was chosen above it.
async function fill(page, typed) {
  let here = await asked(page);
  for (const [name, value] of typed) {
    if (!here[name]) {
      // One more entry of a group that the page asks for: the button saves what stands there and shows an empty one.
      const group = name.match(/^(\w+)\.\d+\./)?.[1];
      const more = page.locator(`button[name="them"][value="${group}"]`);
      if (!group || !here.them || (await more.count()) === 0) continue;
      await more.click();
      here = await asked(page);
      if (!here[name]) continue;
    }
    const { kind, count } = here[name];
    const control = page.locator(`[name="${name}"]`);
    if (kind === "select") await control.selectOption(value);
    else if (kind === "radio") await page.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind === "checkbox" && count === 1) await control.setChecked(value === "on");
    else if (kind === "checkbox") for (const one of value.split("\n")) await page.locator(`[name="${name}"][value="${one}"]`).check();
    else await control.fill(value);
  }
}

/// Files a service, with what is typed besides the example; answers the code of the dossier.
export async function file(page, code, besides = {}) {
  const { papers, typed } = example(code);
  for (const [name, value] of Object.entries(besides)) typed.set(name, value);
  await page.goto(`/thu-tuc/${code}`);
  await page.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  for (let press = 0; press < 30 && !page.url().endsWith("/giay-to"); press += 1) {
    await fill(page, typed);
    await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  }
  assert.ok(page.url().endsWith("/giay-to"), `${code} stays at ${page.url()}: ${await page.locator("#summary").allInnerTexts()}`);
  for (const paper of papers) {
    await page.locator(`#file-${paper}`).setInputFiles(PICTURE);
    await page.locator("form", { has: page.locator(`#file-${paper}`) }).locator("button").click();
  }
  await page.getByRole("link", { name: "Đi tiếp" }).click();
  await page.locator('input[type="radio"]').first().check();
  await page.getByLabel("Tôi cam đoan").check();
  await page.getByRole("button", { name: "Gửi hồ sơ" }).click();
  return (await page.locator("p.code strong").innerText()).trim();
}

/// Brings a dossier of the commune to its result; answers the receptionist's and the leader's pages.
export async function settle(world, id) {
  const officer = async (login) => {
    const page = await world.person();
    await signIn(page, login);
    await page.goto(`/ban/ho-so/${id}`);
    return page;
  };
  const reception = await officer("motcua.sangmoc");
  const due = reception.getByRole("button", { name: /^Thu / });
  if (await due.count()) await due.first().click();
  await reception.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
  await reception.getByRole("button", { name: "Chuyển phòng chuyên môn" }).click();
  const specialist = await officer("chuyenvien.sangmoc");
  await specialist.getByLabel("Đồng ý cấp").check();
  await specialist.locator("#text").fill("Hiện tại chưa đăng ký kết hôn với ai.");
  await specialist.getByRole("button", { name: "Trình lãnh đạo" }).click();
  const leader = await officer("lanhdao.sangmoc");
  await leader.getByRole("button", { name: "Phê duyệt" }).click();
  return { reception, leader };
}
