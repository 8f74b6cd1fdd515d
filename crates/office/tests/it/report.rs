//! The periodic report: its numbers from the figures, its files read back.

use crate::town::Town;
use calamine::{Data, Reader, Xlsx};
use motcua_model::id::AgencyCode;
use motcua_office::report::{Period, Report};

#[tokio::test]
async fn a_years_reports_carry_over_and_add_up() {
    let town = Town::new().await;
    town.office.simulate(500, 360, 5, |_| {}).await.unwrap();
    let monitor = town.sign_in("giamsat").await;
    let report = async |year, quarter| -> Report {
        let period = Period::Quarter { year, quarter };
        town.office.report(&monitor, None, period).await.unwrap()
    };
    let (third, fourth, first) = (report(2019, 3).await, report(2019, 4).await, report(2020, 1).await);
    for (before, after) in [(&third, &fourth), (&fourth, &first)] {
        // What runs at the end of a period is what the next one takes over.
        assert_eq!(before.sum().0[8], after.sum().0[3]);
    }
    for report in [&third, &fourth, &first] {
        let n = report.sum().0;
        assert_eq!(n[0], n[1] + n[2] + n[3]);
        assert_eq!(n[4], n[5] + n[6] + n[7]);
        assert_eq!((n[0], n[8]), (n[4] + n[8], n[9] + n[10]));
        assert!(n[1] > 0 && n[2] > n[1] && n[4] > 0);
    }
    let agencies: std::collections::BTreeSet<AgencyCode> = town.office.catalogue().agencies().map(|a| a.code.clone()).collect();
    let mut sum = 0;
    for agency in agencies {
        let part = town.office.report(&monitor, Some(&agency), first.period).await.unwrap();
        sum += part.sum().0[0];
    }
    assert_eq!(sum, first.sum().0[0]);
}

#[tokio::test]
async fn the_workbook_holds_numbers_under_the_heads_of_the_form() {
    let town = Town::new().await;
    town.office.simulate(200, 100, 5, |_| {}).await.unwrap();
    let monitor = town.sign_in("giamsat").await;
    let report = town
        .office
        .report(&monitor, None, Period::Quarter { year: 2020, quarter: 1 })
        .await
        .unwrap();
    let bytes = town.office.report_workbook(&report, "Nguyễn Thanh Tùng").await.unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("II.06a").unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    assert_eq!(rows[4][6], Data::String("Số lượng hồ sơ đã giải quyết".into()));
    assert_eq!(rows[7][12], Data::String("(13)".into()));
    let first = rows[8];
    assert_eq!(first[1], Data::String(report.lines[0].field.clone()));
    let numbers: Vec<i64> = first[2..13]
        .iter()
        .map(|c| if let Data::Float(n) = c { *n as i64 } else { -1 })
        .collect();
    assert_eq!(numbers, report.lines[0].numbers.0);
    let sum = rows[8 + report.lines.len()];
    assert_eq!(
        (&sum[1], &sum[2]),
        (&Data::String("Tổng cộng".into()), &Data::Float(report.sum().0[0] as f64))
    );
}
