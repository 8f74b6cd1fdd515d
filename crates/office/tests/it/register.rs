//! The register as a table, read back as a spreadsheet program reads it.

use crate::town::Town;
use calamine::{Data, Reader, Xlsx};
use motcua_office::register::RegisterAsked;
use motcua_words::{Lang, Words};

#[tokio::test]
async fn numbers_are_numbers_times_are_times_and_a_name_is_never_a_formula() {
    let town = Town::new().await;
    let d = town.paid().await;
    let receptionist = town.sign_in("motcua.sangmoc").await;
    let asked = RegisterAsked {
        from: jiff::civil::date(2020, 3, 1),
        to: jiff::civil::date(2020, 3, 31),
        field: String::new(),
        after: None,
    };
    let file = town
        .office
        .register_table(&receptionist, &asked, Words(Lang::Vi))
        .await
        .unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::BufReader::new(file)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let row: Vec<&Data> = sheet.rows().nth(2).unwrap().iter().collect();
    assert_eq!((row[0], row[1]), (&Data::Float(1.0), &Data::String(d.code.0)));
    assert_eq!(row[2], &Data::String("Nông Thị Hoa".into()));
    // 30 March 2020, nine o'clock.
    let Data::DateTime(filed) = row[5] else {
        panic!("{:?}", row[5])
    };
    assert_eq!(filed.as_f64(), 43920.375);
    assert_eq!(row[12], &Data::Float(d.fee as f64));
    assert_eq!(sheet.rows().nth(3).unwrap()[0], Data::String("Tổng cộng: 1 hồ sơ".into()));
}
