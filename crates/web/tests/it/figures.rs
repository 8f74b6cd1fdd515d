//! What people say, the indices, and the open figures.

use crate::app::{MARITAL, Person, TestApp};
use axum::http::StatusCode;

/// A dossier filed online by the demo's citizen; answers its identifier.
async fn filed_online(citizen: &Person<'_>) -> String {
    let begun = citizen.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let draft = citizen.fill_marital(&begun.location).await;
    let sent = citizen
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "online"), ("declared", "1")])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location.split('/').nth(2).unwrap().to_owned()
}

/// The result of a dossier, given to the person.
async fn returned(app: &TestApp, id: &str) {
    let reception = app.sign_in("motcua.sangmoc").await;
    let specialist = app.sign_in("chuyenvien.sangmoc").await;
    let head = app.sign_in("lanhdao.sangmoc").await;
    for (who, action, typed) in [
        (&reception, "thu-tien", vec![]),
        (&reception, "tiep-nhan", vec![]),
        (&reception, "chuyen", vec![]),
        (
            &specialist,
            "xu-ly",
            vec![("outcome", "granted"), ("text", "Chưa kết hôn với ai.")],
        ),
        (&head, "duyet", vec![]),
        (&reception, "tra-ket-qua", vec![("way", "online")]),
    ] {
        let done = who.act(id, action, &typed).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{action}: {}", done.body);
    }
}

#[tokio::test]
async fn a_person_answers_one_question_once_and_few_answers_are_hidden() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    let id = filed_online(&citizen).await;
    let page = format!("/ho-so/{id}/hai-long");
    assert_eq!(citizen.get(&page).await.status, StatusCode::NOT_FOUND);
    returned(&app, &id).await;
    citizen.get(&format!("/ho-so/{id}")).await.says(&page);
    let said = citizen.post(&page, &[("said", "Đi lại ba lần.")]).await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
    said.says("Chọn một trong ba câu trả lời").says("Đi lại ba lần.");
    let long = "ấ".repeat(1_001);
    let said = citizen.post(&page, &[("score", "3"), ("said", &long)]).await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [
        ("score", "1"),
        ("reason", "trips"),
        ("reason", "khac"),
        ("said", "Đi lại ba lần."),
    ];
    assert_eq!(citizen.post(&page, &form).await.status, StatusCode::SEE_OTHER);
    citizen.get(&page).await.says("Cảm ơn").does_not_say("<textarea");
    // A second answer changes nothing.
    citizen.post(&page, &[("score", "3")]).await;
    let monitor = app.sign_in("giamsat").await;
    monitor
        .get("/bang/hai-long")
        .await
        .says("Dưới 5 câu trả lời")
        .does_not_say("Đi lại ba lần.");
    let head = app.sign_in("lanhdao.sangmoc").await;
    head.get("/bang/hai-long").await.says("Đi lại ba lần.").says("Không hài lòng");
    let other = app.sign_in("lanhdao.gtvt").await;
    other
        .get("/bang/hai-long")
        .await
        .says("Chưa có câu trả lời nào")
        .does_not_say("Đi lại ba lần.");
    app.visitor()
        .get("/du-lieu/hai-long-theo-co-quan.csv")
        .await
        .says("co_quan,so_tra_loi")
        .does_not_say("24.12");
}

#[tokio::test]
async fn the_tablet_at_the_counter_asks_code_and_fact_and_stuffing_is_bounded() {
    let app = TestApp::start().await;
    let reception = app.sign_in("motcua.sangmoc").await;
    let id = filed_online(&app.sign_in("0912345678").await).await;
    returned(&app, &id).await;
    let desk = reception.get(&format!("/ban/ho-so/{id}")).await;
    let code = desk.between("<h1>", " ").to_owned();
    desk.says(&format!("/hai-long?code={code}"));
    let tablet = app.visitor();
    tablet.get(&format!("/hai-long?code={code}")).await.says(&code);
    let form = |fact| [("code", code.as_str()), ("fact", fact), ("score", "3")];
    let wrong = tablet.post("/hai-long", &form("0000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Không thấy hồ sơ").says("checked");
    let sent = tablet.post("/hai-long", &form("5678")).await;
    assert_eq!(
        (sent.status, sent.location.as_str()),
        (StatusCode::SEE_OTHER, "/hai-long?xong=1")
    );
    tablet
        .get(&sent.location)
        .await
        .says("Cảm ơn")
        .does_not_say(&format!("value=\"{code}\""));
    let mut refused = 0;
    for _ in 0..40 {
        refused += u32::from(tablet.post("/hai-long", &form("5678")).await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused >= 20, "{refused} of 40 were refused");
    let actor = app.office.satisfaction_of_all(None, None).await.unwrap();
    assert_eq!((actor[0].1.total(), actor[0].1.by_code), (1, 1));
}

#[tokio::test]
async fn open_figures_hide_few_and_are_read_by_everybody() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    filed_online(&citizen).await;
    let visitor = app.visitor();
    visitor
        .get("/so-lieu")
        .await
        .says("Số liệu mở")
        .says("&#60;5")
        .does_not_say("100,0 %");
    visitor.get("/du-lieu/ho-so-theo-thang.csv").await.says("2020-03,4,online,<5");
    visitor.get("/du-lieu/ho-so-theo-thang.json").await.says("\"so_ho_so\":null");
    let line = "2020-03,24.12,1.004873,<5,0,0,0";
    let all = visitor.get("/du-lieu/ho-so-theo-thu-tuc.csv").await;
    all.says("thang,co_quan").says(line);
    let one = visitor.get("/du-lieu/ho-so-theo-thu-tuc.csv?thang=2020-02").await;
    one.says("thang,co_quan").does_not_say(line);
    let nonsense = visitor.get("/du-lieu/ho-so-theo-thu-tuc.csv?thang=xuan").await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    let json = visitor.get("/du-lieu/ho-so-theo-thu-tuc.json").await;
    let read: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(read["dong"][0]["thu_tuc"], MARITAL);
    assert!(read["dong"][0]["truc_tuyen"].is_null());
    assert_eq!(read["dong"][0]["quay"], 0);
}

#[tokio::test]
async fn the_indices_say_part_and_whole_and_their_assumptions() {
    let app = TestApp::start().await;
    let id = filed_online(&app.sign_in("0912345678").await).await;
    let monitor = app.sign_in("giamsat").await;
    let page = monitor.get("/bang/chi-so?km=10&gia=2000&gio=2&cong=30000").await;
    page.says("(1 / 1)")
        .says("đỡ 1 lần đi lại")
        .says("2 giờ và 80.000 đồng")
        .says("giả định");
    monitor
        .get("/bang/chi-so?km=x&gia=-1&gio=99999999999999999999")
        .await
        .says("Cách tính");
    monitor.get("/bang/chi-so").await.does_not_say("/bang/ho-so-sau-so");
    returned(&app, &id).await;
    let head = app.sign_in("lanhdao.sangmoc").await;
    let whole = "/bang/ho-so-sau-so?co-quan=24.12&chi-so=dung-han&tu=2019-04&den=2020-03";
    head.get("/bang/chi-so")
        .await
        .says(&whole.replace('&', "&#38;"))
        .says("766/QĐ-TTg");
    head.get(whole).await.says("Nông Thị Hoa").says(&format!("/ban/ho-so/{id}"));
    head.get(&format!("{whole}&phan=tu")).await.says("Nông Thị Hoa");
    // She paid in cash: in the whole of what was paid, not in the part paid online.
    let paid = whole.replace("dung-han", "thanh-toan");
    head.get(&paid).await.says("Nông Thị Hoa");
    head.get(&format!("{paid}&phan=tu")).await.does_not_say("Nông Thị Hoa");
    let before = whole.replace("tu=2019-04&den=2020-03", "tu=2019-04&den=2020-02");
    head.get(&before).await.does_not_say("Nông Thị Hoa");
    for stranger in ["giamsat", "lanhdao.vonhai", "quantri"] {
        let refused = app.sign_in(stranger).await.get(whole).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{stranger}");
    }
    let said = head.get(&whole.replace("dung-han", "hai-long")).await;
    assert_eq!(said.status, StatusCode::NOT_FOUND);
}
