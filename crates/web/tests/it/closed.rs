//! A service closed to new requests, from the administrator's form to the citizen's page.

use crate::app::{MARITAL, TestApp};
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sheet_says_so_filing_is_refused_and_the_draft_stays() {
    let app = TestApp::start().await;
    let (quan, lan, hoa) = (
        app.sign_in("quantri").await,
        app.sign_in("quantri2").await,
        app.sign_in("0912345678").await,
    );
    let sheet = format!("/thu-tuc/{MARITAL}");
    let begun = hoa.post(&format!("{sheet}/nop"), &[]).await;
    let draft = hoa.fill_marital(&begun.location).await;
    let page = "/quan-tri/danh-muc/dung-nhan";
    quan.get(page).await.says("Thủ tục nào cũng đang nhận hồ sơ");
    let typed = [
        ("ma", MARITAL),
        ("tu", "2020-03-31"),
        ("den", ""),
        ("vi_sao", "Chờ mẫu mới <b>"),
        ("vi_sao_en", ""),
    ];
    let sent = quan.post(page, &typed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    quan.get(&sent.location).await.says("Đang chờ người khác duyệt");
    let approved = lan.post(&format!("{}/duyet", sent.location), &[]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    // The day before: people are told, and can still file.
    hoa.get(&sheet)
        .await
        .says("Sẽ không nhận hồ sơ mới từ 31/3/2020")
        .says("/nop\"");
    app.clock.set("2020-03-31T08:00:00+07".parse().unwrap());
    // A night lies between: she signs in again.
    let (quan, lan, hoa) = (
        app.sign_in("quantri").await,
        app.sign_in("quantri2").await,
        app.sign_in("0912345678").await,
    );
    hoa.get(&sheet)
        .await
        .says("Từ 31/3/2020 không nhận hồ sơ mới")
        .says("Chờ mẫu mới &#60;b&#62;")
        .does_not_say("/nop\"");
    hoa.get(&format!("{sheet}/to-roi")).await.says("không nhận hồ sơ mới");
    hoa.get("/viec/ket-hon").await.says("Thủ tục tạm không nhận hồ sơ mới");
    hoa.get(&format!("{draft}/nguoi-yeu-cau")).await.says("vẫn được giữ");
    hoa.get(&format!("{draft}/kiem-tra"))
        .await
        .says("vẫn được giữ")
        .does_not_say("Gửi hồ sơ</button>");
    let refused = hoa
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("không nhận hồ sơ mới").says("Chờ mẫu mới");
    let again = hoa.post(&format!("{sheet}/nop"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Opened again.
    lan.get(page).await.says("Nhận lại");
    let open = lan.post(page, &[("ma", MARITAL), ("mo", "1")]).await;
    quan.post(&format!("{}/duyet", open.location), &[]).await;
    let filed = hoa
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_wrong_is_named_at_its_field_and_stays() {
    let app = TestApp::start().await;
    let quan = app.sign_in("quantri").await;
    let page = "/quan-tri/danh-muc/dung-nhan";
    let right = [("ma", MARITAL), ("tu", "2020-04-01"), ("den", ""), ("vi_sao", "Chờ mẫu mới")];
    for (name, value, says) in [
        ("tu", "", "#tu"),
        ("tu", "hôm nay", "#tu"),
        ("tu", "2020-03-01", "30/3/2020"),
        ("den", "2020-03-31", "#den"),
        ("den", "x", "#den"),
        ("vi_sao", " ", "#vi_sao"),
        ("ma", "", "#ma"),
        ("ma", "9.999999", "#ma"),
    ] {
        let mut typed = right;
        for own in &mut typed {
            if own.0 == name {
                own.1 = value;
            }
        }
        let answer = quan.post(page, &typed).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name} {value}: {}",
            answer.body
        );
        answer.says(says);
        if name != "vi_sao" {
            answer.says("Chờ mẫu mới");
        }
    }
    quan.get("/quan-tri/danh-muc").await.says("Chưa có thay đổi nào");
}
