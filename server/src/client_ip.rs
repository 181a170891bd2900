//! Who is at the other end of the wire: the socket's address, unless a proxy that we trust says.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::Extensions;
use axum::http::HeaderMap;
use ipnet::IpNet;

/// An IP address as limits count it: an IPv6 household is its /64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);

impl ClientIp {
    pub fn of(request: &Request, trusted: &[IpNet]) -> ClientIp {
        ClientIp::find(request.extensions(), request.headers(), trusted)
    }

    /// The last address of `X-Forwarded-For` that is not a trusted proxy's, read only if the socket is one's.
    pub fn find(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpNet]) -> ClientIp {
        let socket = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |info| info.0.ip().to_canonical());
        let is_trusted = |ip: &IpAddr| trusted.iter().any(|network| network.contains(ip));
        if !is_trusted(&socket) {
            return ClientIp(socket);
        }
        let forwarded: Vec<IpAddr> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map_while(|ip| ip.trim().parse::<IpAddr>().ok())
            .map(|ip| ip.to_canonical())
            .collect();
        ClientIp(forwarded.into_iter().rev().find(|ip| !is_trusted(ip)).unwrap_or(socket))
    }

    /// What limits count: the address, or its IPv6 /64.
    pub fn household(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(socket: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(socket.parse().unwrap(), 1)));
        let headers = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), forwarded.parse().unwrap())]);
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        ClientIp::find(&extensions, &headers, &trusted).0.to_string()
    }

    #[test]
    fn nobody_names_their_own_address() {
        assert_eq!(client("203.0.113.7", "10.1.1.1", &[]), "203.0.113.7");
        assert_eq!(client("10.0.0.1", "1.2.3.4, 198.51.100.9", &["10.0.0.0/8"]), "198.51.100.9");
        assert_eq!(client("10.0.0.1", "198.51.100.9, 10.0.0.2", &["10.0.0.0/8"]), "198.51.100.9");
        assert_eq!(client("10.0.0.1", "nonsense", &["10.0.0.0/8"]), "10.0.0.1");
    }

    #[test]
    fn a_household_is_one() {
        let of = |text: &str| ClientIp(text.parse().unwrap()).household();
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
