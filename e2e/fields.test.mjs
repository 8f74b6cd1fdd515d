// One service of each field, filed through the real pages with the example that the catalogue keeps for it; sheets and
// life events as a phone shows them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { file } from "./filing.mjs";
import { look, signIn, start } from "./world.mjs";

let world;
before(async () => { world = await start(); });
after(async () => { await world?.stop(); });

test("one service of each field is filed from a phone", async () => {
  // Three windows of one person: the server answers one while another one types.
  const first = await world.person({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  await signIn(first, "0912345678");
  const pages = [first, await first.context().newPage(), await first.context().newPage()];
  const services = await (await first.request.get("/api/v1/catalogue")).json();
  const fields = new Map();
  for (const service of services.filter((s) => s.whole)) {
    if (!fields.has(service.field)) fields.set(service.field, service.code);
  }
  assert.ok(fields.size >= 14, `${fields.size} fields have a service modelled whole`);
  const waiting = [...fields];
  await Promise.all(pages.map(async (page) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [field, code] = next;
      assert.match(await file(page, code), /^000\.\d\d\.\d\d\.H55-\d{6}-\d{4,}$/, `${field}: ${code}`);
    }
  }));
});

test("suggestions come while a person types, and lead to the sheet", async () => {
  const page = await world.person({ viewport: { width: 360, height: 780 } });
  await page.goto("/");
  await page.getByRole("searchbox").pressSequentially("mat bang lai", { delay: 20 });
  const first = page.locator("[data-suggestions] a").first();
  await first.waitFor();
  await look(page, "goi-y");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/thu-tuc/1.002820");
});

test("sheets, their leaflet and life events fit a phone", async () => {
  const page = await world.person();
  for (const code of ["1.004873", "1.002820", "2.000889", "1.013225", "1.001776"]) {
    await page.goto(`/thu-tuc/${code}`);
    await look(page, `thu-tuc-${code}`);
  }
  await page.goto("/thu-tuc/1.002820/to-roi");
  await look(page, "to-roi");
  await page.goto("/thu-tuc?muc_do=4&viec=mo-cua-hang");
  await look(page, "loc");
  for (const event of ["sinh-con", "nguoi-than-mat", "mo-cua-hang"]) {
    await page.goto(`/viec/${event}`);
    await look(page, `viec-${event}`);
  }
});
