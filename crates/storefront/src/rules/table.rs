//! The life of a rule set, in one table: what may be done in which state, and what it becomes.
//! What is not in the table is refused. Who may do it, and on what conditions, is said elsewhere.

use api::error::ErrorCode;
use api::rules::RuleSetState as State;

use crate::db::rule_set::RuleSetRow;
use crate::error::{AppError, AppResult};

/// What can be done to a rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Edit,
    Delete,
    Submit,
    Acknowledge,
    Approve,
    SendBack,
    BeginShadow,
    EndShadow,
    Schedule,
    Unschedule,
    Activate,
    /// Another version takes its place.
    Retire,
    /// The version that replaced it is rolled back.
    Restore,
}

/// State, act, and the state after; `None`: it is gone.
const TABLE: &[(State, Act, Option<State>)] = &[
    (State::Draft, Act::Edit, Some(State::Draft)),
    (State::Draft, Act::Delete, None),
    (State::Draft, Act::Submit, Some(State::InReview)),
    (State::InReview, Act::Acknowledge, Some(State::InReview)),
    (State::InReview, Act::Approve, Some(State::InReview)),
    (State::InReview, Act::SendBack, Some(State::Retired)),
    (State::InReview, Act::BeginShadow, Some(State::Shadow)),
    (State::InReview, Act::Schedule, Some(State::InReview)),
    (State::InReview, Act::Unschedule, Some(State::InReview)),
    (State::InReview, Act::Activate, Some(State::Active)),
    (State::Shadow, Act::EndShadow, Some(State::InReview)),
    (State::Shadow, Act::SendBack, Some(State::Retired)),
    (State::Shadow, Act::Schedule, Some(State::Shadow)),
    (State::Shadow, Act::Unschedule, Some(State::Shadow)),
    (State::Shadow, Act::Activate, Some(State::Active)),
    (State::Active, Act::Retire, Some(State::Retired)),
    (State::Retired, Act::Restore, Some(State::Active)),
];

impl Act {
    #[cfg(test)]
    const ALL: [Self; 13] = [
        Self::Edit,
        Self::Delete,
        Self::Submit,
        Self::Acknowledge,
        Self::Approve,
        Self::SendBack,
        Self::BeginShadow,
        Self::EndShadow,
        Self::Schedule,
        Self::Unschedule,
        Self::Activate,
        Self::Retire,
        Self::Restore,
    ];

    /// What a person reads that they cannot do: "This version cannot be … now".
    fn done(self) -> &'static str {
        match self {
            Self::Edit => "changed",
            Self::Delete => "deleted",
            Self::Submit => "sent to review",
            Self::Acknowledge => "acknowledged on",
            Self::Approve => "approved",
            Self::SendBack => "sent back",
            Self::BeginShadow => "put in shadow",
            Self::EndShadow => "taken out of shadow",
            Self::Schedule => "scheduled",
            Self::Unschedule => "taken off its schedule",
            Self::Activate => "activated",
            Self::Retire => "retired",
            Self::Restore => "rolled back to",
        }
    }
}

/// The state after; refused with `not_allowed_now` and the present state where the table has none.
pub(crate) fn after(row: &RuleSetRow, act: Act) -> AppResult<Option<State>> {
    let state = read(&row.state)?;
    let found = TABLE.iter().find(|(from, with, _)| (*from, *with) == (state, act));
    found.map(|(_, _, to)| *to).ok_or_else(|| refused(state, act))
}

fn refused(state: State, act: Act) -> AppError {
    let now = word(state);
    let message = match (state, act) {
        (_, Act::Edit) => {
            "This version is out of draft and never changes. Make a copy to edit.".to_owned()
        }
        (_, Act::Delete) => "Only a draft can be deleted.".to_owned(),
        (State::Draft, _) => {
            format!("A draft cannot be {} yet. Send it to review first.", act.done())
        }
        _ => format!("A rule set that is {} cannot be {} now.", now.replace('_', " "), act.done()),
    };
    AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", now)
}

pub(crate) fn read(state: &str) -> AppResult<State> {
    serde_json::from_value(state.into()).map_err(AppError::internal)
}

/// As tables and the wire have it.
pub(crate) fn word(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::InReview => "in_review",
        State::Shadow => "shadow",
        State::Active => "active",
        State::Retired => "retired",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [State; 5] =
        [State::Draft, State::InReview, State::Shadow, State::Active, State::Retired];

    fn row(state: State) -> RuleSetRow {
        RuleSetRow {
            rule_set_id: "r1".into(),
            name: "Winter".into(),
            version: None,
            state: word(state).into(),
            document: String::new(),
            rules: 0,
            author_id: "s1".into(),
            author: "Sam".into(),
            rev: 1,
            updated_at: 0,
            activated_at: None,
            replaces: None,
            activates_at: None,
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_refused_with_the_present_state() {
        let mut allowed = 0;
        for state in STATES {
            for act in Act::ALL {
                match after(&row(state), act) {
                    Ok(_) => allowed += 1,
                    Err(AppError::Refused(body)) => {
                        assert_eq!(body.code, ErrorCode::NotAllowedNow, "{state:?} {act:?}");
                        assert_eq!(body.context["state"], word(state), "{state:?} {act:?}");
                    }
                    Err(other) => unreachable!("{state:?} {act:?}: {other:?}"),
                }
            }
        }
        assert_eq!(allowed, TABLE.len(), "no pair stands in the table twice");
    }

    #[test]
    fn only_a_draft_changes_and_nothing_becomes_a_draft_again() {
        for state in STATES.into_iter().filter(|state| *state != State::Draft) {
            assert!(after(&row(state), Act::Edit).is_err(), "{state:?}");
            assert!(after(&row(state), Act::Delete).is_err(), "{state:?}");
        }
        let back =
            TABLE.iter().find(|(from, _, to)| *from != State::Draft && *to == Some(State::Draft));
        assert_eq!(back, None);
    }

    #[test]
    fn only_what_was_reviewed_takes_effect() {
        let into: Vec<_> = TABLE
            .iter()
            .filter(|(_, _, to)| *to == Some(State::Active))
            .map(|(s, a, _)| (*s, *a))
            .collect();
        let expected = [
            (State::InReview, Act::Activate),
            (State::Shadow, Act::Activate),
            (State::Retired, Act::Restore),
        ];
        assert_eq!(into, expected);
    }
}
