//! Layouts of the statements of gateways and banks, one file each in `statements/`.

use crate::check::{Mistake, line_of, toml};
use crate::files::Files;
use motcua_model::ledger::Layout;

const FOLDER: &str = "statements/";

/// Reads them; a catalogue without the folder has none.
pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = Vec::new();
    let names: Vec<String> = files
        .0
        .keys()
        .filter(|n| n.starts_with(FOLDER) && n.ends_with(".toml"))
        .cloned()
        .collect();
    for name in names {
        let Some(layout) = toml::<Layout>(files, &name, mistakes) else {
            continue;
        };
        let text = files.get(&name).unwrap_or_default();
        let mut add = |field: &str, what: &str, remedy: &str| {
            mistakes.push(Mistake::new(&name, line_of(text, field), field, what, remedy));
        };
        if layouts.iter().any(|other| other.id == layout.id) {
            add("id", "hai mẫu sao kê trùng tên", "đặt id khác nhau");
        }
        if layout.parts < 1 {
            add(
                "parts",
                "một đồng không chia thành số phần này",
                "ghi 1, hoặc 100 khi tệp ghi phần trăm đồng",
            );
        }
        if layout.reference.is_empty() || layout.credit.is_empty() || layout.at.is_empty() {
            add(
                "reference",
                "thiếu tên cột",
                "ghi tên cột số giao dịch, ghi có và thời gian như trong tệp",
            );
        }
        layouts.push(layout);
    }
    layouts
}
