//! An order's life and its payment's life: two tables, and the one rule on refunds. Never talks to a
//! payment provider; never decides who may act.

use thiserror::Error;

use crate::lifecycle::{NotAllowedNow, transitions, words};
use crate::money::{Money, MoneyError};

words! {
    /// Where an order stands.
    OrderState ("order state") {
        Placed = "placed",
        Paid = "paid",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        Cancelled = "cancelled",
        ReturnRequested = "return_requested",
        Returned = "returned",
    }
}

words! {
    /// What can happen to an order.
    OrderAct ("order act") {
        /// The money is captured.
        Pay = "pay",
        Pack = "pack",
        Ship = "ship",
        Deliver = "deliver",
        /// Before it leaves the house; money already captured is then owed back.
        Cancel = "cancel",
        RequestReturn = "request_return",
        /// The customer keeps it, or the merchant refuses: back to delivered.
        DropReturn = "drop_return",
        /// The goods are back.
        ReceiveReturn = "receive_return",
    }
}

transitions! {
    /// Every transition of an order there is.
    ORDER_TRANSITIONS (OrderState, OrderAct) {
        Placed: Pay => Paid,
        Placed: Cancel => Cancelled,
        Paid: Pack => Packed,
        Paid: Cancel => Cancelled,
        Packed: Ship => Shipped,
        Packed: Cancel => Cancelled,
        Shipped: Deliver => Delivered,
        Delivered: RequestReturn => ReturnRequested,
        ReturnRequested: ReceiveReturn => Returned,
        ReturnRequested: DropReturn => Delivered,
    }
}

impl OrderState {
    /// Whether nothing more can happen.
    pub fn is_end(self) -> bool {
        self.allowed().is_empty()
    }
}

words! {
    /// Where a payment stands.
    PaymentState ("payment state") {
        Pending = "pending",
        /// The money is set aside at the customer's bank.
        Authorised = "authorised",
        /// The money is the merchant's, less what was refunded since.
        Captured = "captured",
        Declined = "declined",
        TimedOut = "timed_out",
        /// Set-aside money let go before capture.
        Voided = "voided",
        /// All that was captured has gone back.
        Refunded = "refunded",
    }
}

words! {
    /// What can happen to a payment, refunds apart (see [`Payment::refund`]).
    PaymentAct ("payment act") {
        Authorise = "authorise",
        Capture = "capture",
        Decline = "decline",
        TimeOut = "time_out",
        Void = "void",
        /// The customer tries again.
        Retry = "retry",
    }
}

transitions! {
    /// Every transition of a payment there is, refunds apart. A payment that timed out on our side can
    /// still be authorised or captured: the provider's late word is the truth about the money.
    PAYMENT_TRANSITIONS (PaymentState, PaymentAct) {
        Pending: Authorise => Authorised,
        Pending: Capture => Captured,
        Pending: Decline => Declined,
        Pending: TimeOut => TimedOut,
        Authorised: Capture => Captured,
        Authorised: Decline => Declined,
        Authorised: Void => Voided,
        Declined: Retry => Pending,
        TimedOut: Retry => Pending,
        TimedOut: Authorise => Authorised,
        TimedOut: Capture => Captured,
        TimedOut: Decline => Declined,
    }
}

/// One order's payment. Holds 0 ≤ refunded ≤ captured = amount once captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    state: PaymentState,
    amount: Money,
    refunded: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaymentError {
    #[error(transparent)]
    NotAllowedNow(#[from] NotAllowedNow),
    #[error("a refund of {asked} is more than the {left} that is left of what was captured")]
    RefundTooLarge { asked: Money, left: Money },
    #[error("expected an amount above zero, got {0}")]
    NotPositive(Money),
    #[error("a payment that is {state} cannot have {refunded} refunded of {amount}")]
    Impossible { state: PaymentState, refunded: Money, amount: Money },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Payment {
    /// A payment not yet tried. `amount` is 0 for an order that costs nothing.
    pub fn pending(amount: Money) -> Result<Self, PaymentError> {
        Self::restore(PaymentState::Pending, amount, Money::zero(amount.currency()))
    }

    /// A payment as it was kept; refused when the figures contradict the state.
    pub fn restore(
        state: PaymentState,
        amount: Money,
        refunded: Money,
    ) -> Result<Self, PaymentError> {
        if amount.is_negative() {
            return Err(PaymentError::NotPositive(amount));
        }
        let left = amount.checked_sub(refunded)?;
        let fits = match state {
            PaymentState::Captured => {
                !refunded.is_negative() && (left.minor() > 0 || refunded.is_zero())
            }
            PaymentState::Refunded => left.is_zero() && !refunded.is_zero(),
            _ => refunded.is_zero(),
        };
        if !fits {
            return Err(PaymentError::Impossible { state, refunded, amount });
        }
        Ok(Self { state, amount, refunded })
    }

    pub fn state(&self) -> PaymentState {
        self.state
    }

    pub fn amount(&self) -> Money {
        self.amount
    }

    pub fn refunded(&self) -> Money {
        self.refunded
    }

    /// What was captured: the whole amount, or nothing.
    pub fn captured(&self) -> Money {
        match self.state {
            PaymentState::Captured | PaymentState::Refunded => self.amount,
            _ => Money::zero(self.amount.currency()),
        }
    }

    /// The payment after `act`, or why not; the original stands.
    pub fn after(self, act: PaymentAct) -> Result<Self, NotAllowedNow> {
        Ok(Self { state: self.state.after(act)?, ..self })
    }

    /// Gives back part or all of what was captured: never more than is left, to the minor unit.
    pub fn refund(self, asked: Money) -> Result<Self, PaymentError> {
        if self.state != PaymentState::Captured {
            let allowed = self.state.allowed().into_iter();
            let allowed = allowed.map(PaymentAct::as_str).collect();
            let refused = NotAllowedNow { state: self.state.as_str(), act: "refund", allowed };
            return Err(refused.into());
        }
        let left = self.amount.checked_sub(self.refunded)?;
        let after = left.checked_sub(asked)?;
        if asked.minor() <= 0 {
            return Err(PaymentError::NotPositive(asked));
        }
        if after.is_negative() {
            return Err(PaymentError::RefundTooLarge { asked, left });
        }
        let state = if after.is_zero() { PaymentState::Refunded } else { PaymentState::Captured };
        Ok(Self { state, refunded: self.refunded.checked_add(asked)?, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use proptest::prelude::*;

    fn pounds(minor: i64) -> Money {
        Money::from_minor(minor, Currency::GBP).unwrap()
    }

    /// `states` in rows, `acts` in columns; `.` is refused.
    const ORDER_CASES: &str = "
        .                pay  pack   ship    deliver   cancel    request_return   drop_return receive_return
        placed           paid .      .       .         cancelled .                .           .
        paid             .    packed .       .         cancelled .                .           .
        packed           .    .      shipped .         cancelled .                .           .
        shipped          .    .      .       delivered .         .                .           .
        delivered        .    .      .       .         .         return_requested .           .
        cancelled        .    .      .       .         .         .                .           .
        return_requested .    .      .       .         .         .                delivered   returned
        returned         .    .      .       .         .         .                .           .";

    #[test]
    fn an_order_moves_only_as_the_table_says() {
        let mut rows = ORDER_CASES.lines().map(str::split_whitespace).skip(1);
        let acts: Vec<OrderAct> =
            rows.next().unwrap().skip(1).map(|word| word.parse().unwrap()).collect();
        assert_eq!(acts.len(), OrderAct::ALL.len());
        let mut seen = 0;
        for mut row in rows {
            let state: OrderState = row.next().unwrap().parse().unwrap();
            for (&act, to) in acts.iter().zip(row) {
                let got = state.after(act).map_or(".", OrderState::as_str);
                assert_eq!(got, to, "{state} {act}");
            }
            assert_eq!(state.is_end(), matches!(state.as_str(), "cancelled" | "returned"));
            seen += 1;
        }
        assert_eq!(seen, OrderState::ALL.len());
    }

    #[test]
    fn a_refusal_says_what_is_allowed_instead() {
        let refused = OrderState::Placed.after(OrderAct::Ship).unwrap_err();
        let text = "ship is not allowed now: the state is placed, which allows pay, cancel";
        assert_eq!(refused.to_string(), text);
    }

    #[test]
    fn a_late_capture_still_counts_and_a_second_one_does_not() {
        let payment = Payment::pending(pounds(1_000)).unwrap();
        let late = payment.after(PaymentAct::TimeOut).unwrap().after(PaymentAct::Capture).unwrap();
        assert_eq!(late.captured(), pounds(1_000));
        assert!(late.after(PaymentAct::Capture).is_err());
        let declined = payment.after(PaymentAct::Decline).unwrap();
        assert!(declined.after(PaymentAct::Capture).is_err());
        assert!(declined.after(PaymentAct::Retry).unwrap().after(PaymentAct::Capture).is_ok());
    }

    /// WooCommerce #64668, Vendure #890, Solidus #512: a refund one penny over the order.
    #[test]
    fn a_refund_never_exceeds_what_was_captured() {
        let captured = Payment::pending(pounds(1_000)).unwrap().after(PaymentAct::Capture).unwrap();
        let part = captured.refund(pounds(999)).unwrap();
        assert_eq!(part.state(), PaymentState::Captured);
        assert!(matches!(part.refund(pounds(2)), Err(PaymentError::RefundTooLarge { .. })));
        let all = part.refund(pounds(1)).unwrap();
        assert_eq!((all.state(), all.refunded()), (PaymentState::Refunded, pounds(1_000)));
        assert!(all.refund(pounds(1)).is_err());
        assert!(captured.refund(pounds(0)).is_err() && captured.refund(pounds(-1)).is_err());
        assert!(captured.refund(Money::from_minor(1, Currency::EUR).unwrap()).is_err());
        assert!(Payment::pending(pounds(5)).unwrap().refund(pounds(1)).is_err());
    }

    #[test]
    fn kept_figures_that_contradict_the_state_are_refused() {
        for (state, amount, refunded, fits) in [
            (PaymentState::Captured, 10, 0, true),
            (PaymentState::Captured, 10, 4, true),
            (PaymentState::Captured, 10, 10, false),
            (PaymentState::Captured, 10, 11, false),
            (PaymentState::Captured, 10, -1, false),
            (PaymentState::Refunded, 10, 10, true),
            (PaymentState::Refunded, 10, 9, false),
            (PaymentState::Pending, 10, 1, false),
            (PaymentState::Pending, -1, 0, false),
            (PaymentState::Captured, 0, 0, true),
        ] {
            let got = Payment::restore(state, pounds(amount), pounds(refunded));
            assert_eq!(got.is_ok(), fits, "{state} {amount} {refunded}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_asked_refunds_stay_within_capture(
            amount in 0_i64..10_000, asks in prop::collection::vec(-5_i64..4_000, 0..12)
        ) {
            let mut payment = Payment::pending(pounds(amount)).unwrap().after(PaymentAct::Capture).unwrap();
            for ask in asks {
                if let Ok(next) = payment.refund(pounds(ask)) {
                    prop_assert_eq!(next.refunded().minor(), payment.refunded().minor() + ask);
                    payment = next;
                }
                prop_assert!(payment.refunded().minor() <= payment.captured().minor());
                let kept = Payment::restore(payment.state(), payment.amount(), payment.refunded());
                prop_assert_eq!(kept.unwrap(), payment);
            }
        }
    }
}
