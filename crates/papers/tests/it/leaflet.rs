//! The leaflet on both sheets: every word is on it, on one page.

use crate::text::{boxes, pages, text};
use motcua_papers::Papers;
use motcua_papers::leaflet::{Fact, Leaflet, Size};

fn leaflet(size: Size, needs: usize) -> Leaflet {
    Leaflet {
        size,
        lang: "vi".into(),
        date: [2020, 3, 30],
        from: "Ủy ban nhân dân xã Sảng Mộc".into(),
        above: "Làm tại nhà, không phải đi lại".into(),
        service: "Cấp giấy xác nhận tình trạng hôn nhân".into(),
        steps: vec![
            "Quét mã bằng điện thoại.".into(),
            "Điền tờ khai, chụp giấy tờ.".into(),
            "Gửi.".into(),
        ],
        facts: vec![Fact {
            label: "Cần gì".into(),
            values: (1..=needs).map(|n| format!("Giấy tờ số {n}")).collect(),
        }],
        scan: "Quét để bắt đầu".into(),
        call: "Hỏi: 0208 1022".into(),
        url: "https://dichvucong.example.vn/di/7K2M9Q".into(),
    }
}

#[test]
fn a_leaflet_says_what_to_do_and_where_on_one_page() {
    for size in [Size::A5, Size::A4] {
        let pdf = Papers::new().leaflet(&leaflet(size, 6)).unwrap();
        let said = text(&pdf);
        for words in [
            "SẢNG MỘC",
            "tình trạng hôn nhân",
            "Quét mã bằng điện thoại",
            "Giấy tờ số 6",
            "/di/7K2M9Q",
            "0208 1022",
        ] {
            assert!(said.contains(words), "{size:?}: {words} in {said}");
        }
        assert_eq!(pages(&pdf), 1, "{size:?}");
        let width = if size == Size::A5 { 419.5 } else { 595.2 };
        assert!(
            boxes(&pdf)
                .iter()
                .all(|(left, right, page)| (page - width).abs() < 1.0 && *left > 20.0 && *right < page - 20.0)
        );
    }
}
