// The main job in a real browser: from the citizen's phone to the signed paper.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { PICTURE, look, signIn, start } from "./world.mjs";

let world;
before(async () => { world = await start(); });
after(async () => { await world?.stop(); });

const SANG_MOC = "170-02";

/// Fills in the marital status form, without scripts if the page has none.
async function fileMaritalStatus(page, { name } = {}) {
  await page.goto("/thu-tuc/1.004873");
  await page.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  if (name) {
    await page.locator("#ho_ten").fill(name);
    await page.locator("#so_dinh_danh").fill("019185001234");
    await page.locator("#ngay_sinh").fill("30/3/1985");
    await page.locator("#dien_thoai").fill("0912345678");
  }
  await page.locator('[id="noi_cu_tru.commune"]').selectOption(SANG_MOC);
  await page.locator('[id="noi_cu_tru.street"]').fill("Xóm Khuổi Mèo");
  await page.locator("#dan_toc").fill("Tày");
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.getByLabel("Chưa đăng ký kết hôn với ai").check();
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.getByLabel("Vay vốn, mua bán nhà đất").check();
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.locator("#file-cccd").setInputFiles(PICTURE);
  const attach = page.getByRole("button", { name: "Gửi tệp này" });
  if (!page.withScripts) await attach.click();
  await page.getByRole("link", { name: "cccd.png" }).waitFor();
  await page.getByRole("link", { name: "Đi tiếp" }).click();
}

async function submit(page, way = "Tệp trong tài khoản") {
  await page.getByLabel(way).check();
  await page.getByLabel("Tôi cam đoan").check();
  await page.getByRole("button", { name: "Gửi hồ sơ" }).click();
}

async function codeOn(page) {
  return (await page.locator("p.code strong").innerText()).trim();
}

test("a citizen signs up with a one-time code", async () => {
  const page = await world.person();
  await page.goto("/dang-ky");
  await look(page, "dang-ky");
  await page.locator("#name").fill("Ma Thị Nguyệt");
  await page.locator("#login").fill("0987654321");
  await page.locator("#password").fill("hoa-sen-tren-nui");
  await page.getByRole("button", { name: "Tạo tài khoản" }).click();
  await page.locator("#code").waitFor();
  await look(page, "xac-nhan");
  await page.locator("#code").fill("000000");
  await page.getByRole("button", { name: "Xác nhận" }).click();
  await page.getByText("Mã chưa đúng").waitFor();
  const mail = await world.person();
  let code;
  while (!code) {
    await mail.goto("/demo/hop-thu");
    code = (await mail.locator("main").innerText()).match(/Mã xác nhận của bạn là (\d{6})/)?.[1];
  }
  await page.locator("#code").fill(code);
  await page.getByRole("button", { name: "Xác nhận" }).click();
  await page.waitForURL("**/ho-so");
  await page.getByRole("heading", { name: "Hồ sơ của tôi" }).waitFor();
});

test("level 4: filed from home without scripts, paid online, settled, and the result downloaded", async () => {
  const citizen = await world.person({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
  await signIn(citizen, "0912345678");
  await fileMaritalStatus(citizen);
  await submit(citizen);
  const code = await codeOn(citizen);
  assert.match(code, /^000\.24\.12\.H55-\d{6}-\d{4,}$/);
  await citizen.getByRole("button", { name: "Nộp 15.000 đồng trực tuyến" }).click();
  assert.ok(citizen.url().startsWith(world.gateway));
  await citizen.getByRole("button", { name: "Thanh toán" }).click();
  await citizen.getByText("Đã nhận được tiền").waitFor();
  await citizen.getByRole("link", { name: "Mở hồ sơ" }).click();
  const dossier = citizen.url();

  const reception = await world.person();
  await signIn(reception, "motcua.sangmoc");
  await look(reception, "ban");
  await reception.getByRole("link", { name: code }).click();
  await look(reception, "ban-ho-so");
  await reception.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
  await reception.getByRole("button", { name: "Chuyển phòng chuyên môn" }).click();

  const specialist = await world.person();
  await signIn(specialist, "chuyenvien.sangmoc");
  await specialist.getByRole("link", { name: code }).click();
  await specialist.getByLabel("Đồng ý cấp").check();
  await specialist.locator("#text").fill("Hiện tại chưa đăng ký kết hôn với ai.");
  await specialist.getByRole("button", { name: "Trình lãnh đạo" }).click();

  const leader = await world.person();
  await signIn(leader, "lanhdao.sangmoc");
  await leader.getByRole("link", { name: code }).click();
  await look(leader, "ban-lanh-dao");
  await leader.getByRole("button", { name: "Phê duyệt" }).click();

  await reception.goto(`/ban/ho-so/${dossier.split("/").pop()}`);
  const give = reception.getByRole("button", { name: "Trả kết quả" });
  // It is signed a moment after it was approved.
  while (!(await give.count())) await reception.reload();
  await give.click();
  await reception.getByText("Đã trả kết quả").first().waitFor();

  await citizen.reload();
  const link = await citizen.getByRole("link", { name: "Tải kết quả" }).getAttribute("href");
  const pdf = await citizen.request.get(link);
  assert.equal(pdf.status(), 200);
  assert.equal(String((await pdf.body()).subarray(0, 5)), "%PDF-");

  const stranger = await world.person();
  assert.equal((await stranger.request.get(link, { maxRedirects: 0 })).status(), 303);
  const other = await world.person();
  await signIn(other, "motcua.gtvt");
  assert.equal((await other.request.get(dossier.replace("/ho-so/", "/ban/ho-so/"))).status(), 404);
});

test("level 3 at the counter: the card is scanned, cash is taken, the result collected in person", async () => {
  const reception = await world.person();
  await signIn(reception, "motcua.datdai");
  await reception.goto("/ban/nop-ho");
  await look(reception, "ban-nop-ho");
  await reception.locator("#card").fill("019185001234|091234567|Nông Thị Hoa|30031985|Nữ|Xóm 5, Sảng Mộc, Võ Nhai|01012021");
  await reception.locator('input[value="1.004227"]').check();
  await reception.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  assert.equal(await reception.locator("#ho_ten").inputValue(), "Nông Thị Hoa");
  await reception.locator("#dien_thoai").fill("0912345678");
  await reception.locator("#noi_o").fill("Xóm 5, Sảng Mộc");
  await reception.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await reception.locator('[id="thua.sheet"]').fill("12");
  await reception.locator('[id="thua.number"]').fill("345");
  await reception.locator('[id="thua.area"]').fill("360");
  await reception.locator('[id="dia_chi_thua.commune"]').selectOption(SANG_MOC);
  await reception.locator('[id="dia_chi_thua.street"]').fill("Xóm 5");
  await reception.locator("#so_gcn").fill("BM 123456");
  await reception.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await reception.getByLabel("Số căn cước công dân").check();
  await reception.locator("#cu").fill("091234567");
  await reception.locator("#moi").fill("019185001234");
  await reception.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  for (const kind of ["gcn", "chung-minh"]) {
    await reception.locator(`#file-${kind}`).setInputFiles({ ...PICTURE, name: `${kind}.png` });
    await reception.getByRole("link", { name: `${kind}.png` }).waitFor();
  }
  await reception.getByRole("link", { name: "Đi tiếp" }).click();
  await submit(reception, "Nhận tại quầy");
  await reception.getByRole("button", { name: "Thu 28.000 đồng tiền mặt" }).click();
  await reception.getByText(/BL-24\.01-\d{4}-000001/).first().waitFor();
  await reception.getByRole("button", { name: "Tiếp nhận", exact: true }).click();
  await reception.getByText("Đã tiếp nhận").first().waitFor();
});

test("a supplement is asked once, answered, and the clock goes on", async () => {
  const citizen = await world.person();
  citizen.withScripts = true;
  await signIn(citizen, "0912345678");
  await fileMaritalStatus(citizen);
  await look(citizen, "kiem-tra");
  await submit(citizen);
  await look(citizen, "ho-so");
  const id = citizen.url().split("/").pop();
  const reception = await world.person();
  await signIn(reception, "motcua.sangmoc");
  await reception.goto(`/ban/ho-so/${id}`);
  await reception.getByText("Yêu cầu bổ sung").first().click();
  await reception.locator('[id="thieu.cccd"]').fill("Ảnh bị mờ: chụp lại rõ bốn góc.");
  await reception.getByRole("button", { name: "Yêu cầu bổ sung" }).click();
  await citizen.reload();
  await citizen.getByRole("link", { name: "Bổ sung hồ sơ" }).click();
  await look(citizen, "bo-sung");
  await citizen.getByRole("button", { name: "Gửi" }).click();
  await citizen.getByText("Còn thiếu").waitFor();
  await citizen.locator("#file-cccd").setInputFiles({ ...PICTURE, name: "ro-hon.png" });
  await citizen.getByRole("button", { name: "Gửi" }).click();
  await citizen.getByText("Người dân đã bổ sung").waitFor();
});

test("two officers on one dossier: the second is told who was faster", async () => {
  const citizen = await world.person();
  citizen.withScripts = true;
  await signIn(citizen, "0912345678");
  await fileMaritalStatus(citizen);
  await submit(citizen);
  const id = citizen.url().split("/").pop();
  const [first, second] = [await world.person(), await world.person()];
  for (const page of [first, second]) {
    await signIn(page, "motcua.sangmoc");
    await page.goto(`/ban/ho-so/${id}`);
    await page.getByText("Từ chối tiếp nhận").first().click();
  }
  await first.locator("#reason-refuse").fill("Không thuộc thẩm quyền: nộp tại nơi thường trú.");
  await first.getByRole("button", { name: "Từ chối tiếp nhận" }).click();
  await first.getByText("Không được tiếp nhận").first().waitFor();
  await second.locator("#reason-refuse").fill("Thiếu giấy tờ.");
  await second.getByRole("button", { name: "Từ chối tiếp nhận" }).click();
  await second.getByText("vừa được người khác cập nhật").waitFor();
  await citizen.reload();
  await citizen.getByText("Không thuộc thẩm quyền").waitFor();
});

test("wrong answers stand at their field, and what was typed is kept", async () => {
  const page = await world.person({ javaScriptEnabled: false });
  await signIn(page, "0912345678");
  await page.goto("/thu-tuc/2.000635");
  const sheet = await world.person();
  await sheet.goto("/thu-tuc/2.000635");
  await look(sheet, "thu-tuc");
  await page.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  await page.locator("#ho_ten").fill("Hoa 😀");
  await page.locator("#so_dinh_danh").fill("12345");
  await page.locator("#ngay_sinh").fill("31/02/1985");
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.getByText("Có chỗ cần sửa").waitFor();
  await page.getByText("Không có ngày này trong lịch").first().waitFor();
  assert.equal(await page.locator("#so_dinh_danh").inputValue(), "12345");
  await page.locator('main a[href="#ngay_sinh"]').waitFor();
});

test("a session that ended in the middle loses nothing", async () => {
  const page = await world.person({ javaScriptEnabled: false });
  await signIn(page, "0912345678");
  await page.goto("/thu-tuc/1.002809");
  await page.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  await page.locator('[id="noi_cu_tru.street"]').fill("Tổ 7, đường Hoàng Văn Thụ");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Lưu và đi tiếp" }).click();
  await page.getByText("những gì bạn vừa ghi vẫn còn").waitFor();
  await page.locator("#login").fill("0912345678");
  await page.locator("#password").fill("motcua-2020");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  assert.equal(await page.locator('[id="noi_cu_tru.street"]').inputValue(), "Tổ 7, đường Hoàng Văn Thụ");
});

test("a lying file is refused with the remedy", async () => {
  const page = await world.person({ javaScriptEnabled: false });
  await signIn(page, "0912345678");
  await page.goto("/thu-tuc/2.000635");
  await page.getByRole("button", { name: "Bắt đầu nộp hồ sơ" }).click();
  const id = page.url().split("/").at(-2);
  await page.goto(`/ho-so/nhap/${id}/giay-to`);
  await page.locator("#file-cccd").setInputFiles({ name: "anh.png", mimeType: "image/png", buffer: Buffer.from("<script>") });
  await page.getByRole("button", { name: "Gửi tệp này" }).first().click();
  await page.getByText("Chỉ nhận PDF, JPEG hoặc PNG").waitFor();
});

test("anybody with the code and a second fact sees where it is; a wrong fact says nothing", async () => {
  const citizen = await world.person();
  await signIn(citizen, "0912345678");
  await look(citizen, "ho-so-cua-toi");
  const text = await citizen.locator("main").innerText();
  const code = text.match(/000\.\S+/)[0];
  const page = await world.person();
  await page.goto("/tra-cuu");
  await page.locator("#code").fill(code.toLowerCase());
  await page.locator("#fact").fill("5678");
  await page.getByRole("button", { name: "Xem" }).click();
  await page.getByText("Hồ sơ đang ở đâu").or(page.getByText("Bây giờ")).first().waitFor();
  await look(page, "tra-cuu");
  await page.locator("#fact").fill("0000");
  await page.getByRole("button", { name: "Xem" }).click();
  await page.getByText("Kiểm tra lại mã hồ sơ").waitFor();
});

test("every door opens for its people, in both languages, on a phone", async () => {
  const page = await world.person();
  for (const [name, path] of [["trang-chu", "/"], ["danh-muc", "/thu-tuc?q=bang+lai"], ["trang-chu-en", "/?lang=en"], ["dang-nhap", "/dang-nhap?lang=vi"], ["demo", "/demo"], ["khong-co", "/khong-co-trang-nay"]]) {
    await page.goto(path);
    await look(page, name);
  }
  for (const [login, path, name] of [["buudien.vonhai", "/buu-dien", "buu-dien"], ["giamsat", "/bang", "bang"], ["quantri", "/quan-tri", "quan-tri"]]) {
    const own = await world.person();
    await signIn(own, login);
    assert.equal(new URL(own.url()).pathname, path);
    await look(own, name);
    assert.equal((await own.request.get("/ban")).status(), 403);
    if (login === "giamsat") {
      await own.goto("/bang/truc-tuyen");
      await look(own, "ty-le-truc-tuyen");
    }
  }
});

test("everything that happened can be proved", () => {
  const program = process.env.MOTCUA ?? new URL("../target/debug/motcua", import.meta.url).pathname;
  assert.match(String(execFileSync(program, ["verify", "--data", world.data])), /whole: nothing was changed/);
  assert.equal(spawnSync(program, ["verify", "--data", `${world.data}/nowhere`]).status, 1);
});
