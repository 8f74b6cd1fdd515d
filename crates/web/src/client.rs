//! Where a request comes from: the peer, or who the peer says it speaks for when it is a proxy of ours.

use crate::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Address of the person's device or of her provider's gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
        let said = parts.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok());
        Ok(Self(client(
            peer,
            said.unwrap_or(""),
            &state.office.settings().trusted_proxies,
        )))
    }
}

/// Each proxy adds whom it speaks for at the end: the last address that is not a trusted proxy is the client. What stands
/// before it was written by the client itself.
fn client(peer: IpAddr, forwarded: &str, trusted: &[IpAddr]) -> IpAddr {
    let mut at = peer;
    for said in forwarded.rsplit(',') {
        if !trusted.contains(&at) {
            break;
        }
        match said.trim().parse() {
            Ok(address) => at = address,
            Err(_) => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::client;
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap_or_else(|_| panic!("{text} is no address"))
    }

    #[test]
    fn who_is_no_proxy_of_ours_speaks_only_for_herself() {
        assert_eq!(client(ip("203.0.113.9"), "10.1.1.1", &[ip("10.0.0.1")]), ip("203.0.113.9"));
    }

    #[test]
    fn behind_proxies_of_ours_the_last_address_that_is_none_counts_and_what_a_client_writes_before_does_not() {
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        let said = "1.2.3.4, 203.0.113.9, 10.0.0.2";
        assert_eq!(client(ip("10.0.0.1"), said, &proxies), ip("203.0.113.9"));
        assert_eq!(client(ip("10.0.0.1"), "rubbish", &proxies), ip("10.0.0.1"));
    }
}
