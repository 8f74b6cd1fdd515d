//! How our types travel: times as microseconds, identifiers and hashes as bytes.

use crate::db::StoreError;
use jiff::Timestamp;
use sea_query::Value;
use uuid::Uuid;

/// A time as the database keeps it.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A time as the database kept it.
pub(crate) fn time(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::inconsistent("time", micros.to_string()))
}

/// An identifier as the database keeps it.
pub(crate) fn id(uuid: Uuid) -> Value {
    Value::Bytes(Some(uuid.as_bytes().to_vec()))
}

/// An optional identifier as the database keeps it.
pub(crate) fn id_opt(uuid: Option<Uuid>) -> Value {
    Value::Bytes(uuid.map(|u| u.as_bytes().to_vec()))
}

/// An identifier as the database kept it.
pub(crate) fn uuid(bytes: &[u8]) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|_| StoreError::inconsistent("uuid", hex::encode(bytes)))
}

/// A hash as the database kept it.
pub(crate) fn hash(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::inconsistent("hash", hex::encode(bytes)))
}
