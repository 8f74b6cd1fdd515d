use crate::sample::{self, EVERY_TONE, long_name, long_word};
use crate::text::{boxes, dense, letters, text};
use motcua_papers::Papers;
use unicode_normalization::UnicodeNormalization;

/// Nothing may stand outside the page's edges less ten millimetres.
fn stays_on_the_page(pdf: &[u8]) {
    for (left, right, width) in boxes(pdf) {
        assert!(left > 28.0 && right < width - 28.0, "{left}..{right} of {width}");
    }
}

#[test]
fn the_slip_of_receipt_says_what_circular_01_2018_asks() {
    let slip = sample::receipt("Nông Thị Hoa", "Xóm Khuổi Mèo, xã Sảng Mộc, huyện Võ Nhai");
    let said = text(&Papers::new().receipt_slip(&slip).unwrap());
    for field in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/TNHS",
        "Sảng Mộc, ngày 30 tháng 3 năm 2020",
        "Mã hồ sơ: 000.24.12.H55-200330-0001",
        "Tiếp nhận hồ sơ của: Nông Thị Hoa",
        "Số điện thoại: 0912 345 678",
        "Căn cước công dân 1 điện tử",
        "Số lượng hồ sơ: 1 bộ",
        "Thời gian giải quyết hồ sơ theo quy định: 3 ngày làm việc",
        "Hẹn: trả kết quả lúc 9 giờ 00 phút, ngày 03/04/2020",
        "Hoàng Văn Tiếp",
        sample::URL,
    ] {
        assert!(said.contains(field), "{field} in {said}");
    }
    assert!(
        letters(&said).contains("ỦYBANNHÂNDÂNXÃSẢNGMỘC"),
        "the agency in capitals: {said}"
    );
}

#[test]
fn every_tone_mark_comes_out_as_one_letter_however_it_was_typed() {
    let apart: String = EVERY_TONE.nfd().collect();
    let pdf = Papers::new().receipt_slip(&sample::receipt(&apart, "")).unwrap();
    assert!(dense(&pdf).contains(&letters(EVERY_TONE)), "{}", text(&pdf));
}

#[test]
fn a_name_of_two_hundred_letters_and_a_long_address_stay_on_the_page() {
    let papers = Papers::new();
    for name in [long_name(), long_word()] {
        let slip = sample::receipt(&name, &"Tổ dân phố số 12, đường Cách mạng Tháng Tám, ".repeat(12));
        let pdf = papers.receipt_slip(&slip).unwrap();
        stays_on_the_page(&pdf);
        assert!(dense(&pdf).contains(&letters(&name)));
    }
    stays_on_the_page(&papers.hand_over_list(&sample::hand_over()).unwrap());
}

#[test]
fn request_refusal_and_apology_say_why_and_what_next() {
    let papers = Papers::new();
    let said = text(&papers.supplement_slip(&sample::supplement()).unwrap());
    assert!(
        said.contains("Số: 3/HDHS") && said.contains("Ảnh chụp bị mờ") && said.contains("NGƯỜI HƯỚNG DẪN"),
        "{said}"
    );
    let said = text(&papers.refusal_slip(&sample::refusal()).unwrap());
    assert!(
        said.contains("nơi thường trú là xã Thần Sa") && said.contains("Luật Hộ tịch 2014"),
        "{said}"
    );
    let said = text(&papers.apology_slip(&sample::apology()).unwrap());
    for field in [
        "9 giờ 00 phút, ngày 03/04/2020",
        "16 giờ 00 phút, ngày 08/04/2020",
        "UBND phường Trưng Vương",
        "xin lỗi",
    ] {
        assert!(said.contains(field), "{field} in {said}");
    }
}

#[test]
fn the_control_sheet_names_giver_taker_time_and_whether_it_was_late() {
    let pdf = Papers::new().control_sheet(&sample::control(30)).unwrap();
    let said = text(&pdf);
    for field in [
        "Giao: Bộ phận Một cửa",
        "Nhận: Chuyên viên",
        "Trước hạn",
        "Đúng hạn",
        "Quá hạn",
    ] {
        assert!(said.contains(field), "{field} in {said}");
    }
    stays_on_the_page(&pdf);
}
