// Level 4 whole, on a phone: filed, paid by VietQR, signed, brought home by the post, checked by anybody, used in the next form.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { settle } from "./filing.mjs";
import { look, PICTURE, signIn, start } from "./world.mjs";

/// Reloads until something is said: what the outbox does comes a moment later.
async function until(page, text) {
  for (let i = 0; i < 100; i += 1) {
    if (await page.getByText(text).count()) return;
    await wait(100);
    await page.reload();
  }
  throw new Error(`"${text}" is not said: ${await page.locator("main").innerText()}`);
}

/// What an outside tool says of the signatures in a file.
function pdfsig(folder, name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const { stdout, error } = spawnSync("pdfsig", [path], { encoding: "utf8" });
  if (error) throw error;
  return stdout;
}

test("paid on the phone, signed, brought home, checked, and used in the next form", async () => {
  const world = await start();
  try {
    const hoa = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(hoa, "0912345678");
    await hoa.goto("/thu-tuc/1.004873");
    await hoa.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
    await hoa.locator('[id="noi_cu_tru.commune"]').selectOption("170-02");
    await hoa.locator('[id="noi_cu_tru.street"]').fill("Xóm Khuổi Mèo");
    await hoa.locator("#dan_toc").fill("Tày");
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    await hoa.getByLabel("Chưa đăng ký kết hôn với ai").check();
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    await hoa.getByLabel("Vay vốn, mua bán nhà đất").check();
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    await hoa.locator("#file-cccd").setInputFiles(PICTURE);
    await hoa.getByRole("link", { name: "cccd.png" }).waitFor();
    await hoa.getByRole("link", { name: "Đi tiếp" }).click();
    await hoa.getByLabel("Bưu điện đưa tận nhà").check();
    await look(hoa, "muc-4-gui");
    await hoa.getByLabel("Tôi cam đoan").check();
    await hoa.getByRole("button", { name: "Gửi hồ sơ" }).click();
    await hoa.getByRole("link", { name: "Chuyển khoản bằng mã QR" }).click();
    const pay = hoa.url();
    await hoa.goto(await hoa.getByRole("link", { name: "Mở ứng dụng ngân hàng" }).getAttribute("href"));
    await hoa.getByRole("button", { name: "Chuyển tiền" }).click();
    await hoa.getByText("Đã chuyển tiền").first().waitFor();
    await hoa.goto(pay);
    await hoa.getByText("Đã nhận đủ tiền").waitFor();
    const dossier = pay.replace("/thanh-toan", "");
    const { leader } = await settle(world, dossier.split("/").pop());
    await until(leader, "Chữ ký đúng");
    await look(leader, "muc-4-da-ky");

    await hoa.goto(dossier);
    await until(hoa, "Bưu điện đã nhận đơn");
    await look(hoa, "muc-4-buu-gui");
    const [parcel] = await (await fetch(`${world.post}/parcels.json`)).json();
    assert.equal(parcel.order.person_name, "Nông Thị Hoa");
    const go = new URLSearchParams({ go: "whole", taken_by: "Nông Thị Hoa", id_last: "1234", mischief: "none" });
    assert.equal((await fetch(`${world.post}/parcels/${parcel.order.reference}`, { method: "POST", body: go, redirect: "manual" })).status, 303);
    await until(hoa, "Tải kết quả");
    await look(hoa, "muc-4-den-nha");

    const link = await hoa.getByRole("link", { name: "Tải kết quả" }).getAttribute("href");
    const result = await (await hoa.request.get(link)).body();
    const said = pdfsig(world.data, "ket-qua.pdf", result);
    assert.equal(said.match(/Signature is Valid/g)?.length, 2, said);
    assert.match(said, /Total document signed/);
    const changed = Buffer.from(result);
    changed[300] ^= 1;
    assert.match(pdfsig(world.data, "da-sua.pdf", changed), /Digest Mismatch/);

    const anybody = await world.person({ viewport: { width: 360, height: 780 } });
    for (const [name, buffer, verdict] of [["ket-qua.pdf", result, "Đúng là kết quả của tỉnh"], ["da-sua.pdf", changed, "đã bị sửa sau khi ký"]]) {
      await anybody.goto("/kiem-tra");
      await anybody.locator('input[type="file"]').setInputFiles({ name, mimeType: "application/pdf", buffer });
      await anybody.locator("form[enctype] button").click();
    await anybody.getByText(verdict).first().waitFor();
      await look(anybody, `muc-4-kiem-tra-${name.slice(0, -4)}`);
    }

    await hoa.goto("/kho");
    await hoa.getByText("Giấy xác nhận tình trạng hôn nhân").first().waitFor();
    await look(hoa, "muc-4-kho");
    await hoa.goto("/thu-tuc/1.000894");
    await hoa.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    await hoa.locator("#dan_toc").fill("Tày");
    await hoa.getByLabel("Nữ", { exact: true }).check();
    await hoa.locator("#lan_ket_hon").fill("1");
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    for (const [field, value] of [["ten_ben_kia", "Triệu Văn Sơn"], ["so_ben_kia", "019083004567"], ["sinh_ben_kia", "2/9/1983"], ["dan_toc_ben_kia", "Dao"], ["cu_tru_ben_kia", "Xã Phú Thượng, huyện Võ Nhai"], ["lan_ben_kia", "1"]]) {
      await hoa.locator(`#${field}`).fill(value);
    }
    await hoa.locator("#khac_xa").check();
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    await hoa.locator("#ngay_den").fill(`6/4/${new Date().getFullYear() + 1}`);
    await hoa.locator("#tu_nguyen").check();
    await hoa.getByRole("button", { name: "Lưu và đi tiếp" }).click();
    await hoa.getByText("Tỉnh đã có giấy này").waitFor();
    await look(hoa, "muc-4-dung-lai");
    await hoa.getByRole("button", { name: "Dùng lại: Giấy xác nhận tình trạng hôn nhân" }).click();
    await hoa.getByText("Kết quả của tỉnh, hồ sơ").waitFor();
  } finally {
    await world.stop();
  }
});
