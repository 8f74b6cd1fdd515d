//! Papers with everything that is hard to print.

use motcua_papers::list::{ControlRow, HandOverGroup, HandOverRow};
use motcua_papers::paper::{Head, SlipPaper};
use motcua_papers::{
    ApologySlip, ControlSheet, HandOverList, Item, ReceiptSlip, RefusalSlip, RegisterHead, RegisterRow, SupplementSlip,
};

/// Every vowel of Vietnamese with every tone, both cases, and đ.
pub const EVERY_TONE: &str = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ \
     AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ";

pub const URL: &str = "https://dichvucong.example.vn/kiem-tra/000.24.12.H55-200330-0001";

/// A name of two hundred letters in words.
pub fn long_name() -> String {
    "Nguyễn Hoàng Thiên Thượng Đẳng ".repeat(7).chars().take(200).collect()
}

/// A word of two hundred letters that has no place to break.
pub fn long_word() -> String {
    "ThượngĐẳng".repeat(20)
}

pub fn head(number: &str) -> Head {
    Head {
        parent: "Ủy ban nhân dân xã Sảng Mộc".into(),
        agency: "Bộ phận Tiếp nhận và Trả kết quả".into(),
        number: number.into(),
        code: "000.24.12.H55-200330-0001".into(),
        place_and_date: "Sảng Mộc, ngày 30 tháng 3 năm 2020".into(),
        sign_mark: Vec::new(),
    }
}

pub fn receipt(person: &str, address: &str) -> ReceiptSlip {
    ReceiptSlip {
        head: head("12/TNHS"),
        person: person.into(),
        address: address.into(),
        phone: "0912 345 678".into(),
        email: "hoa@example.vn".into(),
        service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        papers: vec![SlipPaper {
            label: "Căn cước công dân".into(),
            count: "1".into(),
            form: "điện tử".into(),
        }],
        sets: "1 bộ".into(),
        fee: "15.000 đồng, đã nộp".into(),
        term: "3 ngày làm việc".into(),
        received: "9 giờ 00 phút, ngày 30/03/2020".into(),
        due: "trả kết quả lúc 9 giờ 00 phút, ngày 03/04/2020".into(),
        collect: "Bộ phận Một cửa UBND xã Sảng Mộc".into(),
        contact: "0208 3 829 000".into(),
        received_by: "Hoàng Văn Tiếp".into(),
        check_url: URL.into(),
    }
}

pub fn supplement() -> SupplementSlip {
    SupplementSlip {
        head: head("3/HDHS"),
        person: "Nông Thị Hoa".into(),
        address: "Xóm Khuổi Mèo".into(),
        phone: "0912 345 678".into(),
        service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        lacks: vec![Item {
            label: "Căn cước công dân".into(),
            value: "Ảnh chụp bị mờ: chụp lại ở nơi đủ sáng".into(),
        }],
        by: "Hoàng Văn Tiếp".into(),
        contact: "0208 3 829 000".into(),
        check_url: URL.into(),
    }
}

pub fn refusal() -> RefusalSlip {
    RefusalSlip {
        head: head("1/TCHS"),
        person: "Nông Thị Hoa".into(),
        address: "Xóm Khuổi Mèo".into(),
        phone: "0912 345 678".into(),
        service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        reason: "Không thuộc thẩm quyền: nơi thường trú là xã Thần Sa".into(),
        legal_basis: vec!["Luật Hộ tịch 2014".into()],
        decided: false,
        by: "Hoàng Văn Tiếp".into(),
        contact: "0208 3 829 000".into(),
        check_url: URL.into(),
    }
}

pub fn apology() -> ApologySlip {
    ApologySlip {
        head: head("2/XLHL"),
        person: "Nông Thị Hoa".into(),
        service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        agency: "UBND xã Sảng Mộc".into(),
        received: "Ngày 30 tháng 3 năm 2020".into(),
        old_due: "9 giờ 00 phút, ngày 03/04/2020".into(),
        new_due: "16 giờ 00 phút, ngày 08/04/2020".into(),
        reason: "chưa có văn bản xác minh của UBND phường Trưng Vương".into(),
        at_fault: "UBND phường Trưng Vương".into(),
        by: "Lý Văn Thắng".into(),
        contact: "0208 3 829 000".into(),
        check_url: URL.into(),
    }
}

pub fn control(rows: usize) -> ControlSheet {
    let row = |i: usize| ControlRow {
        giver: "Bộ phận Một cửa (Hoàng Văn Tiếp)".into(),
        taker: "Chuyên viên (Triệu Thị Xuân)".into(),
        at: format!("9 giờ {i:02} phút, ngày 30/03/2020"),
        verdict: ["Trước hạn", "Đúng hạn", "Quá hạn"][i % 3].into(),
        held: "giữ 1 giờ 20 phút, quy định 4 giờ".into(),
        what: "Chuyển phòng chuyên môn".into(),
        note: "Xem giúp phần nơi cư trú".into(),
    };
    ControlSheet {
        head: head(""),
        person: "Nông Thị Hoa".into(),
        service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        agency: "UBND xã Sảng Mộc".into(),
        due: "9 giờ 00 phút, ngày 03/04/2020".into(),
        rows: (0..rows).map(row).collect(),
        check_url: URL.into(),
    }
}

pub fn hand_over() -> HandOverList {
    HandOverList {
        head: head(""),
        day: "Ngày 30 tháng 3 năm 2020".into(),
        groups: vec![HandOverGroup {
            giver: "Bộ phận Một cửa (Hoàng Văn Tiếp)".into(),
            taker: "Chuyên viên".into(),
            giver_name: "Hoàng Văn Tiếp".into(),
            taker_name: String::new(),
            rows: vec![HandOverRow {
                code: "000.24.12.H55-200330-0001".into(),
                service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
                person: long_name(),
                at: "9:05".into(),
                note: "Kèm bản chính".into(),
            }],
        }],
        check_url: URL.into(),
    }
}

pub fn register_head() -> RegisterHead {
    RegisterHead {
        head: Head {
            code: "Sổ theo dõi hồ sơ".into(),
            ..head("")
        },
        span: "Từ ngày 1/3/2020 đến ngày 31/3/2020".into(),
        check_url: "https://dichvucong.example.vn/kiem-tra".into(),
    }
}

pub fn register_row(i: usize) -> RegisterRow {
    RegisterRow {
        number: i.to_string(),
        code: format!("000.24.12.H55-200330-{i:04}"),
        service: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        sets: "1".into(),
        person: if i.is_multiple_of(97) {
            long_name()
        } else {
            "Nông Thị Hoa".into()
        },
        address: "Xóm Khuổi Mèo, xã Sảng Mộc, huyện Võ Nhai; 0912 345 678".into(),
        agency: "UBND xã Sảng Mộc".into(),
        received: "9:00 30/03/2020".into(),
        due: "9:00 03/04/2020".into(),
        returned: "15:00 02/04/2020".into(),
        way: "bưu điện".into(),
        note: String::new(),
    }
}
