//! The term on the pages: explained day by day, made longer, with an apology, standing still, moved by a decision.

use crate::app::{Person, TestApp};
use axum::http::StatusCode;

const PAGE: &str = "/quan-tri/lich";

async fn does(person: &Person<'_>, id: &str, action: &str, typed: &[(&str, &str)]) {
    let answer = person.act(id, action, typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{action}: {}", answer.body);
}

async fn refuses(person: &Person<'_>, id: &str, action: &str, typed: &[(&str, &str)], says: &str) {
    let answer = person.act(id, action, typed).await;
    assert!(
        [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT].contains(&answer.status),
        "{}",
        answer.status
    );
    answer.says(says).says("role=\"alert\"");
}

#[tokio::test]
async fn a_due_date_explains_itself_and_is_extended_apologised_for_and_stopped_on_its_page() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let id = receptionist.file_at_counter().await;
    does(&receptionist, &id, "tiep-nhan", &[]).await;
    does(&receptionist, &id, "chuyen", &[]).await;
    let page = format!("/ban/ho-so/{id}");
    let (specialist, leader) = (app.sign_in("chuyenvien.sangmoc").await, app.sign_in("lanhdao.sangmoc").await);
    // Accepted on Monday 30 March 2020, three working days, over the holiday of the Hùng kings.
    let shown = specialist.get(&page).await;
    shown
        .says("Cách tính ngày hẹn trả, từng ngày")
        .says("30/3/2020: ngày tiếp nhận, không tính")
        .says("ngày nghỉ (Giỗ Tổ Hùng Vương)")
        .says("Triệu Thị Xuân")
        .says("<svg class=\"process\"");

    refuses(
        &leader,
        &id,
        "gia-han",
        &[("days", "ba"), ("reason", "x")],
        "Cần một số nguyên",
    )
    .await;
    refuses(&leader, &id, "gia-han", &[("days", "9"), ("reason", "x")], "từ 1 đến 3").await;
    refuses(&leader, &id, "gia-han", &[("days", "1"), ("reason", " ")], "Cần ghi lý do").await;
    does(&leader, &id, "gia-han", &[("days", "1"), ("reason", "Phải xác minh.")]).await;
    leader.get(&page).await.says("Gia hạn 1 ngày làm việc").says("6/4/2020");

    let tax = [("what", "Thuế theo thông báo 45"), ("amount", "2.500.000")];
    refuses(
        &specialist,
        &id,
        "cho-nop",
        &[("what", "Thuế"), ("amount", "nhiều")],
        "Cần một số nguyên",
    )
    .await;
    does(&specialist, &id, "cho-nop", &tax).await;
    let waiting = receptionist.get(&page).await;
    waiting.says("Đang chờ nộp: Thuế theo thông báo 45").says("2.500.000 đồng");
    does(&receptionist, &id, "da-nop", &[("reference", "Giấy nộp tiền 0012345")]).await;

    refuses(
        &specialist,
        &id,
        "xin-loi",
        &[("date", "31/2/2020"), ("reason", "x")],
        "Ngày sai",
    )
    .await;
    refuses(
        &specialist,
        &id,
        "xin-loi",
        &[("date", "11/4/2020"), ("reason", "x")],
        "ngày nghỉ",
    )
    .await;
    does(
        &specialist,
        &id,
        "xin-loi",
        &[("date", "10/4/2020"), ("reason", "Chờ xác minh.")],
    )
    .await;
    let sorry = leader.get(&page).await;
    sorry
        .says("Cơ quan xin lỗi vì chậm hẹn")
        .says("Hẹn lại: 17:00 thứ Sáu, 10/4/2020");
    refuses(
        &leader,
        &id,
        "xin-loi",
        &[("date", "13/4/2020"), ("reason", "x")],
        "chỉ một lần",
    )
    .await;
}

#[tokio::test]
async fn the_administrator_publishes_a_day_off_and_what_is_wrong_is_said_with_what_was_typed_kept() {
    let app = TestApp::start().await;
    let admin = app.sign_in("quantri").await;
    let form = |kind: &'static str, from: &'static str, agencies: &'static str| {
        [
            ("number", "12/QĐ-UBND"),
            ("kind", kind),
            ("from", from),
            ("to", ""),
            ("why", "Lễ hội của xã"),
            ("agencies", agencies),
            ("procedures", ""),
            ("fields", ""),
        ]
    };
    for (kind, from, agencies, says) in [
        ("", "1/4/2020", "24.12", "Chọn nội dung"),
        ("off", "31/2/2020", "24.12", "Ngày sai"),
        ("off", "1/4/2020", "24.12, 99.99", "Không có cơ quan 99.99"),
        ("off", "1/4/2031", "24.12", "chưa có lịch nghỉ chính thức"),
    ] {
        let answer = admin.post(PAGE, &form(kind, from, agencies)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(says).says("value=\"Lễ hội của xã\"").says(from);
    }
    let published = admin.post(PAGE, &form("off", "1/4/2020", "24.12")).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER);
    admin.get(PAGE).await.says("12/QĐ-UBND").says("Nghỉ cả ngày").says("1/4/2020");
    // It holds at once: three working days from 30 March now end on 6 April.
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let id = receptionist.file_at_counter().await;
    let page = receptionist.get(&format!("/ban/ho-so/{id}")).await;
    page.says("6/4/2020").says("ngày nghỉ (Lễ hội của xã, 12/QĐ-UBND)");
}

#[tokio::test]
async fn a_sheet_shows_the_process_as_a_picture_and_in_words() {
    let app = TestApp::start().await;
    let page = app.visitor().get("/thu-tuc/2.000488").await;
    page.says("<svg class=\"process\"")
        .says("role=\"img\"")
        .says("Nếu phải tra cứu, xác minh ở cơ quan công an: đến")
        .says("Gửi công an tra cứu, nhận ý kiến – ");
}
