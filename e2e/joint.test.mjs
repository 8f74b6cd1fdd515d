// A part of a plot changes hands: one dossier, four agencies, one clock that stands while the person pays her taxes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { file } from "./filing.mjs";
import { look, signIn, start } from "./world.mjs";

test("land goes through four agencies: branch, commune, tax office, department", async () => {
  const world = await start();
  try {
    const hoa = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(hoa, "0912345678");
    const code = await file(hoa, "2.000889", { mot_phan: "on", dien_tich_chuyen: "250" });
    await hoa.goto("/ho-so");
    await hoa.getByRole("link", { name: code }).first().click();
    const dossier = hoa.url();
    const desk = dossier.replace("/ho-so/", "/ban/ho-so/");
    const officer = async (login, options) => {
      const page = await world.person(options);
      await signIn(page, login);
      return page;
    };
    const act = async (page, button) => {
      await page.goto(desk);
      await page.getByRole("button", { name: button }).click();
      await page.waitForLoadState();
    };

    const reception = await officer("motcua.datdai");
    await act(reception, /^Thu 50\.000 đồng/);
    await act(reception, "Tiếp nhận");
    await act(reception, "Chuyển phòng chuyên môn");
    const specialist = await officer("chuyenvien.datdai");
    await act(specialist, "Hoàn thành bước này");
    await look(specialist, "lien-thong-dang-hoi");
    const early = specialist.getByRole("button", { name: "Hoàn thành bước này" });
    if (await early.count()) {
      await early.click();
      await specialist.getByText("Bước này còn chờ").first().waitFor();
    }

    // The commune answers on a phone; it sees its own queue and nothing to decide.
    const commune = await officer("chuyenvien.sangmoc", { viewport: { width: 360, height: 780 } });
    await commune.getByRole("link", { name: /Được hỏi ý kiến/ }).click();
    await look(commune, "lien-thong-hang-cho");
    await commune.getByRole("link", { name: code }).click();
    assert.equal(await commune.getByRole("button", { name: "Hoàn thành bước này" }).count(), 0);
    await look(commune, "lien-thong-xa-tra-loi");
    await commune.getByRole("button", { name: "Gửi trả lời" }).click();
    await commune.getByText("Chọn đồng ý hoặc có ý kiến khác").first().waitFor();
    await commune.getByLabel("Đồng ý", { exact: true }).check();
    await commune.getByLabel("Nội dung trả lời").fill("Đất sử dụng ổn định, không tranh chấp.");
    await commune.getByRole("button", { name: "Gửi trả lời" }).click();
    await commune.getByText("Đất sử dụng ổn định").first().waitFor();

    const tax = await officer("chuyenvien.thue");
    await tax.goto(desk);
    await tax.getByLabel("Đồng ý", { exact: true }).check();
    await tax.locator('[name="so_thong_bao"]').fill("152/TB-CCT");
    await tax.locator('[name="so_thue"]').fill("7.000.000");
    await tax.getByLabel("Nội dung trả lời").fill("Thông báo số 152/TB-CCT.");
    await tax.getByRole("button", { name: "Gửi trả lời" }).click();
    await hoa.goto(dossier);
    await hoa.getByText("7.000.000 đồng").first().waitFor();
    await look(hoa, "lien-thong-cho-nop-thue");
    await tax.goto(desk);
    await tax.locator("#reference").fill("GNT 0152");
    await tax.getByRole("button", { name: "Đã nộp, tính tiếp thời gian" }).click();

    await act(specialist, "Hoàn thành bước này");
    await specialist.goto(desk);
    await specialist.getByLabel("Đồng ý cấp").check();
    await specialist.locator("#text").fill("Cấp giấy mới cho phần đất chuyển nhượng.");
    await specialist.getByRole("button", { name: "Trình lãnh đạo" }).click();
    const department = await officer("lanhdao.tnmt");
    await department.goto(desk);
    await department.getByLabel("Đồng ý", { exact: true }).check();
    await department.getByLabel("Nội dung trả lời").fill("Đã ký giấy chứng nhận mới.");
    await department.getByRole("button", { name: "Gửi trả lời" }).click();
    const leader = await officer("lanhdao.datdai");
    await act(leader, "Phê duyệt");
    await look(leader, "lien-thong-da-duyet");
    await hoa.goto(dossier);
    await hoa.getByText("Đã có kết quả").first().waitFor();
    await look(hoa, "lien-thong-cong-dan");
  } finally {
    await world.stop();
  }
});
