//! What papers cost: `cargo run --release -p motcua-papers --example speed [ROWS] [FOLDER]`.
//! CPU time of a slip, and time and memory of a register of ROWS rows; with a FOLDER, one of each paper is kept there.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "the answer")]

#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../tests/it/sample.rs"]
mod sample;

use motcua_papers::Papers;
use std::fs;
use std::io::BufWriter;

/// CPU time of this thread so far, in milliseconds.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}

/// The most memory this process has held, in MB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

fn main() {
    let rows: usize = std::env::args().nth(1).map_or(1_000, |n| n.parse().unwrap());
    let folder = std::env::args().nth(2);
    let papers = Papers::new();
    let slip = |i: usize| sample::receipt(&format!("Nông Thị Hoa {i}"), "Xóm Khuổi Mèo, xã Sảng Mộc, huyện Võ Nhai");
    for i in 0..5 {
        papers.receipt_slip(&slip(i)).unwrap();
    }
    let mut each: Vec<f64> = (0..40)
        .map(|i| {
            let before = cpu();
            papers.receipt_slip(&slip(100 + i)).unwrap();
            cpu() - before
        })
        .collect();
    each.sort_by(f64::total_cmp);
    println!("slip: median {:.1} ms, worst of 40 {:.1} ms of CPU", each[20], each[39]);
    let out = folder.as_ref().map_or_else(
        || "/dev/null".to_owned(),
        |f| {
            fs::create_dir_all(f).unwrap();
            format!("{f}/06-so-theo-doi.pdf")
        },
    );
    let (before, at_start) = (cpu(), memory());
    let mut register = papers
        .register(sample::register_head(), BufWriter::new(fs::File::create(out).unwrap()))
        .unwrap();
    for i in 1..=rows {
        register.push(sample::register_row(i)).unwrap();
    }
    let (_, pages) = register.finish().unwrap();
    println!(
        "register: {rows} rows, {pages} pages, {:.1} s of CPU, {} MB at most ({at_start} MB before)",
        (cpu() - before) / 1000.0,
        memory()
    );
    if let Some(folder) = folder {
        let long = sample::receipt(
            &sample::long_name(),
            &"Tổ dân phố số 12, đường Cách mạng Tháng Tám, ".repeat(6),
        );
        for (name, pdf) in [
            ("01-giay-tiep-nhan", papers.receipt_slip(&slip(0))),
            ("01-ten-dai", papers.receipt_slip(&long)),
            ("02-bo-sung", papers.supplement_slip(&sample::supplement())),
            ("03-tu-choi", papers.refusal_slip(&sample::refusal())),
            ("04-xin-loi", papers.apology_slip(&sample::apology())),
            ("05-kiem-soat", papers.control_sheet(&sample::control(9))),
            ("ban-giao", papers.hand_over_list(&sample::hand_over())),
        ] {
            fs::write(format!("{folder}/{name}.pdf"), pdf.unwrap()).unwrap();
        }
    }
}
