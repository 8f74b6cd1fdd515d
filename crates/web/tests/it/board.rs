//! The board: adoption from every side, directives and their answers, the funnel, the periodic report.

use crate::app::{MARITAL, Person, TestApp};
use axum::http::StatusCode;

/// A dossier filed online by the demo's citizen, whose commune is Sảng Mộc.
async fn filed_online(citizen: &Person<'_>) {
    let begun = citizen.post(&format!("/thu-tuc/{MARITAL}/nop"), &[]).await;
    let draft = citizen.fill_marital(&begun.location).await;
    let sent = citizen
        .post(&format!("{draft}/kiem-tra"), &[("return_way", "online"), ("declared", "1")])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

#[tokio::test]
async fn the_share_is_seen_from_every_side_and_opens_its_dossiers_to_who_settles_them() {
    let app = TestApp::start().await;
    let citizen = app.sign_in("0912345678").await;
    filed_online(&citizen).await;
    app.sign_in("motcua.sangmoc").await.file_at_counter().await;
    let monitor = app.sign_in("giamsat").await;
    let page = monitor.get("/bang/truc-tuyen").await;
    page.says("50,0 %")
        .says("1 trong 2 hồ sơ")
        .says("Quyết định 45/2016/QĐ-TTg")
        .says("Huyện Võ Nhai")
        .says("Có dịch vụ trực tuyến mà chưa ai dùng")
        .says("<title id=\"o-170\">")
        .does_not_say("/bang/ho-so-sau-so");
    monitor
        .get("/bang/truc-tuyen?huyen=170")
        .await
        .says("Xã Sảng Mộc")
        .says("50,0 %");
    monitor.get("/bang/truc-tuyen?huyen=164").await.says("Chưa có hồ sơ nào");
    monitor
        .get("/bang/truc-tuyen?thu-tuc=1.004873&tu=2020-03&den=2020-03")
        .await
        .says("50,0 %");
    let csv = monitor.get("/bang/truc-tuyen/chua-dung.csv").await;
    csv.says("ma_co_quan,co_quan,ma_thu_tuc,thu_tuc,nop_tai_quay").says("24.00,");
    let leader = app.sign_in("lanhdao.sangmoc").await;
    let behind = "/bang/ho-so-sau-so?co-quan=24.12&thu-tuc=1.004873&kenh=online&tu=2019-04&den=2020-03";
    leader.get("/bang/truc-tuyen").await.says(&behind.replace('&', "&#38;"));
    leader.get(behind).await.says("Nông Thị Hoa").says("/ban/ho-so/");
    for stranger in ["giamsat", "lanhdao.vonhai", "quantri"] {
        let refused = app.sign_in(stranger).await.get(behind).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{stranger}");
        refused.does_not_say("Nông Thị Hoa");
    }
    let elsewhere = app.sign_in("lanhdao.vonhai").await.get("/bang/truc-tuyen?huyen=164").await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn addresses_with_nonsense_are_answered_without_a_fault() {
    let app = TestApp::start().await;
    let monitor = app.sign_in("giamsat").await;
    for path in [
        "/bang/truc-tuyen?tu=x&den=9999-99&co-quan=99.99&huyen=abc&xa=%27",
        "/bang/truc-tuyen?tu=2200-12&den=2000-01",
        "/bang/ho-so-sau-so",
        "/bang/ho-so-sau-so?co-quan=24.12&thu-tuc=x&kenh=online&tu=2020-03&den=2020-03&sau=1.x",
        "/bang/pheu?thu-tuc=khong-co",
        "/bang/pheu?tu=2020-13",
        "/bang/bao-cao?ky=2020-q9",
        "/bang/bao-cao/tep?gui=1",
        "/bang/chi-dao/khong-phai",
    ] {
        let answer = monitor.get(path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
    }
}

const DIRECTIVE: [(&str, &str); 8] = [
    ("number", "612/QĐ-UBND"),
    ("title", "Nâng tỷ lệ nộp trực tuyến"),
    ("goal", "online_share"),
    ("target", "30,5"),
    ("from", "2020-03"),
    ("to", "2020-12"),
    ("agency", "24.12"),
    ("answer_by", "2020-04-15"),
];

#[tokio::test]
async fn the_province_sets_a_target_and_the_head_reads_answers_and_prints_her_letter() {
    let app = TestApp::start().await;
    filed_online(&app.sign_in("0912345678").await).await;
    let monitor = app.sign_in("giamsat").await;
    let wrong: Vec<_> = DIRECTIVE
        .iter()
        .map(|(k, v)| if *k == "target" { (*k, "300") } else { (*k, *v) })
        .collect();
    let said = monitor.post("/bang/chi-dao", &wrong).await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
    said.says("Ghi phần trăm từ 0,1 đến 100").says("612/QĐ-UBND");
    let issued = monitor.post("/bang/chi-dao", &DIRECTIVE).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    let path = issued.location;
    monitor
        .get(&path)
        .await
        .says("Chưa đọc")
        .says("100,0 % (1 / 1)")
        .says("Đạt chỉ tiêu");
    let leader = app.sign_in("lanhdao.sangmoc").await;
    leader
        .get("/bang/hom-nay")
        .await
        .says("612/QĐ-UBND")
        .says("Chưa gửi kế hoạch");
    leader.get(&path).await.says("Gửi kế hoạch trước hết ngày 15/4/2020");
    monitor.get(&path).await.does_not_say("Chưa đọc").says("Lý Văn Thắng");
    let plan = [
        ("measures", "Hướng dẫn tại nhà văn hóa xóm"),
        ("person", ""),
        ("by", "2020-05-01"),
    ];
    let said = leader.post(&format!("{path}/tra-loi"), &plan).await;
    assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY);
    said.says("Ghi họ tên người phụ trách").says("Hướng dẫn tại nhà văn hóa xóm");
    let plan = [plan[0], ("person", "Triệu Thị Xuân"), plan[2]];
    assert_eq!(
        leader.post(&format!("{path}/tra-loi"), &plan).await.status,
        StatusCode::SEE_OTHER
    );
    monitor.get(&path).await.says("Triệu Thị Xuân").says("1 đã gửi kế hoạch");
    leader.get("/bang/hom-nay").await.does_not_say("612/QĐ-UBND");
    let letter = leader.get(&format!("{path}/thu.pdf")).await;
    assert!(letter.status == StatusCode::OK && letter.body.starts_with("%PDF"));
    let other = app.sign_in("lanhdao.vonhai").await;
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        other.get(&format!("{path}/thu.pdf?co-quan=24.12")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(leader.post("/bang/chi-dao", &DIRECTIVE).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_funnel_counts_steps_and_hides_few() {
    let app = TestApp::start().await;
    let visitor = app.visitor().with_agent("Mozilla/5.0 (Linux; Android 9) Mobile");
    for _ in 0..6 {
        visitor.get(&format!("/thu-tuc/{MARITAL}")).await;
    }
    let robot = app.visitor().with_agent("Googlebot/2.1");
    robot.get(&format!("/thu-tuc/{MARITAL}")).await;
    let citizen = app
        .sign_in("0912345678")
        .await
        .with_agent("Mozilla/5.0 (Windows NT 6.1) Firefox/74.0");
    filed_online(&citizen).await;
    let monitor = app.sign_in("giamsat").await;
    monitor
        .get("/bang/pheu")
        .await
        .says(&format!("thu-tuc={MARITAL}"))
        .says(">6<")
        .says("&#60;5");
    let one = monitor.get(&format!("/bang/pheu?thu-tuc={MARITAL}")).await;
    one.says("Đọc hướng dẫn").says("Nhận ngay lần đầu").says(">6<").says("&#60;5");
}

#[tokio::test]
async fn a_report_stays_as_it_was_sent_and_what_was_corrected_stands_beside() {
    let app = TestApp::start().await;
    let receptionist = app.sign_in("motcua.sangmoc").await;
    let id = receptionist.file_at_counter().await;
    let accepted = receptionist.act(&id, "tiep-nhan", &[]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    let leader = app.sign_in("lanhdao.sangmoc").await;
    let form = [("ky", "2020-q2"), ("co-quan", "")];
    leader
        .get("/bang/bao-cao?ky=2020-q2")
        .await
        .says("Hộ tịch")
        .says("15/3/2020")
        .does_not_say("hidden\" name=\"ky\" value=\"2020-q1");
    assert_eq!(leader.post("/bang/bao-cao", &form).await.status, StatusCode::SEE_OTHER);
    leader.get("/bang/bao-cao?ky=2020-q2").await.says("không có gì khác");
    let other = receptionist.file_at_counter().await;
    receptionist.act(&other, "tiep-nhan", &[]).await;
    let page = leader.get("/bang/bao-cao?ky=2020-q2").await;
    page.says("đã gửi 1, nay là 2");
    // Another period is counted, this one is compared only when it is asked for.
    leader
        .get("/bang/bao-cao?ky=2020-q1")
        .await
        .does_not_say("đã gửi 1, nay là 2")
        .says("So với số liệu bây giờ");
    let sent = page.between("gui=", "&").to_owned();
    for kind in ["xlsx", "pdf"] {
        let file = leader.get(&format!("/bang/bao-cao/tep?gui={sent}&dang={kind}")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.starts_with(if kind == "pdf" { "%PDF" } else { "PK" }));
    }
    let stranger = app.sign_in("lanhdao.gtvt").await;
    let refused = stranger.get("/bang/bao-cao?co-quan=24.12").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let district = app.sign_in("lanhdao.vonhai").await;
    district.get("/bang/bao-cao?co-quan=24.12&ky=2020-q2").await.says("Hộ tịch");
}
