//! The ten states of the national portal: each state of ours maps to exactly one.

use super::filing::{Channel, Level};
use super::state::{Dossier, Status};
use serde::{Deserialize, Serialize};

/// The ten states of the national portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NationalState {
    /// Mới đăng ký.
    Registered = 1,
    /// Được tiếp nhận.
    Accepted = 2,
    /// Không được tiếp nhận.
    Refused = 3,
    /// Đang xử lý.
    InProcess = 4,
    /// Yêu cầu bổ sung giấy tờ.
    AwaitingSupplement = 5,
    /// Yêu cầu thực hiện nghĩa vụ tài chính.
    AwaitingPayment = 6,
    /// Công dân yêu cầu rút hồ sơ.
    Withdrawn = 7,
    /// Dừng xử lý.
    Stopped = 8,
    /// Đã xử lý xong.
    Done = 9,
    /// Đã trả kết quả.
    Returned = 10,
}

/// The national portal's state of a dossier: each of ours maps to exactly one.
#[must_use]
pub fn national_state(d: &Dossier) -> NationalState {
    match d.status {
        Status::Filed if d.level == Level::Four && d.fee_due() > 0 && d.channel == Channel::Online => {
            NationalState::AwaitingPayment
        }
        Status::Filed => NationalState::Registered,
        Status::Accepted => NationalState::Accepted,
        Status::InProcess(_) => NationalState::InProcess,
        Status::AwaitingSupplement { .. } => NationalState::AwaitingSupplement,
        Status::AwaitingPayment { .. } => NationalState::AwaitingPayment,
        Status::Approved => NationalState::Done,
        Status::Returned => NationalState::Returned,
        Status::Refused => NationalState::Refused,
        Status::Withdrawn => NationalState::Withdrawn,
        Status::Stopped | Status::Annulled => NationalState::Stopped,
    }
}
