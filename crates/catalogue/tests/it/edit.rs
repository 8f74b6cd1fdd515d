//! Files changed by forms: what nobody touched stays to the letter, and what was typed stands where it belongs.

use motcua_catalogue::Files;
use motcua_catalogue::edit::{Change, Draw, Input, Place, Typed, change, has_form, place, read, write};

const FORM: &str = "procedures/1/form.toml";
const TEXT: &str = "\
# Tờ khai
version = 1

[applicant]
name = \"ho_ten\" # của người nộp

# Bước đầu
[[step]]
id = \"mot\"
title = { vi = \"Một\", en = \"One\" }

[[step.field]]
id = \"ho_ten\"
label = { vi = \"Họ tên\", en = \"Name\" }
required = true
kind = \"person_name\"

[[step.field]]
id = \"tuoi\"
label = { vi = \"Tuổi\", en = \"Age\" }
kind = { number = { min = 0, max = 120 } }
when = { filled = \"ho_ten\" }
";

/// What a browser sends for a page that nobody changed.
fn as_shown(path: &str, text: &str, at: &str) -> Typed {
    let node = read(path, text, at).unwrap_or_else(|| panic!("{path} {at}"));
    let sent = |i: &Input| i.draw != Draw::Tick || i.value == "true";
    let lines = |value: String| value.replace('\n', "\r\n");
    node.inputs
        .into_iter()
        .filter(sent)
        .map(|i| (i.name, lines(i.value)))
        .collect()
}

fn typed(text: &str, at: &str, change: &[(&str, &str)]) -> String {
    let mut typed = as_shown(FORM, text, at);
    typed.extend(change.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    write(FORM, text, at, &typed).unwrap()
}

/// Every entry of a file, the file itself first.
fn entries(path: &str, text: &str) -> Vec<String> {
    let (mut all, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(at) = open.pop() {
        let node = read(path, text, &at).unwrap_or_else(|| panic!("{path} {at}"));
        let above = if at.is_empty() { String::new() } else { format!("{at}/") };
        for list in node.lists {
            open.extend((0..list.entries.len()).map(|i| format!("{above}{}:{i}", list.name)));
        }
        all.push(at);
    }
    all
}

#[test]
fn a_page_that_nobody_changed_changes_no_letter_of_any_file_of_the_content() {
    let files = Files::embedded();
    for path in files.paths().filter(|path| has_form(path)) {
        let text = files.get(path).unwrap();
        for at in entries(path, text) {
            let sent = as_shown(path, text, &at);
            assert!(write(path, text, &at, &sent).as_deref() == Some(text), "{path} {at}");
        }
    }
}

#[test]
fn one_answer_changes_one_line_and_remarks_stay() {
    let text = typed(TEXT, "step:0/field:1", &[("kind.max", "150"), ("label.vi", "Tuổi tròn")]);
    let wanted = TEXT
        .replace("max = 120", "max = 150")
        .replace("vi = \"Tuổi\"", "vi = \"Tuổi tròn\"");
    assert_eq!(text, wanted);
    let text = typed(TEXT, "", &[("applicant.name", "ten")]);
    assert_eq!(text, TEXT.replace("name = \"ho_ten\"", "name = \"ten\""));
}

#[test]
fn a_condition_is_chosen_row_by_row() {
    let rows = [
        ("when.1.field", "tinh_trang"),
        ("when.1.operator", "is_not"),
        ("when.1.value", "goa"),
    ];
    let text = typed(TEXT, "step:0/field:1", &rows);
    assert!(text.contains("not = { is = {") && text.contains("all = ["), "{text}");
    let again = as_shown(FORM, &text, "step:0/field:1");
    assert_eq!(again["when.1.operator"], "is_not");
    assert_eq!(again["when.1.value"], "goa");
    let none = typed(TEXT, "step:0/field:1", &[("when.0.field", "")]);
    assert!(!none.contains("when"), "{none}");
}

#[test]
fn another_kind_begins_with_its_own_options_and_a_choice_keeps_what_its_line_does_not_show() {
    let text = typed(TEXT, "step:0/field:1", &[("kind", "choice")]);
    assert!(text.contains("choice = { options = ["), "{text}");
    let options = [("kind.options", "co | Có | Yes\r\nkhong | Không | No")];
    let text = typed(&text, "step:0/field:1", &options);
    assert_eq!(as_shown(FORM, &text, "step:0/field:1")["kind.options"], options[0].1);
    let with_condition = text.replace("{ value = \"co\",", "{ when = { filled = \"ho_ten\" }, value = \"co\",");
    assert_ne!(with_condition, text);
    let text = typed(&with_condition, "step:0/field:1", &[("kind.options", "co | Đúng | Yes")]);
    assert!(
        text.contains("when = { filled = \"ho_ten\" }, value = \"co\"") && text.contains("Đúng"),
        "{text}"
    );
}

#[test]
fn entries_are_added_moved_and_removed() {
    let titles = |text: &str| read(FORM, text, "step:0").unwrap().lists[0].entries.clone();
    let added = change(FORM, TEXT, "step:0", "field", Change::Add).unwrap();
    assert_eq!(titles(&added), ["Họ tên · ho_ten", "Tuổi · tuoi", "Mới · moi3"]);
    let moved = change(FORM, &added, "step:0", "field", Change::Up(2)).unwrap();
    assert_eq!(titles(&moved), ["Họ tên · ho_ten", "Mới · moi3", "Tuổi · tuoi"]);
    let removed = change(FORM, &moved, "step:0", "field", Change::Remove(1)).unwrap();
    assert_eq!(titles(&removed), ["Họ tên · ho_ten", "Tuổi · tuoi"]);
    assert_eq!(removed, TEXT);
}

#[test]
fn a_new_entry_of_every_list_is_a_file_that_still_reads() {
    let files = Files::embedded();
    let code = "1.004873";
    for path in [
        format!("procedures/{code}/sheet.toml"),
        format!("procedures/{code}/form.toml"),
        format!("procedures/{code}/process.toml"),
        "steps/nguoi-yeu-cau.toml".to_owned(),
        "agencies.toml".to_owned(),
        "calendars/office-hours.toml".to_owned(),
        "life_events.toml".to_owned(),
    ] {
        let text = files.get(&path).unwrap();
        let schema = motcua_catalogue::schema::Kind::of(&path).unwrap().schema();
        for at in entries(&path, text) {
            for list in read(&path, text, &at).unwrap().lists {
                let added = change(&path, text, &at, list.name, Change::Add).unwrap();
                let value = crate::schema::toml(&added);
                let wrong = crate::schema::wrong(&schema, &schema, &value, "");
                assert_eq!(wrong, None, "{path} {at} {}\n{added}", list.name);
            }
        }
    }
}

#[test]
fn a_list_on_one_line_and_a_list_of_nothing_take_an_entry() {
    let sheet = "name = { vi = \"A\", en = \"A\" }\nfee = { line = [{ label = { vi = \"Phí\" }, amount = 1 }] }\n";
    let path = "procedures/1/sheet.toml";
    assert_eq!(read(path, sheet, "").unwrap().lists[0].entries, ["Phí"]);
    let added = change(path, sheet, "", "fee.line", Change::Add).unwrap();
    assert_eq!(read(path, &added, "").unwrap().lists[0].entries, ["Phí", "Mới"]);
    let first = change(path, "name = { vi = \"A\" }\n", "", "fee.exempt", Change::Add).unwrap();
    assert_eq!(read(path, &first, "fee.exempt:0").unwrap().title, "Mới");
}

#[test]
fn a_number_is_read_as_people_write_it_and_what_is_none_stays_for_the_check_to_name() {
    let text = typed(TEXT, "step:0/field:1", &[("kind.max", "1.500")]);
    assert!(text.contains("max = 1500"), "{text}");
    let text = typed(TEXT, "step:0/field:1", &[("kind.max", "nhiều")]);
    assert!(text.contains("max = \"nhiều\""), "{text}");
}

#[test]
fn a_table_is_changed_row_by_row() {
    let (path, text) = (
        "calendars/days-off.tsv",
        "date\tkind\twhy\n# Tết\n2020-01-01\toff\tTết\n2020-09-02\toff\tQuốc khánh\n",
    );
    assert_eq!(read(path, text, "").unwrap().lists[0].entries.len(), 2);
    let mut sent = as_shown(path, text, "row:1");
    sent.insert("why".into(), "Lễ\tQuốc\nkhánh".into());
    let changed = write(path, text, "row:1", &sent).unwrap();
    assert_eq!(changed, text.replace("Quốc khánh", "Lễ Quốc khánh"));
    let added = change(path, text, "", "row", Change::Add).unwrap();
    assert_eq!(read(path, &added, "").unwrap().lists[0].entries.len(), 3);
    let removed = change(path, &added, "", "row", Change::Remove(2)).unwrap();
    assert_eq!(removed, text);
}

#[test]
fn a_line_is_found_at_its_entry_and_input() {
    let at = |needle: &str| {
        let line = TEXT.lines().position(|l| l.contains(needle)).unwrap() + 1;
        place(FORM, TEXT, line)
    };
    let wanted = |at: &str, key: &str| Place {
        at: at.into(),
        key: key.into(),
    };
    assert_eq!(at("name = \"ho_ten\""), wanted("", "applicant.name"));
    assert_eq!(at("Một"), wanted("step:0", "title"));
    assert_eq!(at("max = 120"), wanted("step:0/field:1", "kind"));
    assert_eq!(at("Bước đầu").at, "");
    let sheet = "[fee]\nmax = 3\n\n[[fee.line]]\namount = 1\n\n[[fee.line]]\nlabel = {}\nper = \"a\"\n";
    assert_eq!(place("procedures/1/sheet.toml", sheet, 9), wanted("fee.line:1", "per"));
    assert_eq!(place("procedures/1/sheet.toml", sheet, 2), wanted("", "fee.max"));
    assert_eq!(place("a.tsv", "x\ty\n# r\n1\t2\n", 3), wanted("row:0", ""));
}
