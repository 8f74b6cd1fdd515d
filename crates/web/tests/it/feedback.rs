//! Complaints and suggestions: written by anybody, answered by the head in time, asked for with a code.

use crate::app::TestApp;
use axum::http::StatusCode;

const TEXT: &str = "Ba lần đến quầy chiều thứ hai đều không có ai.";

fn form<'a>(id: &'a str, kind: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("id", id),
        ("kind", kind),
        ("co-quan", "24.12"),
        ("text", TEXT),
        ("phone", "0912 345 678"),
    ]
}

#[tokio::test]
async fn a_person_without_an_account_writes_the_head_answers_and_she_reads_it_with_her_code() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let empty = visitor.get("/phan-anh?co-quan=24.12&ho-so=xyz").await;
    empty.says("value=\"24.12\" selected");
    let id = empty.between("name=\"id\" value=\"", "\"").to_owned();
    let wrong = visitor
        .post(
            "/phan-anh",
            &[
                ("id", &id),
                ("co-quan", "99.99"),
                ("ho-so", "xyz"),
                ("text", TEXT),
                ("phone", "1"),
            ],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .says("Chọn phản ánh hoặc kiến nghị")
        .says("Chọn cơ quan trong danh sách")
        .says("Ghi mã hồ sơ như trên giấy hẹn")
        .says("Ghi số điện thoại 10 số")
        .says(TEXT);
    let sent = visitor.post("/phan-anh", &form(&id, "complaint")).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let code = sent.between("<dd><strong>PA-", "</strong>").to_owned();
    // Five working days after Monday 30 March: Thursday 2 April is the feast of the kings, so Tuesday 7 April.
    sent.says("7/4/2020").does_not_say("0912 345 678");
    let again = visitor.post("/phan-anh", &form(&id, "complaint")).await;
    again.says(&code);
    let head = app.sign_in("lanhdao.sangmoc").await;
    let list = head.get("/ban/phan-anh").await;
    list.says(&code);
    assert_eq!(list.body.matches("/ban/phan-anh/").count(), 1);
    let one = format!("/ban/phan-anh/{}", list.between("/ban/phan-anh/", "\""));
    head.get(&one).await.says(TEXT).says("0912 345 678");
    for stranger in ["lanhdao.vonhai", "motcua.sangmoc", "giamsat", "0912345678"] {
        let refused = app.sign_in(stranger).await.get(&one).await;
        assert!(
            matches!(refused.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND),
            "{stranger}: {}",
            refused.status
        );
        refused.does_not_say(TEXT);
    }
    let track = |code: &str| [("code", code.to_owned())];
    let ask = |typed: [(&'static str, String); 1]| {
        let visitor = app.visitor();
        async move {
            let pairs: Vec<(&str, &str)> = typed.iter().map(|(k, v)| (*k, v.as_str())).collect();
            visitor.post("/phan-anh/theo-doi", &pairs).await
        }
    };
    ask(track(&format!("pa {code}"))).await.says("Chưa có trả lời");
    let unknown = ask(track("PA-2222-2222")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    unknown.says("Không có phản ánh nào mang mã này");
    let said = head.post(&one, &[("text", "  ")]).await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = [("text", "Từ ngày 1/4 quầy có hai người trực.")];
    assert_eq!(head.post(&one, &answer).await.status, StatusCode::SEE_OTHER);
    let twice = head.post(&one, &[("text", "Câu khác.")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    ask(track(&format!("PA-{code}")))
        .await
        .says("quầy có hai người trực")
        .does_not_say("Câu khác");
    while app.office.run_due_jobs().await.unwrap() > 0 {}
    let told = app.office.demo_inbox().unwrap().latest();
    assert!(told.iter().any(|m| m.text.contains(&code)), "nobody was told");
}

#[tokio::test]
async fn what_is_late_stands_on_the_morning_page_and_writing_is_bounded() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    let mut sent = 0;
    for n in 0..8 {
        let id = format!("0170f000-0000-7000-8000-00000000000{n}");
        let answer = citizen.post("/phan-anh", &form(&id, "suggestion")).await;
        sent += u32::from(answer.status == StatusCode::OK);
    }
    assert_eq!(sent, 5);
    citizen.get("/phan-anh").await.says("Bạn đã gửi");
    let head = app.sign_in("lanhdao.sangmoc").await;
    let monitor = app.sign_in("giamsat").await;
    head.get("/bang/hom-nay")
        .await
        .says("5 đang chờ cơ quan trả lời")
        .says("Không có phản ánh, kiến nghị nào quá hạn");
    app.clock.set("2020-05-04T09:00:00+07:00".parse().unwrap());
    let head = app.sign_in("lanhdao.sangmoc").await;
    head.get("/bang/hom-nay").await.says("5 phản ánh, kiến nghị quá hạn trả lời");
    head.get("/ban/phan-anh").await.says("Quá hạn");
    drop(monitor);
    let monitor = app.sign_in("giamsat").await;
    monitor
        .get("/bang/hom-nay")
        .await
        .says("5 phản ánh, kiến nghị quá hạn trả lời");
}
