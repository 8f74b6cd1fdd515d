//! An agency that was asked about a dossier of another one: its queue, its page, its answer, and what others see of it.

use crate::app::TestApp;
use axum::http::StatusCode;
use motcua_catalogue::Examples;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, ReturnWay};
use motcua_model::form::Raw;
use motcua_model::id::ProcedureCode;
use motcua_office::account::SignIn;
use motcua_office::demo::PASSWORD;

const TRANSFER: &str = "2.000889";
/// The smallest picture that is one.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

async fn actor(app: &TestApp, login: &str) -> Actor {
    let SignIn::Open { token } = app.office.sign_in(login, PASSWORD).await.unwrap() else {
        panic!("not verified")
    };
    app.office.session(&token).await.unwrap().unwrap().actor()
}

/// A transfer of a part of a plot, filed at the district's counter, at the step that asks commune and tax office.
async fn asking(app: &TestApp) -> Dossier {
    let office = &app.office;
    let clerk = actor(app, "motcua.vonhai").await;
    let procedure = office.catalogue().procedure(&ProcedureCode::from(TRANSFER)).unwrap();
    let text = std::fs::read_to_string(format!(
        "{}/../../catalogue/procedures/{TRANSFER}/examples.toml",
        env!("CARGO_MANIFEST_DIR")
    ));
    let example: Examples = toml::from_str(&text.unwrap()).unwrap();
    let mut typed: Vec<(String, String)> = example.right.into_iter().collect();
    typed.push(("mot_phan".into(), "on".into()));
    typed.push(("dien_tich_chuyen".into(), "250".into()));
    let raw = Raw::from_pairs(typed.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let id = office.begin_draft(&clerk, procedure.code()).await.unwrap();
    for step in &procedure.form.steps {
        office.save_step(&clerk, id, &step.id, &raw).await.unwrap();
    }
    for kind in ["gcn", "hop-dong", "cccd"] {
        let mut file = office.begin_upload().await.unwrap();
        file.write(PNG).await.unwrap();
        office.attach(&clerk, id, kind, "anh.png", file).await.unwrap();
    }
    office.choose_return(&clerk, id, ReturnWay::Counter).await.unwrap();
    let d = office.submit(&clerk, id, true).await.unwrap();
    let (reception, specialist) = (actor(app, "motcua.datdai").await, actor(app, "chuyenvien.datdai").await);
    let d = office.take_cash(&reception, d.id, d.version).await.unwrap();
    let d = office.accept(&reception, d.id, d.version).await.unwrap();
    let d = office.forward(&reception, d.id, d.version, String::new()).await.unwrap();
    office
        .finish_step(&specialist, d.id, d.version, None, String::new())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_officer_who_was_asked_finds_it_reads_it_and_may_only_answer() {
    let app = TestApp::start().await;
    let d = asking(&app).await;
    let (page, code) = (format!("/ban/ho-so/{}", d.id), d.code.as_str());
    let tax = app.sign_in("chuyenvien.thue").await;
    tax.get("/ban?hang=duoc-hoi")
        .await
        .says("Được hỏi ý kiến")
        .says(code)
        .says(&page);
    tax.get("/ban?hang=chuyen-vien").await.does_not_say(code);
    let shown = tax.get(&page).await;
    shown
        .says("Hồ sơ do Chi nhánh Văn phòng Đăng ký đất đai huyện Võ Nhai giải quyết")
        .says("BM 123456")
        .says("/giay-to/")
        .says("Trả lời: Thông báo nghĩa vụ tài chính")
        .says("Tổng số phải nộp (đồng)")
        .says("Trả lời trước 9:00 thứ Tư, 1/4/2020")
        .does_not_say("/xu-ly")
        .does_not_say("/ghi-chu")
        .does_not_say("Trả lời: Xác nhận hiện trạng");
    let answer = format!("{page}/y-kien");
    let seen = shown.seen();
    let base = [
        ("seen", seen.as_str()),
        ("ask", "thong-bao-thue"),
        ("text", "Thông báo số 152."),
    ];
    let undecided = tax.post_parts(&answer, &base).await;
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
    undecided.says("Chọn đồng ý hoặc có ý kiến khác").says("Thông báo số 152.");
    let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
    let wrong = tax
        .post_parts(
            &answer,
            &with(&[("agrees", "yes"), ("so_thong_bao", "152/TB-CCT"), ("so_thue", "nhiều")]),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("role=\"alert\"").says("152/TB-CCT").says("nhiều");
    let right = with(&[("agrees", "yes"), ("so_thong_bao", "152/TB-CCT"), ("so_thue", "7.000.000")]);
    let given = tax.post_parts(&answer, &right).await;
    assert_eq!(
        (given.status, given.location.as_str()),
        (StatusCode::SEE_OTHER, page.as_str())
    );
    tax.get("/ban?hang=duoc-hoi").await.does_not_say(code);
    // She told what is to be paid, and says that it was.
    tax.get(&page).await.says("da-nop").does_not_say("/y-kien");

    // The branch; who tracks, who reads what is to be paid and not who answered; an agency that was not asked.
    let branch = app.sign_in("chuyenvien.datdai").await;
    branch
        .get(&page)
        .await
        .says("Thông báo số 152.")
        .says("Đinh Thị Mận")
        .says("Cùng lúc hỏi Chi cục Thuế huyện Võ Nhai: Thông báo nghĩa vụ tài chính, 16 giờ làm việc")
        .says("đã trả lời")
        .does_not_say("Trả lời: ");
    let tracked = app.visitor();
    let tracked = tracked.post("/tra-cuu", &[("code", code), ("fact", "5678")]).await;
    tracked
        .says("Ý kiến đã hỏi")
        .says("Chi cục Thuế huyện Võ Nhai")
        .says("Chờ trả lời đến")
        .does_not_say("Đinh Thị Mận");
    let department = app.sign_in("lanhdao.tnmt").await;
    assert_eq!(department.get(&page).await.status, StatusCode::NOT_FOUND);
    app.visitor()
        .get(&format!("/thu-tuc/{TRANSFER}"))
        .await
        .says("Cùng lúc hỏi chi cục thuế: Thông báo nghĩa vụ tài chính");
}

#[tokio::test]
async fn the_head_goes_on_without_a_late_answer_and_says_why() {
    let app = TestApp::start().await;
    let d = asking(&app).await;
    let page = format!("/ban/ho-so/{}", d.id);
    app.sign_in("lanhdao.datdai")
        .await
        .get(&page)
        .await
        .does_not_say("Đi tiếp không chờ");
    app.clock.set("2020-04-01T10:00:00+07:00".parse().unwrap());
    let head = app.sign_in("lanhdao.datdai").await;
    let shown = head.get(&page).await;
    shown
        .says("Quá hạn trả lời từ 9:00 thứ Tư, 1/4/2020")
        .says("Đi tiếp không chờ: Thông báo nghĩa vụ tài chính");
    let id = d.id.to_string();
    let silent = head.act(&id, "di-tiep", &[("ask", "thong-bao-thue"), ("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = head
        .act(&id, "di-tiep", &[("ask", "thong-bao-thue"), ("reason", "Được miễn thuế.")])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    head.get(&page).await.says("Được miễn thuế.").says("hồ sơ đi tiếp từ");
}
