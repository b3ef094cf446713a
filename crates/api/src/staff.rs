//! Staff: who they are, how they sign in, what they may do.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::Instant;

/// What a member of staff may do. The service's policies say exactly; owner includes manager
/// includes agent; analyst reads; auditor reads, the audit log included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Agent,
    Analyst,
    Auditor,
}

impl Role {
    pub const ALL: [Self; 5] =
        [Self::Owner, Self::Manager, Self::Agent, Self::Analyst, Self::Auditor];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Agent => "agent",
            Self::Analyst => "analyst",
            Self::Auditor => "auditor",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Staff {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub active: bool,
    pub created_at: Instant,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct SignIn {
    /// The store's slug, as in its shop address.
    pub store: String,
    pub email: String,
    pub password: String,
    /// What this device calls itself in the list of sessions.
    #[serde(default)]
    pub device: String,
}

/// A signed-in session. `token` is given once, here, and kept in the OS keychain by the console.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct SignedIn {
    pub token: String,
    pub staff: Staff,
    pub store: crate::store::Store,
    pub expires_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct StaffSession {
    pub id: String,
    pub staff_id: String,
    pub staff_name: String,
    pub device: String,
    pub created_at: Instant,
    pub last_seen_at: Instant,
    pub expires_at: Instant,
    /// The session that asks.
    pub current: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct NewStaff {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// At least 12 characters.
    pub password: String,
}

/// Of one's own password.
#[derive(Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct PasswordChange {
    pub current: String,
    /// At least 12 characters.
    pub new: String,
}

/// Absent fields stay as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema, Type)]
#[serde(default)]
pub struct StaffChange {
    pub name: Option<String>,
    pub role: Option<Role>,
    pub active: Option<bool>,
    pub password: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ApiKey {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub created_at: Instant,
    pub last_used_at: Option<Instant>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct NewApiKey {
    pub name: String,
    pub role: Role,
}

/// The key itself is shown this once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct CreatedApiKey {
    pub key: ApiKey,
    pub secret: String,
}
