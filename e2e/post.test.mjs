// The post office in a real browser: a citizen of a remote commune of Võ Nhai files for a certificate of marital status
// through her post office; a till with a difference; a mandate that is ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";
import { setTimeout as wait } from "node:timers/promises";
import { settle } from "./filing.mjs";
import { look, PICTURE, signIn, start } from "./world.mjs";

let world;
before(async () => { world = await start(); });
after(async () => { await world?.stop(); });

const CARD = "019185001234|090123456|Nông Thị Hoa|30031985|Nữ|Xã Sảng Mộc, Huyện Võ Nhai, Thái Nguyên|01012018";
/// From opening the page to the printed slip (the promise of the door).
const INPUTS = 45;

/// A picture of so many points, as a phone takes it: noise does not shrink.
function picture(name, width, height) {
  const crc = (bytes) => {
    let c = ~0;
    for (const b of bytes) {
      c ^= b;
      for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    }
    return ~c >>> 0;
  };
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let i = 0, x = 7; i < rows.length; i += 1) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    rows[i] = i % (width * 3 + 1) ? x >>> 24 : 0;
  }
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0)),
  ]);
  return { name, mimeType: "image/png", buffer };
}

/// Counts what a hand does: a key that sends, a press, a choice, a text that is typed or scanned.
function hands(page) {
  let inputs = 0;
  const step = async (done) => { inputs += 1; await done; };
  return {
    count: () => inputs,
    type: (selector, text) => step(page.locator(selector).fill(text)),
    enter: (selector) => step(page.locator(selector).press("Enter")),
    press: (name) => step(page.getByRole("button", { name }).click()),
    follow: (name) => step(page.getByRole("link", { name }).click()),
    check: (name) => step(page.getByLabel(name).check()),
    choose: (selector, value) => step(page.locator(selector).selectOption(value)),
    files: (selector, files) => step(page.locator(selector).setInputFiles(files)),
    async sign() {
      const box = await page.locator("canvas[data-sign]").boundingBox();
      await page.mouse.move(box.x + 40, box.y + 100);
      await page.mouse.down();
      for (const [x, y] of [[120, 40], [180, 120], [260, 50], [330, 110]]) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
      await page.mouse.up();
      inputs += 1;
    },
  };
}

let sms;
let filed;

test("a clerk files for who stands there: card, consent, questions, photographed paper, cash, slip", async () => {
  const page = await world.person();
  await signIn(page, "buudien.vonhai");
  await page.goto("/buu-dien/quy");
  await look(page, "buu-dien-mo-quy");
  await page.locator("#opening").fill("200.000");
  await page.getByRole("button", { name: "Mở quỹ hôm nay" }).click();
  await page.goto("/buu-dien");
  const hand = hands(page);
  await hand.follow("Nộp giúp người dân");
  await look(page, "buu-dien-quet-the");
  await hand.type("#card", "https://example.vn");
  await hand.enter("#card");
  await page.getByText("không phải mã QR trên thẻ căn cước").first().waitFor();
  await look(page, "buu-dien-the-sai");
  await hand.type("#card", CARD);
  await hand.enter("#card");
  await page.getByText("Nông Thị Hoa").waitFor();
  await hand.check("Tôi đã nhìn ảnh trên thẻ");
  await hand.type("#phone", "0912 345 678");
  await hand.type("#q", "giấy độc thân");
  await hand.enter("#q");
  await look(page, "buu-dien-chon-thu-tuc");
  await hand.check("Cấp Giấy xác nhận tình trạng hôn nhân");
  await hand.press("Hỏi ý kiến người dân");
  await look(page, "buu-dien-dong-y");
  await hand.sign();
  await page.waitForFunction(() => document.querySelector('input[name="signature"]').files.length === 1);
  await hand.press("Người dân đồng ý, điền tờ khai");
  await page.getByLabel("Thư điện tử").waitFor();
  await look(page, "buu-dien-hoi-tung-cau");
  await hand.enter("#thu_dien_tu");
  await hand.choose('[id="noi_cu_tru.commune"]', "170-02");
  await hand.type('[id="noi_cu_tru.street"]', "Xóm Khuổi Mèo");
  await hand.enter('[id="noi_cu_tru.street"]');
  await hand.type("#dan_toc", "Tày");
  await hand.enter("#dan_toc");
  await hand.check("Chưa đăng ký kết hôn với ai");
  await hand.press("Lưu và đi tiếp");
  await hand.check("Vay vốn, mua bán nhà đất");
  await hand.press("Lưu và đi tiếp");
  const two = [picture("mat-truoc.png", 1700, 1000), picture("mat-sau.png", 1000, 1700)];
  await hand.files("#photos-cccd", two);
  await page.getByRole("link", { name: "cccd.pdf" }).waitFor();
  await look(page, "buu-dien-giay-to");
  const kept = await page.request.get(await page.getByRole("link", { name: "cccd.pdf" }).getAttribute("href"));
  const pdf = await kept.body();
  const sent = two.reduce((sum, f) => sum + f.buffer.length, 0);
  assert.equal(pdf.subarray(0, 8).toString(), "%PDF-1.4");
  assert.equal(pdf.toString("latin1").match(/\/Type \/Page /g).length, 2);
  assert.ok(pdf.length < sent / 2, `${pdf.length} of ${sent} bytes`);
  await hand.follow("Đi tiếp");
  await hand.check("Bưu điện đưa tận nhà");
  await hand.check("Tôi cam đoan");
  await hand.press("Gửi hồ sơ");
  await look(page, "buu-dien-ho-so");
  filed = page.url().match(/ho-so\/([0-9a-f-]{36})/)[1];
  await hand.press("Thu 15.000 đồng tiền mặt");
  await hand.press("In phiếu hẹn có mã PIN");
  await page.getByText("Mã PIN", { exact: false }).first().waitFor();
  await look(page, "buu-dien-phieu-hen");
  assert.ok(hand.count() <= INPUTS, `${hand.count()} inputs`);
  console.log(`inputs from opening to printed slip: ${hand.count()}`);
  sms = (await page.locator(".slip").innerText()).match(/soạn “(.+?)”/)[1];
  await page.goto("/buu-dien/tim?q=019185009999");
  await page.getByText("Lần tìm này đã được ghi lại").waitFor();
  await look(page, "buu-dien-tim-bi-tu-choi");
  await page.goto("/buu-dien");
  await look(page, "buu-dien");
});

test("the certificate comes home on the round of the clerk who filed it", async () => {
  await settle(world, filed);
  const page = await world.person({ viewport: { width: 360, height: 780 } });
  await signIn(page, "buudien.vonhai");
  const take = page.getByRole("button", { name: "Nhận vào chuyến của tôi" });
  for (let i = 0; i < 100; i += 1) {
    await page.goto("/chuyen-phat");
    if (await take.count()) break;
    await wait(100);
  }
  await take.first().click();
  await look(page, "chuyen-phat");
  const note = async (outcome, also = async () => {}) => {
    const settle = page.locator("details summary").first();
    if (!(await page.locator("details[open]").count())) await settle.click();
    await page.locator(`[name="outcome"][value="${outcome}"]`).check();
    await also();
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Ghi", exact: true }).click()]);
  };
  await note("out");
  await note("delivered", () => page.locator('[name="taken_by"]').fill("Nông Thị Hoa"));
  await page.getByRole("alert").waitFor();
  await look(page, "chuyen-phat-thieu-bang-chung");
  await note("delivered", () => page.locator('[name="photo"]').setInputFiles(PICTURE));
  await page.getByText("Chưa có bưu gửi nào trong chuyến").waitFor();
  const texts = await world.person();
  await texts.goto("/demo/hop-thu");
  await look(texts, "chuyen-phat-nguoi-dan-duoc-bao");
});

test("a plain phone asks with the code and PIN of the slip, and a caller is answered aloud", async () => {
  const page = await world.person();
  const ask = async (from, text) => {
    await page.goto("/demo/tin-nhan");
    await page.locator("#from").fill(from);
    await page.locator("#text").fill(text);
    await page.getByRole("button", { name: "Gửi" }).click();
    return page.locator('main [role="status"]').innerText();
  };
  assert.match(await ask("0912345678", sms), /HS 000\.24\.12/);
  await look(page, "dien-thoai-thuong");
  assert.match(await ask("0399999999", sms), /không khớp/);
  const operator = await world.person();
  await signIn(operator, "motcua.vonhai");
  await operator.goto("/tong-dai");
  await operator.locator("#code").fill(sms.split(" ")[1]);
  await operator.locator("#fact").fill("30/03/1985");
  await operator.getByRole("button", { name: "Xem" }).click();
  await operator.getByText("Hiện nay:").waitFor();
  await look(operator, "tong-dai");
});

test("a page is read aloud once the browser has a voice for its language, and without one there is no button", async () => {
  const page = await world.person();
  await page.addInitScript(() => {
    const synthesis = Object.assign(new EventTarget(), {
      voices: [{ lang: "en-US" }],
      getVoices() { return this.voices; },
      cancel() {},
      speak(said) { this.said = { lang: said.lang, text: said.text }; },
    });
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  });
  await signIn(page, "motcua.vonhai");
  await page.goto("/tong-dai");
  await page.locator("#code").fill(sms.split(" ")[1]);
  await page.locator("#fact").fill("30/03/1985");
  await page.getByRole("button", { name: "Xem" }).click();
  await page.getByText("Hiện nay:").waitFor();
  await page.waitForLoadState();
  const aloud = page.getByRole("button", { name: "Đọc to" });
  assert.equal(await aloud.count(), 0, "an English voice reads no Vietnamese");
  await page.evaluate(() => {
    speechSynthesis.voices.push({ lang: "vi_VN" });
    speechSynthesis.dispatchEvent(new Event("voiceschanged"));
  });
  await aloud.click();
  const said = await page.evaluate(() => speechSynthesis.said);
  assert.equal(said.lang, "vi-VN");
  assert.match(said.text, /Hiện nay:/);
});

test("a till that is short waits for the head of the office, who is not its clerk", async () => {
  const clerk = await world.person();
  await signIn(clerk, "buudien.vonhai");
  await clerk.goto("/buu-dien/quy");
  await look(clerk, "buu-dien-quy");
  await clerk.locator("#counted").fill("205000");
  await clerk.getByRole("button", { name: "Đếm xong, đóng quỹ" }).click();
  await clerk.getByText("ghi lý do").first().waitFor();
  await clerk.locator("#counted").fill("205000");
  await clerk.locator("#reason").fill("Trả nhầm tiền thừa cho khách");
  await clerk.getByRole("button", { name: "Đếm xong, đóng quỹ" }).click();
  await clerk.getByText("chờ trưởng bưu cục xác nhận").waitFor();
  await look(clerk, "buu-dien-quy-thieu");
  const head = await world.person();
  await signIn(head, "truong.buudien");
  await look(head, "buu-dien-quan-ly");
  await head.getByRole("button", { name: /^Xác nhận −10\.000/ }).click();
  await head.getByText("PNT-24.02").first().waitFor();
  await look(head, "buu-dien-phieu-nop");
  const monitor = await world.person();
  await signIn(monitor, "giamsat");
  await monitor.goto("/bang/buu-dien");
  await monitor.getByText("10.000 đồng").waitFor();
  await look(monitor, "bang-buu-dien");
});

test("a mandate is given, accepted, used and ended at once", async () => {
  const son = await world.person({ viewport: { width: 360, height: 780 } });
  await son.goto("/dang-ky");
  await son.locator("#name").fill("Nông Văn Bình");
  await son.locator("#login").fill("0987654399");
  await son.locator("#password").fill("hoa-sen-tren-nui");
  await son.getByRole("button", { name: "Tạo tài khoản" }).click();
  await son.locator("#code").waitFor();
  let code;
  for (let i = 0; i < 100 && !code; i += 1) {
    const inbox = await (await son.request.get("/demo/hop-thu")).text();
    code = inbox.match(/\+84987654399[\s\S]*?(\d{6})/)?.[1];
    if (!code) await son.waitForTimeout(100);
  }
  await son.locator("#code").fill(code);
  await son.getByRole("button", { name: "Xác nhận" }).click();
  await son.waitForURL("**/ho-so");
  const hoa = await world.person({ viewport: { width: 360, height: 780 } });
  await signIn(hoa, "0912345678");
  await hoa.goto("/tai-khoan/nho-nop");
  await look(hoa, "tai-khoan-nho-nop");
  await hoa.goto("/tai-khoan/uy-quyen");
  await hoa.locator("#to").fill("0987654399");
  await hoa.locator("#name").fill("Nông Văn Bình");
  await hoa.getByLabel("Mọi hồ sơ của tôi").check();
  await hoa.getByRole("button", { name: "Uỷ quyền", exact: true }).click();
  await hoa.getByText("chờ đồng ý").waitFor();
  await look(hoa, "uy-quyen");
  await son.goto("/tai-khoan/uy-quyen");
  await look(son, "uy-quyen-nhan");
  await son.getByRole("button", { name: "Nhận làm thay Nông Thị Hoa" }).click();
  await look(son, "thay-mat");
  await son.locator(".cards a").first().click();
  await son.getByText("làm thay Nông Thị Hoa").waitFor();
  await look(son, "thay-mat-ho-so");
  const theirs = son.url();
  await hoa.getByRole("button", { name: "Dừng uỷ quyền cho Nông Văn Bình" }).click();
  await hoa.getByText("đã dừng", { exact: true }).waitFor();
  const gone = await son.goto(theirs);
  assert.equal(gone.status(), 404);
});
