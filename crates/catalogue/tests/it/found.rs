//! Search as people type.

use crate::content::catalogue;

fn first_three(typed: &str) -> Vec<String> {
    catalogue().search(typed).into_iter().take(3).map(|hit| hit.name).collect()
}

#[test]
fn a_service_is_found_without_tone_marks_by_abbreviation_and_with_a_slip_of_the_finger() {
    for (typed, name) in [
        ("xac nhan doc than", "Cấp Giấy xác nhận tình trạng hôn nhân"),
        ("đổi gplx", "Đổi giấy phép lái xe"),
        ("llptp", "Phiếu lý lịch tư pháp"),
        ("mo tiem tap hoa", "Đăng ký thành lập hộ kinh doanh"),
        ("ho kimh doanh", "hộ kinh doanh"),
        ("police check", "Phiếu lý lịch tư pháp"),
        ("mất giấy khai sinh", "trích lục hộ tịch"),
    ] {
        let found = first_three(typed);
        assert!(found.iter().any(|n| n.contains(name)), "{typed}: {found:?}");
    }
}

#[test]
fn decomposed_letters_find_the_same_as_composed_ones() {
    assert_eq!(first_three("ho\u{323}\u{302} kinh doanh"), first_three("hộ kinh doanh"));
}

#[test]
fn any_text_can_be_searched_for() {
    let catalogue = catalogue();
    for typed in [
        "",
        " ",
        "%",
        "'; --",
        "*?[",
        "\0\u{7}\u{202e}",
        "🙂",
        &"hộ ".repeat(5_000),
        &"x".repeat(10_000),
    ] {
        assert!(catalogue.search(typed).len() <= 30);
    }
    assert!(catalogue.search("").is_empty());
}
