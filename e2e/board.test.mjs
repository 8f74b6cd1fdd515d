// The board: a citizen files from home, the province sees it and sets a target, the head of a district answers; every page
// of the board is looked at by axe, at 360 and at 1280 points, over a year of made-up dossiers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { look, PICTURE, PROGRAM, signIn, start } from "./world.mjs";

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
  await page.waitForURL(/\/ho-so\/[0-9a-f-]{36}$/);
}

/// A day of the next year, as a date input takes it.
const later = `${new Date().getFullYear() + 1}-03-01`;

test("chairman, head of a district and citizen", async () => {
  const world = await start();
  try {
    execFileSync(PROGRAM, ["simulate", "--data", world.data, "--count", "600", "--days", "400"], { stdio: "ignore" });
    const citizen = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(citizen, "0912345678");
    await file(citizen);

    const chairman = await world.person();
    await signIn(chairman, "giamsat");
    await chairman.goto("/bang/truc-tuyen");
    await look(chairman, "bang-truc-tuyen");
    await chairman.getByRole("link", { name: "Huyện Võ Nhai" }).first().click();
    await chairman.getByRole("heading", { name: "Theo xã nơi người dân ở" }).waitFor();
    await look(chairman, "bang-truc-tuyen-huyen");
    for (const [path, name] of [["/bang/hom-nay", "bang-hom-nay"], ["/bang/pheu?thu-tuc=1.004873", "bang-pheu"], ["/bang/bao-cao", "bang-bao-cao"]]) {
      await chairman.goto(path);
      await look(chairman, name);
    }

    await chairman.goto("/bang/chi-dao");
    await chairman.locator("#number").fill("612/QĐ-UBND");
    await chairman.locator("#title").fill("Nâng tỷ lệ nộp trực tuyến ở cấp huyện");
    await chairman.locator("#target").fill("30");
    await chairman.locator("#from").fill(`${new Date().getFullYear()}-01`);
    await chairman.locator("#to").fill(`${new Date().getFullYear()}-12`);
    await chairman.getByLabel("Tất cả UBND cấp huyện").check();
    await chairman.locator("#answer_by").fill(later);
    await look(chairman, "bang-chi-dao");
    await chairman.getByRole("button", { name: "Giao chỉ tiêu" }).click();
    await chairman.getByText("9 cơ quan: 0 đã đọc").waitFor();
    await look(chairman, "bang-chi-dao-mot");
    const directive = chairman.url();

    const head = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(head, "lanhdao.vonhai");
    await head.goto("/bang/hom-nay");
    await head.getByRole("link", { name: /612\/QĐ-UBND/ }).click();
    await head.locator("#measures").fill("Hướng dẫn nộp trực tuyến tại nhà văn hóa các xã.");
    await head.getByRole("button", { name: "Gửi kế hoạch" }).click();
    await head.getByText("Ghi họ tên người phụ trách.").first().waitFor();
    await head.locator("#person").fill("Dương Thị Mai");
    await head.locator("#by").fill(later);
    await look(head, "bang-chi-dao-tra-loi");
    await head.getByRole("button", { name: "Gửi kế hoạch" }).click();
    await head.getByText("Đã gửi kế hoạch").first().waitFor();

    await chairman.goto(directive);
    await chairman.getByText("1 đã gửi kế hoạch").waitFor();
    const refused = await chairman.goto("/bang/ho-so-sau-so?co-quan=24.12&thu-tuc=1.004873&kenh=online&tu=2020-01&den=2030-01");
    assert.equal(refused.status(), 403);
  } finally {
    await world.stop();
  }
});
