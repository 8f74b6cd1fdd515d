//! Administrators change the catalogue through pages; citizens never notice more than that it changed.

use crate::app::{Answer, Person, TestApp};
use axum::http::StatusCode;
use std::sync::atomic::{AtomicBool, Ordering};

const SHEET: &str = "procedures/1.004873/sheet.toml";
const FORM: &str = "procedures/1.004873/form.toml";

/// Begins a change; answers its address.
async fn begin(admin: &Person<'_>, reason: &str) -> String {
    let begun = admin.post("/quan-tri/danh-muc", &[("reason", reason)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    begun.location
}

/// Saves a file as the raw editor does.
async fn save(admin: &Person<'_>, change: &str, path: &str, text: &str) -> Answer {
    let page = admin.get(&format!("{change}/tep?tep={}", path.replace('/', "%2F"))).await;
    let seen = page.seen();
    admin
        .post(&format!("{change}/tep"), &[("tep", path), ("seen", &seen), ("text", text)])
        .await
}

fn text(app: &TestApp, path: &str) -> String {
    app.office.files_in_force().get(path).unwrap().to_owned()
}

/// Renames the service and sends the change for a day.
async fn renamed(app: &TestApp, admin: &Person<'_>, name: &str, from: &str) -> String {
    let change = begin(admin, "Đổi tên").await;
    let sheet = text(app, SHEET);
    let line = sheet.lines().find(|l| l.starts_with("name = ")).unwrap().to_owned();
    let saved = save(
        admin,
        &change,
        SHEET,
        &sheet.replace(&line, &format!("name = {{ vi = \"{name}\" }}")),
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let sent = admin.post(&format!("{change}/gui"), &[("from", from)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    change
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_writes_another_approves_and_the_citizen_reads_it() {
    let app = TestApp::start().await;
    let (quan, lan) = (app.sign_in("quantri").await, app.sign_in("quantri2").await);
    let change = renamed(&app, &quan, "Giấy độc thân", "2020-03-30").await;
    quan.get(&change)
        .await
        .says("Đang chờ người khác duyệt")
        .does_not_say("/duyet\"");
    let own = quan.post(&format!("{change}/duyet"), &[]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    own.says("nhờ một người quản trị khác");
    let compared = lan.get(&format!("{change}/khac-nhau")).await;
    compared
        .says("<ins><span class=\"sr\">Sau: </span>Giấy độc thân</ins>")
        .says("<del>");
    app.visitor().get("/thu-tuc/1.004873").await.does_not_say("Giấy độc thân");
    let approved = lan.post(&format!("{change}/duyet"), &[]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    app.visitor().get("/thu-tuc/1.004873").await.says("Giấy độc thân");
    quan.get("/quan-tri/danh-muc").await.says("đã áp dụng").says("Đổi tên");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_that_is_over_is_refused_with_the_remedy_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan, "Đổi phí").await;
    save(
        &quan,
        &change,
        "asked.tsv",
        &text(&app, "asked.tsv").replacen("# ", "# Ghi chú. ", 1),
    )
    .await;
    for (typed, says) in [
        ("2020-03-29", "Ngày 29/3/2020 đã qua: chọn từ 30/3/2020 trở đi."),
        ("mai", "Chọn ngày áp dụng"),
    ] {
        let sent = quan.post(&format!("{change}/gui"), &[("from", typed)]).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
        sent.says(says).says(&format!("value=\"{typed}\""));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mistakes_are_named_with_line_and_remedy_and_the_text_stays() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan, "Bỏ một ô").await;
    let form = text(&app, FORM).replacen("id = \"tinh_trang\"", "id = \"tinh_trang_moi\"", 1);
    let saved = save(&quan, &change, FORM, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let page = quan.get(&saved.location).await;
    page.says("tinh_trang_moi").says("dòng ").says("chỉ dùng ô đứng trước");
    let sent = quan.post(&format!("{change}/gui"), &[("from", "2020-04-01")]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    sent.says("sửa hết mới gửi duyệt được");
    // Not even TOML: still kept and still told.
    let saved = save(&quan, &change, FORM, "version = = 1").await;
    quan.get(&saved.location).await.says("version = = 1").says("TOML");
    // A citizen's form is as it was.
    app.visitor().get("/thu-tuc/1.004873").await.says("Trước khi bắt đầu");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_once_the_second_sees_what_the_first_did() {
    let app = TestApp::start().await;
    let (quan, lan) = (app.sign_in("quantri").await, app.sign_in("quantri2").await);
    let late = renamed(&app, &lan, "Tên của Lan", "2020-03-31").await;
    let first = renamed(&app, &quan, "Tên của Quân", "2020-03-30").await;
    assert_eq!(lan.post(&format!("{first}/duyet"), &[]).await.status, StatusCode::SEE_OTHER);
    let told = quan.post(&format!("{late}/duyet"), &[]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    told.says("có người khác đã đổi");
    lan.get(&format!("{late}/khac-nhau"))
        .await
        .says("Người kia đã đổi")
        .says("Tên của Quân")
        .says("Tên của Lan");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_form_is_seen_as_a_citizen_would_and_nothing_is_kept() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan, "Đổi tờ khai").await;
    let title = text(&app, FORM).replacen("title = { vi = \"", "title = { vi = \"Bước mới: ", 1);
    save(&quan, &change, FORM, &title).await;
    let page = quan.get(&format!("{change}/xem/1.004873")).await;
    page.says("Bước mới: ").says("name=\"ho_ten\"").says("name=\"tinh_trang\"");
    let tried = quan
        .post(&format!("{change}/xem/1.004873"), &[("ho_ten", "Nông Thị Hoa")])
        .await;
    assert_eq!(tried.status, StatusCode::OK);
    tried.says("value=\"Nông Thị Hoa\"").says("href=\"#so_dinh_danh\"");
    app.visitor().get("/thu-tuc/1.004873").await.does_not_say("Bước mới");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_zip_of_ours_is_refused_in_words() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let to = "/quan-tri/danh-muc/nhap";
    let reason = ("reason", "Nhập từ tỉnh khác");
    let no_zip = quan.upload_with(to, reason, "zip", "a.zip", b"not a zip").await;
    assert_eq!(no_zip.status, StatusCode::UNPROCESSABLE_ENTITY);
    no_zip.says("không phải tệp ZIP").says("Nhập từ tỉnh khác");
    let large = quan.upload_with(to, reason, "zip", "a.zip", &vec![7; 17 * 1024 * 1024]).await;
    large.says("lớn hơn 16 MB");
    let zip = app.office.files_in_force().to_zip().unwrap();
    quan.upload_with(to, reason, "zip", "a.zip", &zip)
        .await
        .says("Chưa có gì khác");
    let out = quan.get("/quan-tri/danh-muc/xuat.zip").await;
    assert_eq!(out.status, StatusCode::OK);
    assert!(out.body.starts_with("PK"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_too_large_or_leads_out_is_refused() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let change = begin(&quan, "Thử").await;
    let seen = "0";
    for (path, says) in [
        ("../etc/passwd", StatusCode::NOT_FOUND),
        ("a/./b.toml", StatusCode::NOT_FOUND),
    ] {
        let answer = quan
            .post(&format!("{change}/tep"), &[("tep", path), ("seen", seen), ("text", "x")])
            .await;
        assert_eq!(answer.status, says, "{path}");
    }
    let large = "x".repeat(2 * 1024 * 1024 + 1);
    let answer = quan
        .post(
            &format!("{change}/tep"),
            &[("tep", "asked.tsv"), ("seen", seen), ("text", &large)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("Tệp lớn hơn 2 MB");
    let huge = "x".repeat(10 * 1024 * 1024);
    let answer = quan
        .post(
            &format!("{change}/tep"),
            &[("tep", "asked.tsv"), ("seen", seen), ("text", &huge)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_requests_during_reloads_are_all_answered() {
    let app = TestApp::start().await;
    let done = AtomicBool::new(false);
    let asked = async {
        for i in 0..1_000 {
            let path = ["/thu-tuc/1.004873", "/viec/ket-hon"][i % 2];
            let answer = app.visitor().get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "request {i}");
            tokio::task::yield_now().await;
        }
        done.store(true, Ordering::SeqCst);
    };
    let reloads = async {
        let mut count = 0;
        while !done.load(Ordering::SeqCst) {
            let read = tokio::task::spawn_blocking(motcua_catalogue::Catalogue::embedded)
                .await
                .unwrap();
            app.office.replace_base(read.unwrap()).await.unwrap();
            count += 1;
        }
        count
    };
    let ((), count) = tokio::join!(asked, reloads);
    assert!(count >= 2, "the catalogue was swapped {count} times");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_without_a_hit_names_the_nearest_and_the_administrator_sees_it() {
    let app = TestApp::start().await;
    app.visitor().get("/thu-tuc?q=xyzzyx+qwrtp").await.says("0208 1022");
    let quan = app.sign_in("quantri").await;
    quan.get("/quan-tri/tim-khong-thay").await.says("xyzzyx qwrtp");
    quan.post("/quan-tri/tim-khong-thay", &[("words", "xyzzyx qwrtp")]).await;
    quan.get("/quan-tri/tim-khong-thay").await.does_not_say("xyzzyx");
}

/// Fills in, in the words of the first version, what the second one renames and drops; answers the draft.
async fn fill_married(person: &Person<'_>) -> String {
    let begun = person.post("/thu-tuc/1.004873/nop", &[]).await;
    let draft = person.fill_marital(&begun.location).await;
    for (step, answers) in [
        ("hon-nhan", [("tinh_trang", "dang_co"), ("ho_ten_vo_chong", "Triệu Văn Páo")]),
        ("muc-dich", [("muc_dich", "khac"), ("viec_khac", "Nhận con nuôi")]),
    ] {
        let saved = person.post(&format!("{draft}/{step}"), &answers).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step}: {}", saved.body);
    }
    draft
}

async fn send(person: &Person<'_>, draft: &str) -> Answer {
    person
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await
}

/// The form with a question renamed, one dropped and one new.
fn second_version(form: &str) -> String {
    let (before, rest) = form.split_once("[[step.field]]\nid = \"ho_ten_vo_chong\"").unwrap();
    let after = rest.split_once("[[step]]").unwrap().1;
    let form = format!("{before}[[step]]{after}");
    let renamed = form.replacen(
        "id = \"viec_khac\"\nlabel = { vi = \"Việc gì\"",
        "id = \"viec_can_giay\"\nwas = [\"viec_khac\"]\nlabel = { vi = \"Việc cần giấy này\"",
        1,
    );
    let asks_more = renamed.replacen(
        "[[paper]]",
        "[[step.field]]\nid = \"nop_o_dau\"\nlabel = { vi = \"Giấy này nộp ở đâu\", en = \"Where you hand it in\" }\n\
         required = true\nwhen = { is = { field = \"muc_dich\", value = \"khac\" } }\nkind = { text = { max = 200 } }\n\n[[paper]]",
        1,
    );
    assert!(form != renamed && renamed != asks_more, "{asks_more}");
    asks_more
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_draft_moves_to_the_new_form_and_the_person_sees_what_changed_before_she_sends() {
    let app = TestApp::start().await;
    let hoa = app.sign_in("0912345678").await;
    let first = fill_married(&hoa).await;
    let filed = send(&hoa, &first).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
    let draft = fill_married(&hoa).await;
    assert_ne!(first, draft);

    let (quan, lan) = (app.sign_in("quantri").await, app.sign_in("quantri2").await);
    let change = begin(&quan, "Tờ khai mới").await;
    let saved = save(&quan, &change, FORM, &second_version(&text(&app, FORM))).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let sent = quan.post(&format!("{change}/gui"), &[("from", "2020-03-30")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let approved = lan.post(&format!("{change}/duyet"), &[]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);

    let changed = format!("{draft}/to-khai-moi");
    let led_there = |answer: &Answer| {
        assert_eq!(
            (answer.status, &answer.location),
            (StatusCode::SEE_OTHER, &changed),
            "{}",
            answer.body
        );
    };
    for page in ["nguoi-yeu-cau", "muc-dich", "giay-to", "kiem-tra"] {
        led_there(&hoa.get(&format!("{draft}/{page}")).await);
    }
    led_there(&send(&hoa, &draft).await);
    // A page that she had open since before is taken under the names of now.
    let old_page = [("to-khai-ban", "1"), ("muc_dich", "khac"), ("viec_khac", "Nhận nuôi cháu")];
    led_there(&hoa.post(&format!("{draft}/muc-dich"), &old_page).await);
    hoa.get(&changed)
        .await
        .says("<dt>Việc gì</dt><dd>Việc cần giấy này</dd>")
        .says("<dt>Họ tên vợ hoặc chồng</dt><dd>Triệu Văn Páo</dd>")
        .says("<li>Giấy này nộp ở đâu</li>");
    // Having looked is not having agreed.
    led_there(&send(&hoa, &draft).await);

    let on = hoa.post(&changed, &[]).await;
    assert_eq!((on.status, on.location), (StatusCode::SEE_OTHER, format!("{draft}/muc-dich")));
    let step = hoa.get(&format!("{draft}/muc-dich")).await;
    assert_eq!(step.status, StatusCode::OK);
    step.says("Giấy này nộp ở đâu")
        .says("Việc cần giấy này")
        .says("Nhận nuôi cháu");
    let lacking = send(&hoa, &draft).await;
    assert_eq!(
        lacking.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the new question needs an answer"
    );
    let answered = [
        ("muc_dich", "khac"),
        ("viec_can_giay", "Nhận nuôi cháu"),
        ("nop_o_dau", "Tòa án huyện"),
    ];
    let saved = hoa.post(&format!("{draft}/muc-dich"), &answered).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let sent = send(&hoa, &draft).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    hoa.get(&sent.location)
        .await
        .says("<dt>Việc cần giấy này</dt><dd>Nhận nuôi cháu</dd>")
        .does_not_say("Triệu Văn Páo");
    // What was filed before is read as it was filed.
    hoa.get(&filed.location)
        .await
        .says("<dt>Việc gì</dt><dd>Nhận con nuôi</dd>")
        .says("<dt>Họ tên vợ hoặc chồng</dt><dd>Triệu Văn Páo</dd>")
        .does_not_say("Việc cần giấy này");
}
