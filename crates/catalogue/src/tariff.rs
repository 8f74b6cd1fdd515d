//! The tariff of the post: `post/tariff.toml`.

use crate::check::{Mistake, line_of, toml};
use crate::files::Files;
use motcua_model::post::{Tariff, Zone};

const FILE: &str = "post/tariff.toml";

/// Reads it; a catalogue without the file has none, and no parcel can be priced.
pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> Option<Tariff> {
    let text = files.get(FILE)?;
    let tariff: Tariff = toml(files, FILE, mistakes)?;
    let mut add = |field: &str, what: &str, remedy: &str| {
        mistakes.push(Mistake::new(FILE, line_of(text, field), field, what, remedy));
    };
    for zone in [Zone::District, Zone::Province, Zone::Country] {
        let mut steps: Vec<_> = tariff.prices.iter().filter(|p| p.zone == zone).collect();
        if steps.is_empty() {
            add(
                "price",
                &format!("thiếu cước cho {}", zone.as_str()),
                "ghi ít nhất một [[price]] cho mỗi nơi: district, province, country",
            );
        }
        steps.sort_by_key(|p| p.up_to_g);
        if steps.windows(2).any(|w| w[0].up_to_g == w[1].up_to_g || w[0].vnd > w[1].vnd) {
            add(
                "up_to_g",
                &format!("cước của {} giảm khi nặng hơn, hoặc hai mức cùng khối lượng", zone.as_str()),
                "mỗi mức khối lượng ghi một lần, nặng hơn thì không rẻ hơn",
            );
        }
    }
    if tariff.price(Zone::District, tariff.usual_g).is_none() || tariff.usual_g == 0 {
        add(
            "usual_g",
            "không có cước cho khối lượng này",
            "ghi số gam của một kết quả với phong bì, trong các mức cước",
        );
    }
    Some(tariff)
}
