//! Broken content: each mistake is named with its file, line and field, in Vietnamese, and never breaks the reader.

use motcua_catalogue::{Catalogue, Mistake};
use std::path::{Path, PathBuf};

const FORM: &str = "procedures/1.004873/form.toml";
const SHEET: &str = "procedures/1.004873/sheet.toml";
const PROCESS: &str = "procedures/1.004873/process.toml";

/// A copy of the shipped content, gone at the end of the test.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("motcua-catalogue-{}-{name}", std::process::id()));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue"), &root);
        Self(root)
    }

    /// The mistakes after a file was changed; the file is put back.
    fn mistakes(&self, file: &str, change: impl Fn(&str) -> String) -> (Vec<Mistake>, String) {
        let path = self.0.join(file);
        let right = std::fs::read_to_string(&path).unwrap();
        let wrong = change(&right);
        assert_ne!(right, wrong, "{file}: the change changed nothing");
        std::fs::write(&path, &wrong).unwrap();
        let mistakes = Catalogue::read(&self.0).err().unwrap_or_default();
        std::fs::write(&path, right).unwrap();
        (mistakes, wrong)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// File, what stands there, what is written instead (first place only), a part of the mistake, a part of its line.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

fn refused(name: &str, cases: &[Case]) {
    let copy = Copy::new(name);
    for (file, from, to, what, on_line) in cases {
        let (mistakes, wrong) = copy.mistakes(file, |text| text.replacen(from, to, 1));
        let named = |m: &&Mistake| m.file == *file && (m.what.contains(what) || m.field.contains(what));
        let found = mistakes
            .iter()
            .find(named)
            .unwrap_or_else(|| panic!("{file}: {to}: expected {what}, got {mistakes:#?}"));
        assert!(!found.remedy.is_empty(), "{found}");
        let line = wrong.lines().nth(found.line.wrapping_sub(1)).unwrap_or("");
        assert!(
            line.contains(on_line) && (found.line > 0 || on_line.is_empty()),
            "{found}\n  is on the line: {line}"
        );
    }
}

#[test]
fn mistakes_of_writing_are_named_with_their_line() {
    refused(
        "writing",
        &[
            (FORM, "version = 1", "version = \"một\"", "sai loại", "version"),
            (FORM, "version = 1", "version = -1", "sai loại", "version"),
            (FORM, "version = 1", "version 1", "TOML", "version 1"),
            (FORM, "id = \"ho_ten\"", "id = \"ho_ten", "TOML", "ho_ten"),
            (
                FORM,
                "kind = \"person_name\"",
                "kind = \"ten_nguoi\"",
                "ten_nguoi",
                "ten_nguoi",
            ),
            (FORM, "required = true", "bat_buoc = true", "bat_buoc", "bat_buoc"),
            (FORM, "required = true", "required = \"có\"", "sai loại", "required"),
            (
                FORM,
                "required = true",
                "required = true\nrequired = true",
                "hai lần",
                "required",
            ),
            (FORM, "[applicant]", "[nguoi_nop]", "nguoi_nop", "[nguoi_nop]"),
            (FORM, "{ is = { field", "{ bang = { field", "bang", "bang"),
            (SHEET, "level = 4", "level = 5", "không dùng được", "level"),
            (
                SHEET,
                "agency_kind = \"commune\"",
                "agency_kind = \"xa\"",
                "xa",
                "agency_kind",
            ),
            (SHEET, "term = { working_days = 3 }", "term = { ngay = 3 }", "ngay", "term"),
            (
                SHEET,
                "term = { working_days = 3 }",
                "term = { working_days = 99999999999 }",
                "sai loại",
                "term",
            ),
            (SHEET, "field = \"Hộ tịch\"\n", "", "field", ""),
            (SHEET, "amount = 15000", "amount = -15000", "sai loại", "amount"),
            (
                SHEET,
                "amount = 15000",
                "amount = 15000\neach = 0",
                "không chia cho 0",
                "each = 0",
            ),
            (PROCESS, "role = \"specialist\"", "role = \"thu_ky\"", "thu_ky", "role"),
            (PROCESS, "hours = 14", "hours = 1.5", "sai loại", "hours"),
            ("agencies.toml", "kind = \"department\"", "kind = \"so\"", "so", "kind"),
            ("calendars/office-hours.toml", "monday", "thu_hai", "thu_hai", "thu_hai"),
        ],
    );
}

#[test]
fn mistakes_of_meaning_are_named_with_their_line() {
    refused(
        "meaning",
        &[
            (
                FORM,
                "id = \"ngay_sinh\"",
                "id = \"ho_ten\"",
                "hai ô trùng tên",
                "id = \"ho_ten\"",
            ),
            (
                FORM,
                "id = \"hon-nhan\"",
                "id = \"muc-dich\"",
                "hai bước trùng tên",
                "id = \"muc-dich\"",
            ),
            (FORM, "id = \"hon-nhan\"", "id = \"Hôn nhân\"", "tên bước sai", "Hôn nhân"),
            (FORM, "id = \"tinh_trang\"", "id = \"Tình trạng\"", "tên ô sai", "Tình trạng"),
            (
                FORM,
                "is = { field = \"muc_dich\"",
                "is = { field = \"viec_khac\"",
                "chưa hỏi",
                "when = {",
            ),
            (
                FORM,
                "value = \"ket_hon\" } }",
                "value = \"cuoi\" } }",
                "không bao giờ đúng",
                "when = {",
            ),
            (
                FORM,
                "when = { is = { field = \"muc_dich\", value = \"ket_hon\" } }",
                "when = { ticked = \"muc_dich\" }",
                "không bao giờ",
                "when = {",
            ),
            (
                FORM,
                "when = { is = { field = \"muc_dich\", value = \"ket_hon\" } }",
                "when = { all = [] }",
                "không bao giờ",
                "when = {",
            ),
            (
                FORM,
                "when = { is = { field = \"muc_dich\", value = \"ket_hon\" } }",
                "when = { filled = \"ket_hon_voi\" }",
                "chưa hỏi",
                "when = {",
            ),
            (FORM, "value = \"vay_von\"", "value = \"khac\"", "trùng value", "kind = {"),
            (FORM, "max = 200", "max = 0", "max sai", "kind = {"),
            (FORM, "max = 200", "max = 100000", "max sai", "kind = {"),
            (
                FORM,
                "kind = \"email\"",
                "kind = { register = { name = \"tinh\" } }",
                "danh mục",
                "kind = {",
            ),
            (
                FORM,
                "kind = \"email\"",
                "kind = { number = { min = 9, max = 1 } }",
                "min lớn hơn max",
                "kind = {",
            ),
            (
                FORM,
                "kind = \"email\"",
                "kind = { choice = { options = [] } }",
                "không có lựa chọn",
                "kind = {",
            ),
            (
                FORM,
                "kind = \"email\"",
                "kind = { group = { fields = [], min = 1, max = 2 } }",
                "nhóm sai",
                "kind = {",
            ),
            (
                FORM,
                "id = \"ban-an\"",
                "id = \"cccd\"",
                "hai giấy tờ trùng tên",
                "id = \"cccd\"",
            ),
            (FORM, "max = 2\n", "max = 0\n", "số tệp sai", "id = \"cccd\""),
            (
                FORM,
                "name = \"ho_ten\"",
                "name = \"ten\"",
                "applicant.name",
                "name = \"ten\"",
            ),
            (
                FORM,
                "address = \"noi_cu_tru\"",
                "address = \"ho_ten\"",
                "applicant.address",
                "address",
            ),
            (FORM, "address = \"noi_cu_tru\"\n", "", "nơi giải quyết", "[applicant]"),
            (
                FORM,
                "birth_date = \"ngay_sinh\"",
                "birth_date = \"ho_ten\"",
                "applicant.birth_date",
                "birth_date",
            ),
            (FORM, "version = 1", "version = 0", "bắt đầu từ 1", "version"),
            (
                SHEET,
                "amount = 15000",
                "amount = 15000\nper = \"so_ban_sao\"",
                "ô số",
                "per =",
            ),
            (
                SHEET,
                "amount = 15000",
                "amount = 15000\nwhen = { ticked = \"ngheo\" }",
                "chưa hỏi",
                "when =",
            ),
            (
                SHEET,
                "ways = [\"online\", \"counter\", \"post\"]",
                "ways = []",
                "trả kết quả",
                "ways",
            ),
            (SHEET, "url = \"https", "url = \"javascript", "nguồn sai", "url"),
            (
                SHEET,
                "agency_kind = \"commune\"",
                "agency_kind = \"department\"",
                "thiếu cơ quan",
                "agency_kind",
            ),
            (
                SHEET,
                "agency_kind = \"commune\"",
                "agency = \"99.99\"\nagency_kind = \"commune\"",
                "không có cơ quan",
                "agency = ",
            ),
            (SHEET, "code = \"1.004873\"", "code = \"1.004874\"", "không khớp", "code"),
            (
                PROCESS,
                "role = \"leader\"",
                "role = \"specialist\"",
                "lãnh đạo duyệt",
                "phe-duyet",
            ),
            (PROCESS, "proposes = true", "proposes = false", "đề xuất", "[[step]]"),
            (
                PROCESS,
                "role = \"specialist\"",
                "role = \"citizen\"",
                "vai trò sai",
                "tham-dinh",
            ),
            (PROCESS, "hours = 14", "hours = 4000000000", "vượt thời hạn", "hours"),
            (
                PROCESS,
                "id = \"phe-duyet\"",
                "id = \"tham-dinh\"",
                "hai bước trùng tên",
                "tham-dinh",
            ),
            (
                "procedures/1.004873/result.typ",
                "#import \"/result.typ\"",
                "#import \"x.typ\"",
                "khung chung",
                "",
            ),
            (
                "agencies.toml",
                "code = \"02.00\"",
                "code = \"01.00\"",
                "trùng",
                "code = \"01.00\"",
            ),
            (
                "agencies.toml",
                "code = \"01.00\"",
                "code = \"một\"",
                "mã cơ quan sai",
                "code = \"một\"",
            ),
            ("places/communes.tsv", "164-02\t", "164-01\t", "mã trùng", "164-01"),
            (
                "places/communes.tsv",
                "Phường Quang Vinh\t164",
                "Phường Quang Vinh\t999",
                "không có huyện",
                "999",
            ),
            (
                "places/communes.tsv",
                "164-02\tPhường Quang Vinh\t164",
                "164-02 Phường Quang Vinh",
                "thiếu cột",
                "164-02",
            ),
            ("sheets.tsv", "1.000656\t", "1.001193\t", "mã thủ tục trùng", "1.001193"),
            (
                "sheets.tsv",
                "\txa\t3\t1\tworking_day",
                "\txa\t7\t1\tworking_day",
                "mức độ sai",
                "\t7\t",
            ),
            (
                "sheets.tsv",
                "\txa\t3\t1\tworking_day",
                "\txa\t3\tmột\tworking_day",
                "không phải số",
                "một",
            ),
            (
                "sheets.tsv",
                "\txa\t3\t1\tworking_day",
                "\txa\t3\t1\ttuan",
                "đơn vị sai",
                "tuan",
            ),
            (
                "sheets.tsv",
                "\txa\t3\t1\tworking_day",
                "\tthon\t3\t1\tworking_day",
                "cấp sai",
                "thon",
            ),
            ("sheets.tsv", "1.000656\t", "../x\t", "mã thủ tục sai", "../x"),
            ("sheets.tsv", "1.000656\t", "1.0..\t", "mã thủ tục sai", "1.0.."),
            ("sheets.tsv", "1.000656\t", "\t", "mã thủ tục sai", "\tĐăng ký khai tử"),
            ("sheets.tsv", "\tĐăng ký khai tử\t", "\t\t", "thiếu tên", "1.000656"),
            (
                "sheets.tsv",
                "\tworking_day\t0\t",
                "\tworking_day\t-5\t",
                "số tiền sai",
                "\t-5\t",
            ),
            (
                "sheets.tsv",
                "\thttps://",
                "\tjavascript://",
                "địa chỉ nguồn sai",
                "javascript:",
            ),
            ("names_en.tsv", "1.001022\t", "9.001022\t", "không có thủ tục", "9.001022"),
            (
                "sheets.tsv",
                "\tterm,fee\n",
                "\tterm,gia\n",
                "không rõ điều nào ước tính",
                "term,gia",
            ),
            (
                SHEET,
                "estimated = [\"term\", \"fee\"]",
                "estimated = [\"gia\"]",
                "gia",
                "estimated",
            ),
        ],
    );
}

#[test]
fn a_missing_file_is_named() {
    let copy = Copy::new("missing");
    for file in [
        FORM,
        SHEET,
        PROCESS,
        "procedures/1.004873/result.typ",
        "sheets.tsv",
        "agencies.toml",
        "calendars/days-off.tsv",
    ] {
        let path = copy.0.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let mistakes = Catalogue::read(&copy.0).unwrap_err();
        assert!(
            mistakes.iter().any(|m| m.file == file && m.what.contains("thiếu")),
            "{file}: {mistakes:?}"
        );
        std::fs::write(&path, text).unwrap();
    }
    assert!(Catalogue::read(&copy.0).is_ok());
    assert!(Catalogue::read(&copy.0.join("nowhere")).is_err());
}

#[test]
fn every_mistake_of_a_file_set_is_named_in_one_run() {
    let copy = Copy::new("together");
    let (mistakes, _) = copy.mistakes(FORM, |text| {
        text.replacen("max = 200", "max = 0", 1)
            .replacen("version = 1", "version = 0", 1)
    });
    assert_eq!(mistakes.len(), 2, "{mistakes:?}");
}

#[test]
fn mistakes_in_a_change_of_the_organisation() {
    const MERGED: &str = "organisation/2025-03-01.toml";
    const COMMUNES: &str = "organisation/2025-07-01.communes.tsv";
    refused(
        "organisation",
        &[
            (
                MERGED,
                "agency = \"09.00\"",
                "agency = \"99.00\"",
                "không có cơ quan",
                "99.00",
            ),
            (MERGED, "successor = \"31.00\"", "successor = \"98.00\"", "kế thừa", "98.00"),
            (MERGED, "code = \"31.00\"", "code = \"08.00\"", "đã có", "08.00"),
            (MERGED, "\"2.001417\"", "\"9.001417\"", "không có thủ tục", "9.001417"),
            (MERGED, "date = \"2025-03-01\"", "date = \"2025-02-30\"", "date", "date"),
            (COMMUNES, "172-12,172-10", "172-12,172-99", "không có xã này", "172-99"),
            (COMMUNES, "172-12,172-10", "172-12", "chưa thuộc xã mới", ""),
            (
                COMMUNES,
                "05953\tXã Kha Sơn\t173-15",
                "05953\tXã Kha Sơn\t173-15\n05953\tXã Kha Sơn\t173-15",
                "xã ghi hai lần",
                "05953\tXã Kha Sơn",
            ),
            (COMMUNES, "05953\tXã", "05941\tXã", "xã ghi hai lần", "Kha Sơn"),
            (
                MERGED,
                "successor = \"31.00\"",
                "successor = \"09.00\"",
                "kế thừa chính nó",
                "successor = \"09.00\"",
            ),
            (
                MERGED,
                "agency = \"04.00\"\nsuccessor = \"16.00\"",
                "agency = \"08.00\"\nsuccessor = \"03.00\"",
                "thành vòng",
                "successor = \"03.00\"",
            ),
        ],
    );
}

#[test]
fn a_process_that_does_not_hold_is_named() {
    let next = |to: &str| format!("proposes = true\n\n[[step.next]]\n{to}");
    let cases = [
        (next("to = \"khong-co\""), "bước không có", "tham-dinh"),
        (
            next("when = { ticked = \"khong_co\" }\nsay = { vi = \"x\" }\nto = \"phe-duyet\"\n[[step.next]]\nto = \"phe-duyet\""),
            "ô chưa hỏi",
            "tham-dinh",
        ),
        (
            next("when = { filled = \"ho_ten\" }\nsay = { vi = \"x\" }\nto = \"phe-duyet\""),
            "không nhánh nào nhận",
            "tham-dinh",
        ),
        (
            next("when = { filled = \"ho_ten\" }\nto = \"phe-duyet\"\n[[step.next]]\nto = \"phe-duyet\""),
            "bằng lời",
            "tham-dinh",
        ),
        (next("to = \"tham-dinh\""), "đi vòng", "tham-dinh"),
        ("proposes = true\nends = true".to_owned(), "không đường nào tới", "phe-duyet"),
        (
            "proposes = true\n\n[[step.field]]\nid = \"ho_ten\"\nlabel = { vi = \"x\" }\nkind = \"checkbox\"".to_owned(),
            "hai ô trùng tên",
            "ho_ten",
        ),
    ];
    let copy = Copy::new("process");
    for (to, what, on_line) in cases {
        let (mistakes, wrong) = copy.mistakes(PROCESS, |text| text.replacen("proposes = true", &to, 1));
        let found = mistakes.iter().find(|m| m.file == PROCESS && m.what.contains(what));
        let found = found.unwrap_or_else(|| panic!("{what}: {mistakes:?}"));
        let line = wrong.lines().nth(found.line - 1).unwrap_or("");
        assert!(line.contains(on_line), "{what}: {line}");
        assert!(!found.remedy.is_empty());
    }
}
