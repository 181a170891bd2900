//! How much one address or one member may ask, the same everywhere.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use domain::id::MemberId;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::client_ip::ClientIp;
use crate::problem::{self, Problem};

/// Posts without a session, from one address, in ten minutes. A shop is one address.
const VISITOR_POSTS: NonZeroU32 = NonZeroU32::new(20).unwrap();
const VISITOR_WINDOW: Duration = Duration::from_secs(600);
/// Commands of one member.
const COMMANDS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();
const COMMANDS_AT_ONCE: NonZeroU32 = NonZeroU32::new(200).unwrap();

#[derive(Debug)]
pub struct Limits {
    visitors: DefaultKeyedRateLimiter<IpAddr>,
    members: DefaultKeyedRateLimiter<MemberId>,
    clock: DefaultClock,
}

impl Default for Limits {
    fn default() -> Limits {
        let each = VISITOR_WINDOW / VISITOR_POSTS.get();
        // A period that is not zero is always a quota.
        let visitors = Quota::with_period(each).unwrap_or(Quota::per_minute(VISITOR_POSTS)).allow_burst(VISITOR_POSTS);
        let members = Quota::per_minute(COMMANDS_PER_MINUTE).allow_burst(COMMANDS_AT_ONCE);
        Limits { visitors: RateLimiter::keyed(visitors), members: RateLimiter::keyed(members), clock: DefaultClock::default() }
    }
}

impl Limits {
    /// One more post from somebody who is not signed in.
    pub fn visitor_posts(&self, ip: ClientIp) -> Result<(), Problem> {
        self.visitors.check_key(&ip.household()).map_err(|not_yet| self.wait(not_yet.wait_time_from(self.clock.now())))
    }

    /// So many more commands of a member, all or none.
    pub fn commands(&self, member: MemberId, count: usize) -> Result<(), Problem> {
        let Some(count) = u32::try_from(count).ok().and_then(NonZeroU32::new) else { return Ok(()) };
        match self.members.check_key_n(&member, count) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(not_yet)) => Err(self.wait(not_yet.wait_time_from(self.clock.now()))),
            Err(_) => Err(problem::TOO_MANY_COMMANDS),
        }
    }

    fn wait(&self, wait: Duration) -> Problem {
        problem::too_many(wait.as_secs().saturating_add(1))
    }

    /// Forgets those who have been quiet for long enough.
    pub fn forget_quiet(&self) {
        self.visitors.retain_recent();
        self.members.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_posts_then_a_pause() {
        let limits = Limits::default();
        let ip = ClientIp("203.0.113.7".parse().unwrap());
        for _ in 0..20 {
            assert!(limits.visitor_posts(ip).is_ok());
        }
        let refused = limits.visitor_posts(ip).unwrap_err();
        assert_eq!(refused.status, 429);
        assert!(refused.retry_after_s.is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert!(limits.visitor_posts(ClientIp("203.0.113.8".parse().unwrap())).is_ok());
    }

    #[test]
    fn two_hundred_commands_at_once_and_no_more() {
        let limits = Limits::default();
        let member = MemberId(uuid::Uuid::nil());
        for _ in 0..4 {
            assert!(limits.commands(member, 50).is_ok());
        }
        assert!(limits.commands(member, 2).is_err());
    }
}
