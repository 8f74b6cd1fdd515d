// A result delivered by post, with a post that tells untrue things first; a bag with a missing paper, and the chain of custody
// as an inspector prints it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { settle } from "./filing.mjs";
import { look, PICTURE, signIn, start } from "./world.mjs";

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
  await page.getByText("Gửi tới: Xóm Khuổi Mèo, Xã Sảng Mộc").waitFor();
  await look(page, "kiem-tra-buu-dien");
  await page.getByLabel("Bưu điện đưa tận nhà").check();
  await page.getByLabel("Tôi cam đoan").check();
  await page.getByRole("button", { name: "Gửi hồ sơ" }).click();
  await page.getByText("Mã hồ sơ").first().waitFor();
  return page.url().split("/").pop().split("?")[0];
}

/// Reloads until the page says it; the outbox needs a moment.
async function says(page, text) {
  for (let i = 0; i < 100; i += 1) {
    if (await page.getByText(text).count()) return;
    await wait(100);
    await page.reload();
  }
  throw new Error(`${page.url()} never says ${text}`);
}

test("a result goes home by post, whatever the post tells first", async () => {
  const world = await start();
  try {
    const citizen = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(citizen, "0912345678");
    const id = await file(citizen);
    const { reception } = await settle(world, id);
    await citizen.goto(`/ho-so/${id}`);
    await says(citizen, "Bưu điện đã nhận đơn");
    await look(citizen, "ho-so-buu-gui");
    const post = await world.person();
    const go = async (button, mischief = "none") => {
      await post.goto(`${world.post}/control`);
      await post.locator("select").selectOption(mischief);
      await post.getByRole("button", { name: button, exact: true }).click();
      await post.getByRole("button", { name: button, exact: true }).waitFor();
    };
    // Delivered before sent: kept, shown to the desk, and the state unharmed.
    await go("Đã phát", "lost");
    await reception.goto(`/ban/ho-so/${id}/buu-gui`);
    await go("Đã phát");
    await says(reception, "Bưu điện báo không khớp");
    await look(reception, "ban-buu-gui");
    await reception.locator('[id^="explain-"]').first().fill("Bưu tá quét nhầm bưu gửi khác.");
    await reception.getByRole("button", { name: "Ghi đã làm rõ" }).first().click();
    await reception.getByText("Bưu tá quét nhầm bưu gửi khác.").waitFor();
    await reception.goto("/ban/buu-gui");
    await look(reception, "ban-buu-gui-danh-sach");
    await citizen.reload();
    assert.equal(await citizen.getByText("Đã trả kết quả", { exact: true }).count() > 0, true);
    // The post is asked what it knows, and brings it.
    await go("Đang đi phát", "reversed");
    await says(citizen, "Bưu tá đang đi phát");
    await go("Đã phát", "doubled");
    await says(citizen, "Người nhận");
    await look(citizen, "ho-so-da-phat");
    const accountant = await world.person();
    await signIn(accountant, "ketoan.tinh");
    await accountant.goto("/ke-toan/buu-dien");
    await accountant.getByText("20.000 đồng").first().waitFor();
    await look(accountant, "ke-toan-buu-dien");
  } finally {
    await world.stop();
  }
});

test("a bag with a missing paper, and the chain of custody on one page", async () => {
  const world = await start();
  try {
    const citizen = await world.person();
    await signIn(citizen, "0912345678");
    const id = await file(citizen);
    const tiep = await world.person();
    await signIn(tiep, "motcua.sangmoc");
    const codes = [];
    for (const what of ["Bản gốc căn cước", "Giấy xác nhận"]) {
      await tiep.goto(`/tui-thu/ho-so/${id}`);
      await tiep.locator("summary", { hasText: "Cấp mã cho giấy" }).click();
      await tiep.locator("#what").fill(what);
      await tiep.getByRole("button", { name: "Cấp mã cho giấy" }).click();
      const row = tiep.locator("tbody tr", { hasText: what });
      codes.push((await row.locator("td").first().innerText()).trim());
    }
    await tiep.goto("/tui-thu");
    await tiep.locator("#to").selectOption("24.00");
    await tiep.locator("#date").fill("31/12/2030");
    await look(tiep, "tui-thu");
    await tiep.getByRole("button", { name: "Mở túi mới" }).click();
    await tiep.waitForURL("**/tui-thu/T*");
    const bag = tiep.url().split("/").pop();
    const scan = async (page, code) => {
      await page.locator("#scan").fill(code);
      await page.locator("#scan").press("Enter");
      await page.locator("#scan").waitFor();
    };
    for (const code of [...codes, codes[0], "rác"]) await scan(tiep, code);
    await tiep.getByText("Đây không phải mã giấy").waitFor();
    await look(tiep, "tui-thu-dang-xep");
    await tiep.locator("#seal").fill("NP-0007");
    await tiep.locator("#weight").fill("420");
    await tiep.getByRole("button", { name: "Đóng và niêm phong" }).click();
    await tiep.goto(`/tui-thu/${bag}/danh-sach`);
    await look(tiep, "tui-thu-danh-sach");
    const sen = await world.person();
    await signIn(sen, "buudien.vonhai");
    const mai = await world.person();
    await signIn(mai, "motcua.vonhai");
    for (const [giver, taker, to] of [[tiep, sen, "24.02"], [sen, mai, "24.00"]]) {
      await giver.goto(`/tui-thu/${bag}`);
      await giver.locator("#to").selectOption(to);
      await giver.getByRole("button", { name: "Giao túi" }).click();
      await taker.goto(`/tui-thu/${bag}`);
      await look(taker, `tui-thu-nhan-${to}`);
      await taker.locator("#seal-taken").fill("NP-0007");
      await taker.getByRole("button", { name: "Tôi đã nhận túi" }).click();
    }
    await mai.locator("#seal-found").fill("NP-0007");
    await mai.locator("#weight-found").fill("400");
    await mai.getByRole("button", { name: "Mở túi" }).click();
    await scan(mai, codes[0]);
    await mai.getByRole("button", { name: "Chốt đối chiếu" }).click();
    await mai.getByText("Ghi chuyện gì đã xảy ra").waitFor();
    await mai.locator("#note").fill("Thiếu giấy xác nhận, niêm phong nguyên.");
    await mai.getByRole("button", { name: "Chốt đối chiếu" }).click();
    await mai.getByText("Thiếu", { exact: true }).waitFor();
    await look(mai, "tui-thu-thieu");
    await tiep.goto(`/ban/ho-so/${id}`);
    await tiep.getByText("Thiếu giấy khi mở túi").waitFor();
    await tiep.goto(`/tui-thu/ho-so/${id}`);
    await tiep.getByText("Tay cuối cùng: Dương Thị Mai").waitFor();
    await look(tiep, "duong-di-giay-to");
  } finally {
    await world.stop();
  }
});
