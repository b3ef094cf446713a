//! Where a request comes from: said here alone, and used by every limit per client address.
//!
//! That is the peer of the connection, unless the peer is a proxy that whoever runs the service trusts.
//! A trusted proxy puts who spoke to it on the right of `X-Forwarded-For`; what stands further left
//! was sent by the client and may be made up, so it is never believed beyond the first address that
//! is no trusted proxy.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

/// Clients may send it as well.
const FORWARDED: &str = "x-forwarded-for";
/// A provider hands a customer at least this much of IPv6: its addresses are one client.
const V6_NETWORK: u32 = 64;

/// What limits count by: an IPv4 address, or an IPv6 network of /64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientAddress(IpAddr);

impl std::fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ClientAddress {
    /// Whether it is this machine: a proxy that is not named as trusted, or somebody at its desk.
    pub(crate) fn is_loopback(self) -> bool {
        // the network of `::1` is written `::`
        self.0.is_loopback() || self.0.is_unspecified()
    }

    fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
        let mut nearest = peer.to_canonical();
        let hops = headers.get_all(FORWARDED).iter().rev();
        let hops = hops.flat_map(|line| line.to_str().unwrap_or("").rsplit(','));
        for hop in hops {
            // a hop that cannot be read, and all before it, is no word of a proxy of ours
            let Some(before) = read(hop).filter(|_| is_trusted(&nearest)) else { break };
            nearest = before;
        }
        Self(counted_as(nearest))
    }
}

/// `192.0.2.1`, `2001:db8::1`, and both as some proxies write them with a port.
fn read(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop.parse().or_else(|_| hop.parse::<SocketAddr>().map(|with| with.ip()));
    Some(address.ok()?.to_canonical())
}

fn counted_as(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let host_bits = 128 - V6_NETWORK;
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> host_bits << host_bits))
        }
    }
}

/// Notes the client's address with the request.
pub(crate) async fn note(
    State(trusted): State<Arc<[IpNet]>>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(info) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let address = ClientAddress::of(info.0.ip(), request.headers(), &trusted);
        request.extensions_mut().insert(address);
    }
    next.run(request).await
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn client(address: &str) -> ClientAddress {
        ClientAddress(counted_as(address.parse().expect("an address")))
    }

    fn check(peer: &str, forwarded: &[&str], expected: &str) {
        let trusted = ["10.0.0.0/8", "2001:db8:ffff::/48"].map(|net| net.parse().expect("a net"));
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED, line.parse().expect("a header"));
        }
        let found = ClientAddress::of(peer.parse().expect("an address"), &headers, &trusted);
        assert_eq!(found, client(expected), "{peer} {forwarded:?}");
    }

    #[test]
    fn the_right_most_address_that_is_no_proxy_of_ours() {
        // without a proxy, and with the header forged by whoever comes directly
        check("203.0.113.9", &[], "203.0.113.9");
        check("203.0.113.9", &["198.51.100.1"], "203.0.113.9");
        check("203.0.113.9", &["198.51.100.1, 10.0.0.1"], "203.0.113.9");
        // behind one proxy, behind two
        check("10.0.0.1", &["203.0.113.9"], "203.0.113.9");
        check("10.0.0.1", &["203.0.113.9, 10.0.0.2"], "203.0.113.9");
        check("10.0.0.1", &["203.0.113.9:4711"], "203.0.113.9");
        // what the client forged stands on the left, in the same header or one before
        check("10.0.0.1", &["198.51.100.1, 203.0.113.9"], "203.0.113.9");
        check("10.0.0.1", &["198.51.100.1", "203.0.113.9, 10.0.0.2"], "203.0.113.9");
        check("10.0.0.1", &["10.0.0.7, 203.0.113.9"], "203.0.113.9");
        check("10.0.0.1", &["garbage, 203.0.113.9"], "203.0.113.9");
        // a proxy that says nothing, or nothing that can be read, is the client itself
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.1, unknown"], "10.0.0.1");
        check("10.0.0.1", &["203.0.113.9, , 10.0.0.2"], "10.0.0.2");
    }

    #[test]
    fn an_ipv6_network_is_one_client_and_a_mapped_address_is_its_ipv4() {
        check("2001:db8:1:2:3:4:5:6", &[], "2001:db8:1:2::");
        check("2001:db8:1:2:ffff::1", &[], "2001:db8:1:2:3:4:5:6");
        check("::ffff:203.0.113.9", &[], "203.0.113.9");
        check("::ffff:10.0.0.1", &["[2001:db8:1:2::9]:443"], "2001:db8:1:2::");
        check("2001:db8:ffff::1", &["::ffff:203.0.113.9"], "203.0.113.9");
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
    }

    #[test]
    fn this_machine_is_known_by_either_family() {
        for (address, here) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("::ffff:127.0.0.2", true),
            ("203.0.113.9", false),
            ("10.0.0.1", false),
            ("2001:db8::1", false),
        ] {
            let found =
                ClientAddress::of(address.parse().expect("an address"), &HeaderMap::new(), &[]);
            assert_eq!(found.is_loopback(), here, "{address}");
        }
    }
}
