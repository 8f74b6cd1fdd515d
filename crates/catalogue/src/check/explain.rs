//! What the TOML reader says, in plain Vietnamese.

/// Field, what is wrong and what would be right, for a message of the reader and the line that it points to. `is_toml`
/// tells whether the file is at least rightly written, so that only a value is wrong.
pub(super) fn toml(message: &str, source: &str, is_toml: bool) -> (String, String, String) {
    let key = source
        .split_once('=')
        .map_or(source.trim(), |(key, _)| key.trim())
        .trim_matches(['[', ']']);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let named = quoted.first().copied().unwrap_or(key).to_owned();
    let others = || quoted.iter().skip(1).copied().collect::<Vec<_>>().join(", ");
    let key = key.to_owned();
    if message.starts_with("unknown field") {
        (named, "không có mục này".into(), format!("dùng một trong: {}", others()))
    } else if message.starts_with("missing field") {
        let remedy = format!("thêm dòng {named} = …");
        (named, "thiếu mục này".into(), remedy)
    } else if message.starts_with("unknown variant") {
        (
            key,
            format!("không có giá trị {named}"),
            format!("dùng một trong: {}", others()),
        )
    } else if message.starts_with("duplicate") {
        (key, "mục ghi hai lần".into(), "bỏ một trong hai".into())
    } else if message.contains("nonzero") {
        (key, "không chia cho 0 được".into(), "viết một số từ 1".into())
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") || message.starts_with("wanted ") {
        (
            key,
            format!("sai loại giá trị ({message})"),
            "chữ viết trong ngoặc kép, số thì không".into(),
        )
    } else if is_toml {
        let what = format!("giá trị không dùng được ({message})");
        (key, what, "xem cùng mục trong tệp của một thủ tục khác".into())
    } else {
        let remedy = "kiểm tra ngoặc kép, ngoặc vuông và dấu = ở dòng này";
        (key, format!("không đúng cách viết của tệp TOML ({message})"), remedy.into())
    }
}
