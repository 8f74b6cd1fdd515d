//! What can be wrong with a kind of field, and with a formula.

use super::procedure::Asked;
use motcua_model::form::{Choice, FieldKind, Formula, Registers};
use std::collections::BTreeSet;

/// Whether a formula finds numbers where it looks.
pub(super) fn calculable(formula: &Formula, asked: &Asked<'_>) -> bool {
    let group = |name: &str| match asked.get(name).map(|f| &f.kind) {
        Some(FieldKind::Group { fields, .. } | FieldKind::Table { columns: fields, .. }) => Some(fields),
        _ => None,
    };
    let number = |name: &str| asked.get(name).is_some_and(|f| is_number(&f.kind));
    match formula {
        Formula::Total(fields) | Formula::Product(fields) => !fields.is_empty() && fields.iter().all(|f| number(f)),
        Formula::Sum { group: name, field } => {
            group(name).is_some_and(|fields| fields.iter().any(|f| f.id == *field && is_number(&f.kind)))
        }
        Formula::Count(name) => group(name).is_some(),
        Formula::Difference { of, less } => number(of) && number(less),
        Formula::Quotient { of, by } => number(of) && number(by),
    }
}

/// Whether what a formula divides by can be nought.
pub(super) fn divides_by_zero(formula: &Formula, asked: &Asked<'_>) -> bool {
    let Formula::Quotient { by, .. } = formula else { return false };
    match asked.get(by.as_str()).map(|f| &f.kind) {
        Some(FieldKind::Number { min, max } | FieldKind::Money { min, max }) => *min <= 0 && *max >= 0,
        Some(FieldKind::Calculated { .. }) => true,
        _ => false,
    }
}

pub(super) fn is_number(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Calculated { .. }
    )
}

/// What is wrong with a kind, and the remedy.
pub(super) fn kind_mistake(kind: &FieldKind, registers: &Registers) -> Option<(&'static str, &'static str)> {
    let twice = |options: &[Choice]| options.iter().map(|o| &o.value).collect::<BTreeSet<_>>().len() != options.len();
    match kind {
        FieldKind::Register { name } if registers.list(name).is_empty() => {
            Some(("không có danh mục này", "dùng communes hoặc districts"))
        }
        FieldKind::Choice { options } | FieldKind::Choices { options } if options.is_empty() => {
            Some(("không có lựa chọn nào", "thêm options"))
        }
        FieldKind::Choice { options } | FieldKind::Choices { options } if twice(options) => {
            Some(("hai lựa chọn trùng value", "đặt value khác nhau"))
        }
        FieldKind::Number { min, max } | FieldKind::Money { min, max } if min > max => Some(("min lớn hơn max", "đổi lại")),
        FieldKind::Text { max } | FieldKind::LongText { max } if *max == 0 || *max > 5_000 => {
            Some(("max sai", "viết từ 1 đến 5000 ký tự"))
        }
        FieldKind::Group { fields, min, max, .. } if min > max || *max > 100 || fields.is_empty() => {
            Some(("nhóm sai", "min không lớn hơn max, max không quá 100, có ít nhất một ô"))
        }
        FieldKind::Table { rows, columns } if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > 200 => {
            Some(("bảng sai", "có ít nhất một hàng, một cột, và không quá 200 ô"))
        }
        FieldKind::Table { rows, .. } if rows.iter().map(|r| &r.id).collect::<BTreeSet<_>>().len() != rows.len() => {
            Some(("hai hàng trùng tên", "đặt id khác nhau"))
        }
        FieldKind::Table { rows, .. } if rows.iter().any(|r| !super::procedure::plain(&r.id, b'_')) => {
            Some(("tên hàng sai", "chỉ dùng chữ thường không dấu, số và _"))
        }
        FieldKind::Group { fields, .. } | FieldKind::Table { columns: fields, .. }
            if fields.iter().any(|f| {
                matches!(
                    f.kind,
                    FieldKind::Group { .. } | FieldKind::Table { .. } | FieldKind::Calculated { .. }
                )
            }) =>
        {
            Some(("nhóm trong nhóm", "tách thành hai nhóm; ô tự tính đứng ngoài nhóm"))
        }
        _ => None,
    }
}
