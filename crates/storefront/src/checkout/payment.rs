//! Payment, behind a trait. The one provider today is a *test provider*: it takes no card and moves
//! no money.
//!
//! Protocol of a provider. `charge` is asked once per attempt and must be idempotent by `order_id`:
//! asked again for an order that it captured, it says `Captured` again and takes nothing more. It
//! answers within ten seconds; no answer is `TimedOut`, which says nothing about the money: the
//! order waits, and asking again for the same order finds out.

use std::time::Duration;

use commerce::Money;

use crate::error::{AppError, AppResult};

/// A provider that says nothing for so long has timed out.
const PATIENCE: Duration = Duration::from_secs(10);

/// One attempt to take an order's total.
#[derive(Debug, Clone)]
pub(crate) struct Charge {
    pub(crate) order_id: String,
    pub(crate) amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The money is the merchant's. The provider's own reference.
    Captured(String),
    Declined,
    TimedOut,
}

pub(crate) trait PaymentProvider: Sync {
    /// As the audit log and the order name it.
    fn name(&self) -> &'static str;

    fn charge(&self, charge: &Charge) -> impl Future<Output = Outcome> + Send;
}

/// Does what its card says: `approve`, `decline` or `timeout` (at once, so that nobody waits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TestProvider {
    Approve,
    Decline,
    Timeout,
}

impl TestProvider {
    pub(crate) fn of(card: &str) -> AppResult<Self> {
        match card {
            "approve" => Ok(Self::Approve),
            "decline" => Ok(Self::Decline),
            "timeout" => Ok(Self::Timeout),
            _ => {
                let message = "The test provider takes approve, decline or timeout.";
                Err(AppError::invalid("payment", message))
            }
        }
    }
}

impl PaymentProvider for TestProvider {
    fn name(&self) -> &'static str {
        "test provider"
    }

    async fn charge(&self, charge: &Charge) -> Outcome {
        match self {
            Self::Approve => Outcome::Captured(format!("test-{}", charge.order_id)),
            Self::Decline => Outcome::Declined,
            Self::Timeout => Outcome::TimedOut,
        }
    }
}

/// Charges, and takes silence for a timeout.
pub(crate) async fn charge(provider: &impl PaymentProvider, charge: &Charge) -> Outcome {
    let asked = tokio::time::timeout(PATIENCE, provider.charge(charge)).await;
    let outcome = asked.unwrap_or(Outcome::TimedOut);
    tracing::info!(
        provider = provider.name(), order = %charge.order_id, amount = %charge.amount,
        outcome = ?outcome, "payment"
    );
    outcome
}
