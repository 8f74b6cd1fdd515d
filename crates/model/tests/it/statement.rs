//! Statements as banks and gateways write them, and broken ones.

use motcua_model::dossier::PaymentMethod;
use motcua_model::ledger::{Layout, Problem, read_statement};
use motcua_model::procedure::Text;

fn layout() -> Layout {
    Layout {
        id: "bank".into(),
        name: Text {
            vi: "Ngân hàng".into(),
            en: "Bank".into(),
        },
        method: PaymentMethod::Vietqr,
        separator: ',',
        reference: "Số GD".into(),
        credit: "Ghi có".into(),
        debit: "Ghi nợ".into(),
        at: "Ngày".into(),
        at_format: "%d/%m/%Y %H:%M:%S".into(),
        content: "Nội dung".into(),
        parts: 1,
        total: "Tổng".into(),
    }
}

const FILE: &str = "NGÂN HÀNG THỬ,,,,\r\nTài khoản,0011009999999,,,\r\n\r\nNgày,Số GD,Ghi có,Ghi nợ,Nội dung\r\n\
30/03/2020 09:05:00,FT1,\"15.000\",,\"MC0123, \"\"CT\"\"\"\r\n30/03/2020 10:00:00,FT2,,\"5,000.00\",Hoàn\r\n\
Tổng,2,15000,5000,\r\n";

fn problems(file: &[u8]) -> Vec<(u32, Problem)> {
    let found = read_statement(&layout(), file).unwrap_err();
    found.into_iter().map(|p| (p.line, p.what)).collect()
}

#[test]
fn what_stands_above_the_header_is_skipped_and_amounts_are_read_as_people_write_them() {
    let lines = read_statement(&layout(), FILE.as_bytes()).unwrap();
    assert_eq!((lines.len(), lines[0].number, lines[0].amount), (2, 5, 15_000));
    assert_eq!(
        (lines[0].reference.as_str(), lines[0].content.as_str()),
        ("FT1", "MC0123, \"CT\"")
    );
    assert_eq!(
        (lines[1].amount, lines[1].at.to_string().as_str()),
        (-5_000, "2020-03-30T03:00:00Z")
    );
    let marked = [b"\xef\xbb\xbf".as_slice(), FILE.as_bytes()].concat();
    assert_eq!(read_statement(&layout(), &marked).unwrap(), lines);
}

#[test]
fn a_file_in_another_encoding_names_the_line() {
    let mut bytes = FILE.as_bytes().to_vec();
    let at = FILE.find("Hoàn").unwrap() + 2;
    bytes[at] = 0xe0;
    bytes[at + 1] = b'n';
    assert_eq!(problems(&bytes), [(6, Problem::Encoding)]);
}

#[test]
fn missing_lines_and_sums_that_do_not_add_up_are_said() {
    let without = FILE.replace("30/03/2020 10:00:00,FT2,,\"5,000.00\",Hoàn\r\n", "");
    assert_eq!(problems(without.as_bytes()), [(6, Problem::Count { said: 2, counted: 1 })]);
    let other = FILE.replace("Tổng,2,15000", "Tổng,2,16000");
    let (said, counted) = (16_000, 15_000);
    assert_eq!(problems(other.as_bytes()), [(7, Problem::Total { said, counted })]);
}

#[test]
fn each_broken_line_is_named_with_what_stands_there() {
    let said = |s: &str| s.to_owned();
    for (from, to, line, what) in [
        ("\"15.000\"", "15k", 5, Problem::Amount { said: said("15k") }),
        ("\"15.000\"", "15000.5", 5, Problem::Amount { said: said("15000.5") }),
        (
            "30/03/2020 09:05:00",
            "2020-03-30",
            5,
            Problem::Time {
                said: said("2020-03-30"),
            },
        ),
        (",FT1,", ",,", 5, Problem::Reference),
        (",\"MC0123, \"\"CT\"\"\"", "", 5, Problem::Short),
    ] {
        let file = FILE.replace(from, to);
        assert!(
            problems(file.as_bytes()).contains(&(line, what)),
            "{to}: {:?}",
            problems(file.as_bytes())
        );
    }
    let lacks = "Ghi nợ".to_owned();
    assert_eq!(
        problems(FILE.replace("Ghi nợ", "Nợ").as_bytes()),
        [(4, Problem::Columns { lacks })]
    );
    let lacks = "Số GD".to_owned();
    assert_eq!(problems(b""), [(1, Problem::Columns { lacks })]);
    assert_eq!(
        problems("Ngày,Số GD,Ghi có,Ghi nợ,Nội dung\n".as_bytes()),
        [(1, Problem::Empty)]
    );
}
