//! Earlier years on the board: brought in by the monitor, seen by heads, every wrong line said.

use crate::app::TestApp;
use axum::http::StatusCode;

const HEADING: &str = "nam,thang,co_quan,linh_vuc,thu_tuc,kenh,muc_do,so_ho_so\n";

#[tokio::test]
async fn the_articles_year_is_on_the_board_and_the_monitor_brings_in_another() {
    let app = TestApp::start().await;
    let monitor = app.sign_in("giamsat").await;
    monitor
        .get("/bang/cac-nam")
        .await
        .says("33680")
        .says("10,4 %")
        .says("2,7 %")
        .says("Đưa vào:");
    monitor.get("/bang/cac-nam/mau.csv").await.says("so_ho_so");
    let file = format!("{HEADING}2017,,,,,quay,,90\n2017,,,,,truc_tuyen,3,10\n2017,,,,,tong,,100\n");
    let source = ("nguon", "Báo cáo 12/BC-UBND");
    let taken = monitor
        .upload_with("/bang/cac-nam", source, "tep", "2017.csv", file.as_bytes())
        .await;
    assert_eq!(taken.location, "/bang/cac-nam?dong=2");
    monitor
        .get(&taken.location)
        .await
        .says("Đã đưa vào 2 dòng")
        .says("Báo cáo 12/BC-UBND")
        .says("10,0 %");
    let again = monitor
        .upload_with("/bang/cac-nam", source, "tep", "2017.csv", file.as_bytes())
        .await;
    monitor.get(&again.location).await.says("không có gì thay đổi");
    let leader = app.sign_in("lanhdao.gtvt").await;
    leader
        .get("/bang/cac-nam")
        .await
        .says("2017")
        .does_not_say("Kiểm tra và đưa vào");
}

#[tokio::test]
async fn a_table_with_wrong_lines_is_not_taken_and_each_line_is_said_with_its_remedy() {
    let app = TestApp::start().await;
    let monitor = app.sign_in("giamsat").await;
    let source = ("nguon", "Sổ của Sở");
    let file = format!("{HEADING}2017,,,,,quay,,1.000\n2017,,,,,quay,9,3\n");
    let answer = monitor
        .upload_with("/bang/cac-nam", source, "tep", "2017.csv", file.as_bytes())
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer
        .says("Dòng 2")
        .says("không có dấu chấm")
        .says("Dòng 3")
        .says("ghi 3, 4 hoặc để trống")
        .says("Sổ của Sở");
    monitor.get("/bang/cac-nam").await.does_not_say(">2017<");
    let picture = monitor
        .upload_with("/bang/cac-nam", source, "tep", "a.xlsx", b"PK\x03\x04rubbish")
        .await;
    assert_eq!(picture.status, StatusCode::UNPROCESSABLE_ENTITY);
    picture.says("Không đọc được tệp");
}
