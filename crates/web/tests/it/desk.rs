//! The desk's story, as the law tells it.

use crate::app::{CARD, MARITAL, Person, TestApp};
use axum::http::StatusCode;

const RECEPTIONIST: &str = "motcua.sangmoc";
const SPECIALIST: &str = "chuyenvien.sangmoc";
const LEADER: &str = "lanhdao.sangmoc";

async fn goes_through(person: &Person<'_>, id: &str, action: &str, typed: &[(&str, &str)]) {
    let answer = person.act(id, action, typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{action}: {}", answer.body);
    assert_eq!(answer.location, format!("/ban/ho-so/{id}"));
}

#[tokio::test]
async fn a_dossier_filed_at_the_counter_is_accepted_processed_approved_paid_and_returned() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    let page = format!("/ban/ho-so/{id}");

    let filed = receptionist.get(&page).await;
    filed
        .says("000.24.12.H55-200330-0001")
        .says("Nông Thị Hoa")
        .says("0912345678");
    // Accepted on Monday, three working days; Thursday 2 April is the holiday of the Hùng kings in 2020.
    filed
        .says("Tiếp nhận lúc này thì hẹn trả")
        .says("3/4/2020")
        .says("giay-hen.pdf")
        .says("Thu 15.000 đồng tiền mặt");

    goes_through(&receptionist, &id, "tiep-nhan", &[]).await;
    goes_through(&receptionist, &id, "chuyen", &[("note", "Đã đối chiếu bản chính")]).await;

    let specialist = app.sign_in(SPECIALIST).await;
    specialist.get("/ban").await.says("000.24.12.H55-200330-0001");
    specialist.get(&page).await.says("Đã đối chiếu bản chính");
    let missing = specialist.act(&id, "xu-ly", &[("outcome", "granted"), ("note", "gấp")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    missing.says("value=\"gấp\"").says("value=\"granted\" checked");
    goes_through(
        &specialist,
        &id,
        "xu-ly",
        &[("outcome", "granted"), ("text", "Chưa đăng ký kết hôn với ai")],
    )
    .await;

    let leader = app.sign_in(LEADER).await;
    leader.get("/ban").await.says("000.24.12.H55-200330-0001");
    let nothing = leader.act(&id, "tra-lai", &[("reason", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    goes_through(&leader, &id, "tra-lai", &[("reason", "Ghi rõ thời điểm xác nhận")]).await;
    specialist.get(&page).await.says("Ghi rõ thời điểm xác nhận");
    goes_through(
        &specialist,
        &id,
        "xu-ly",
        &[("outcome", "granted"), ("text", "Đến nay chưa đăng ký kết hôn với ai")],
    )
    .await;
    goes_through(&leader, &id, "duyet", &[]).await;

    let unpaid = receptionist
        .act(&id, "tra-ket-qua", &[("way", "counter"), ("taken_by", "Nông Thị Hoa, 1234")])
        .await;
    assert_eq!(unpaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unpaid.says("15.000 đồng").says("value=\"Nông Thị Hoa, 1234\"");
    goes_through(&receptionist, &id, "thu-tien", &[]).await;
    receptionist
        .get(&page)
        .await
        .says("BL-24.12-2020-000001")
        .says("bien-lai.pdf")
        .says("ket-qua.pdf");
    goes_through(
        &receptionist,
        &id,
        "tra-ket-qua",
        &[("way", "counter"), ("taken_by", "Nông Thị Hoa, 1234")],
    )
    .await;
    let done = receptionist.get(&page).await;
    done.says("Đã trả kết quả")
        .says("Lúc này bạn không phải làm gì")
        .does_not_say("/tra-ket-qua");
    receptionist
        .get(&format!("{page}/phieu-kiem-soat"))
        .await
        .says("Triệu Thị Xuân")
        .says("Lý Văn Thắng");
}

#[tokio::test]
async fn two_officers_never_overwrite_each_other_and_the_second_is_told_who_was_faster() {
    let app = TestApp::start().await;
    let first = app.sign_in(RECEPTIONIST).await;
    let second = app.sign_in(RECEPTIONIST).await;
    let id = first.file_at_counter().await;
    let seen = second.get(&format!("/ban/ho-so/{id}")).await.seen();
    goes_through(&first, &id, "tiep-nhan", &[]).await;

    let late = second
        .act_seen(&id, "tu-choi", &seen, &[("reason", "Không thuộc thẩm quyền của xã")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says("Có người làm trước bạn")
        .says("Hoàng Văn Tiếp")
        .says("9:00 thứ Hai, 30/3/2020");
    late.says("Không thuộc thẩm quyền của xã");
    first.get(&format!("/ban/ho-so/{id}")).await.says("Chuyển phòng chuyên môn");
}

#[tokio::test]
async fn a_supplement_names_every_lack_once_and_stops_the_clock() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    let none = receptionist.act(&id, "bo-sung", &[("thieu.cccd", " ")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let lacks = [
        ("thieu.cccd", "Ảnh mờ, chụp lại"),
        ("thieu.dan_toc", "Ghi như trong giấy khai sinh"),
        ("thieu.khac", "Gọi lại số này"),
    ];
    goes_through(&receptionist, &id, "bo-sung", &lacks).await;
    let waiting = receptionist.get(&format!("/ban/ho-so/{id}")).await;
    waiting
        .says("Chờ bổ sung")
        .says("yeu-cau-bo-sung.pdf")
        .says(&format!("/ho-so/{id}/bo-sung"));
    receptionist
        .get("/ban?hang=bo-sung")
        .await
        .says("Nông Thị Hoa")
        .says("đồng hồ đang dừng");

    let asked = receptionist.get(&format!("/ho-so/{id}/bo-sung")).await;
    asked.says("Ảnh mờ, chụp lại").says("Ghi như trong giấy khai sinh");
}

#[tokio::test]
async fn what_lacked_is_brought_to_the_counter_and_a_second_request_in_the_same_phase_is_refused() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    goes_through(&receptionist, &id, "bo-sung", &[("thieu.cccd", "Ảnh mờ, chụp lại")]).await;
    receptionist
        .get(&format!("/ban/ho-so/{id}"))
        .await
        .says("Nhận giấy tờ bổ sung tại quầy");
    let paper = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0];
    let brought = receptionist
        .upload(&format!("/ho-so/{id}/bo-sung"), "cccd", "ro.png", &paper)
        .await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.body);
    let again = receptionist.get(&format!("/ban/ho-so/{id}")).await;
    // The paper that was replaced is named only where what changed is compared.
    again
        .says("ro.png")
        .says("the.jpg")
        .says("Tiếp nhận lúc này thì hẹn trả")
        .does_not_say("thieu.cccd");
    let twice = receptionist.act(&id, "bo-sung", &[("thieu.cccd", "Vẫn mờ")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_refusal_needs_a_reason_and_ends_the_dossier() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    let empty = receptionist.act(&id, "tu-choi", &[("reason", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    goes_through(
        &receptionist,
        &id,
        "tu-choi",
        &[("frequent", "Hồ sơ trùng."), ("reason", "Điều 5 Luật Hộ tịch")],
    )
    .await;
    let refused = receptionist.get(&format!("/ban/ho-so/{id}")).await;
    refused
        .says("Không được tiếp nhận")
        .says("Hồ sơ trùng. Điều 5 Luật Hộ tịch")
        .says("tu-choi.pdf");
}

#[tokio::test]
async fn several_dossiers_are_accepted_at_once_and_each_is_told() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let (one, two) = (receptionist.file_at_counter().await, receptionist.file_at_counter().await);
    goes_through(&receptionist, &one, "tiep-nhan", &[]).await;
    let line = |id: &str, version: &str| format!("{id}~{version}");
    let chosen = [("viec", "tiep-nhan"), ("id", &line(&one, "2")), ("id", &line(&two, "1"))];
    let done = receptionist.post("/ban/nhieu", &chosen).await;
    assert_eq!(done.status, StatusCode::OK);
    done.says("Đã làm 1 trên 2 hồ sơ")
        .says("đã tiếp nhận, hẹn trả")
        .says("000.24.12.H55-200330-0002");
    let nothing = receptionist.post("/ban/nhieu", &[("viec", "tiep-nhan")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("Chưa chọn hồ sơ nào");
    let specialist = app.sign_in(SPECIALIST).await;
    assert_eq!(
        specialist
            .post("/ban/nhieu", &[("viec", "tiep-nhan"), ("id", &line(&two, "2"))])
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    // Whoever looked at an older list is told so, for this dossier only.
    let old = receptionist
        .post(
            "/ban/nhieu",
            &[("viec", "chuyen"), ("id", &line(&two, "1")), ("id", &line(&one, "2"))],
        )
        .await;
    old.says("Đã làm 1 trên 2 hồ sơ").says("Hồ sơ vừa được người khác cập nhật");
}

#[tokio::test]
async fn five_thousand_selected_dossiers_change_nothing_and_the_limit_is_said() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    let line = format!("{id}~1");
    let mut chosen = vec![("viec", "tiep-nhan")];
    chosen.extend(std::iter::repeat_n(("id", line.as_str()), 5_000));
    let answer = receptionist.post("/ban/nhieu", &chosen).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("Bạn chọn 5000 hồ sơ, mỗi lần làm được nhiều nhất 100");
    receptionist
        .get(&format!("/ban/ho-so/{id}"))
        .await
        .says("Tiếp nhận lúc này thì hẹn trả");
}

#[tokio::test]
async fn a_head_approves_only_those_that_are_proposed_so() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let (one, two) = (receptionist.file_at_counter().await, receptionist.file_at_counter().await);
    let specialist = app.sign_in(SPECIALIST).await;
    for (id, outcome) in [(&one, "granted"), (&two, "denied")] {
        goes_through(&receptionist, id, "tiep-nhan", &[]).await;
        goes_through(&receptionist, id, "chuyen", &[]).await;
        goes_through(&specialist, id, "xu-ly", &[("outcome", outcome), ("text", "Theo hồ sơ")]).await;
    }
    let leader = app.sign_in(LEADER).await;
    let list = leader.get("/ban?hang=lanh-dao").await;
    list.says("Đề xuất: Đồng ý cấp").says("Đề xuất: Không đồng ý");
    let line = |id: &str| format!("{id}~4");
    let chosen = [
        ("viec", "duyet"),
        ("outcome", "granted"),
        ("id", &line(&one)),
        ("id", &line(&two)),
    ];
    let done = leader.post("/ban/nhieu", &chosen).await;
    done.says("Đã làm 1 trên 2 hồ sơ").says("được đề xuất khác");
    receptionist
        .get("/ban?hang=tra")
        .await
        .says("200330-0001")
        .does_not_say("200330-0002");
    let returned = receptionist
        .post("/ban/nhieu", &[("viec", "tra-ket-qua"), ("id", &format!("{one}~5"))])
        .await;
    returned.says("mở hồ sơ để ghi ai nhận");
}

#[tokio::test]
async fn a_filter_is_kept_under_a_name_and_forgotten_again() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let filter = [("hang", "tat-ca"), ("han", "qua-han"), ("dong", "50")];
    let nameless = receptionist.post("/ban/xem", &filter).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    nameless.says("Đặt tên cho bộ lọc");
    let named: Vec<_> = filter.iter().copied().chain([("ten", "Gấp <của tôi>")]).collect();
    let kept = receptionist.post("/ban/xem", &named).await;
    assert_eq!(kept.location, "/ban?hang=tat%2Dca&han=qua%2Dhan&dong=50");
    receptionist
        .get("/ban")
        .await
        .says("/ban?hang=tat%2Dca&han=qua%2Dhan&dong=50")
        .does_not_say("<của tôi>");
    app.sign_in(LEADER).await.get("/ban").await.does_not_say("Gấp");
    receptionist.post("/ban/xem", &[("bo", "Gấp <của tôi>")]).await;
    receptionist.get("/ban").await.does_not_say("Gấp");
}

#[tokio::test]
async fn the_inbox_keeps_its_filters_in_the_address_and_finds_by_code_name_and_identity_number() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    for minute in 0..21 {
        app.clock.set(format!("2020-03-30T09:{minute:02}:00+07:00").parse().unwrap());
        receptionist.file_at_counter().await;
    }
    let first = receptionist.get(&format!("/ban?hang=tiep-nhan&thu_tuc={MARITAL}")).await;
    first.says("H55-200330-0020").does_not_say("H55-200330-0021");
    let next = first
        .between("class=\"button second\" href=\"/ban?", "\"")
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    assert!(next.contains("thu_tuc=1%2E004873"), "{next}");
    receptionist
        .get(&format!("/ban?{next}"))
        .await
        .says("H55-200330-0021")
        .does_not_say("H55-200330-0020");
    receptionist
        .get("/ban?han=qua-han")
        .await
        .says("Không có hồ sơ nào trong hàng này");
    receptionist.get("/ban?han=tuan-nay").await.says("H55-200330-0001");
    app.clock.set("2020-04-01T09:00:00+07:00".parse().unwrap());
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let late = receptionist.get("/ban?han=qua-han").await;
    late.says("H55-200330-0001").says("đã quá hạn").says("class=\"used\"");

    receptionist
        .get("/ban?q=24.12.H55-200330-0003")
        .await
        .says("H55-200330-0003")
        .says("Tìm thấy 1 hồ sơ");
    receptionist.get("/ban?q=nong+thi").await.says("Nông Thị Hoa");
    receptionist.get("/ban?q=019185001234").await.says("H55-200330-0021");
    receptionist.get("/ban?q=%3Cscript%3E").await.does_not_say("<script>");
    let other = app.sign_in("motcua.vonhai").await;
    other
        .get("/ban?q=24.12.H55-200330-0003")
        .await
        .says("Không có hồ sơ nào bạn được xem khớp");
}

#[tokio::test]
async fn the_card_at_the_counter_fills_in_who_she_is_and_rubbish_is_said_so() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let rubbish = receptionist
        .post("/ban/nop-ho", &[("procedure", MARITAL), ("card", "%%%019185|xx")])
        .await;
    assert_eq!(rubbish.status, StatusCode::UNPROCESSABLE_ENTITY);
    rubbish.says("không phải mã QR của thẻ CCCD").says("checked");
    let nothing = receptionist.post("/ban/nop-ho", &[("card", crate::app::CARD)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("Chọn thủ tục trước khi bắt đầu");
    let begun = receptionist
        .post("/ban/nop-ho", &[("procedure", MARITAL), ("card", crate::app::CARD)])
        .await;
    receptionist
        .get(&begun.location)
        .await
        .says("value=\"Nông Thị Hoa\"")
        .says("value=\"019185001234\"");
}

#[tokio::test]
async fn an_officer_of_another_agency_learns_of_no_dossier() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in(RECEPTIONIST).await;
    let id = receptionist.file_at_counter().await;
    let stranger = app.sign_in("motcua.vonhai").await;
    assert_eq!(stranger.get(&format!("/ban/ho-so/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        stranger.act_seen(&id, "tiep-nhan", "1", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

/// Who files at one commune's counter for a person of another follows what she filed; the other commune decides.
#[tokio::test]
async fn who_filed_at_her_counter_for_another_agency_follows_it_and_decides_nothing() {
    let app = TestApp::start().await;
    let desk = app.sign_in("motcua.sangmoc").await;
    let begun = desk.post("/ban/nop-ho", &[("procedure", MARITAL), ("card", CARD)]).await;
    let draft = desk.fill_marital(&begun.location).await;
    let elsewhere = [
        ("ho_ten", "Nông Thị Hoa"),
        ("so_dinh_danh", "019185001234"),
        ("ngay_sinh", "30/3/1985"),
        ("dien_thoai", "0912 345 678"),
        ("noi_cu_tru.commune", "170-03"),
        ("noi_cu_tru.street", "Xóm Khuổi Mèo"),
        ("dan_toc", "Nùng"),
    ];
    let moved = desk.post(&format!("{draft}/nguoi-yeu-cau"), &elsewhere).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let sent = desk
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "counter"), ("declared", "on")])
        .await;
    let page = desk.get(&sent.location).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.does_not_say("/tiep-nhan\"").does_not_say("/tu-choi\"");
    let id = sent.location.rsplit('/').next().unwrap();
    assert_eq!(desk.act(id, "tiep-nhan", &[]).await.status, StatusCode::FORBIDDEN);
}
