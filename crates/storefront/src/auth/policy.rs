//! Roles and actions, decided by Cedar policies (`policies.cedar`). Deny unless permitted.

use std::collections::{HashMap, HashSet};

use api::staff::Role;
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request,
};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $group:literal, $text:literal;)*) => {
        /// What a caller asks to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Action { $($(#[$doc])* $name),* }
        impl Action {
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
            fn group(self) -> &'static str {
                match self { $(Self::$name => $group),* }
            }
        }
    };
}

actions! {
    /// Store, catalogue, rule sets, negotiations, orders, home.
    ReadStore => "read", "store.read";
    /// Answer negotiations; how low is the domain's table.
    ServeNegotiation => "serve", "negotiation.serve";
    ChangeOrder => "serve", "order.change";
    /// Customers, and who bought an order and what they bought before: null without it.
    ReadCustomers => "serve", "customer.read";
    ChangeStore => "manage", "store.change";
    ChangeCatalog => "manage", "catalog.change";
    DraftRules => "manage", "rules.draft";
    ActivateRules => "manage", "rules.activate";
    PauseStore => "manage", "store.pause";
    ChangeSettings => "manage", "settings.change";
    GoLive => "own", "store.go_live";
    ChangeStaff => "own", "staff.change";
    ChangeApiKeys => "own", "api_key.change";
    ReadStaff => "manage", "staff.read";
    ReadAnalytics => "analyse", "analytics.read";
    /// Past order lines in bulk, for replay.
    ExportOrders => "analyse", "order.export";
    ReadAudit => "inspect", "audit.read";
}

/// The compiled policies with the answer to every role and action: both are closed sets, so each
/// pair is asked once, at start, and looked up after.
pub(crate) struct Policies {
    allowed: HashSet<(Role, Action)>,
}

impl Policies {
    pub(crate) fn load() -> Result<Self, String> {
        let policies: PolicySet =
            include_str!("policies.cedar").parse().map_err(|e| format!("policies: {e}"))?;
        let entities = entities()?;
        let authorizer = Authorizer::new();
        let resource = uid("Store", "any")?;
        let mut allowed = HashSet::new();
        for role in Role::ALL {
            for &action in Action::ALL {
                let request = Request::new(
                    uid("Role", role.as_str())?,
                    uid("Action", action.name())?,
                    resource.clone(),
                    Context::empty(),
                    None,
                )
                .map_err(|e| format!("request: {e}"))?;
                let answer = authorizer.is_authorized(&request, &policies, &entities);
                if answer.decision() == Decision::Allow {
                    allowed.insert((role, action));
                }
            }
        }
        Ok(Self { allowed })
    }

    pub(crate) fn allow(&self, role: Role, action: Action) -> bool {
        self.allowed.contains(&(role, action))
    }
}

fn uid(kind: &str, name: &str) -> Result<EntityUid, String> {
    format!("{kind}::{name:?}").parse().map_err(|e| format!("{kind} {name}: {e}"))
}

fn entities() -> Result<Entities, String> {
    let roles: [(&str, &[&str]); 6] = [
        ("reader", &[]),
        ("agent", &["reader"]),
        ("manager", &["agent"]),
        ("owner", &["manager"]),
        ("analyst", &["reader"]),
        ("auditor", &["reader"]),
    ];
    let mut all = Vec::new();
    for (role, parents) in roles {
        let parents = parents.iter().map(|p| uid("Role", p)).collect::<Result<HashSet<_>, _>>()?;
        all.push(entity(uid("Role", role)?, parents)?);
    }
    let mut groups = HashSet::new();
    for &action in Action::ALL {
        groups.insert(action.group());
        let parent = HashSet::from([uid("Action", action.group())?]);
        all.push(entity(uid("Action", action.name())?, parent)?);
    }
    for group in groups {
        all.push(entity(uid("Action", group)?, HashSet::new())?);
    }
    all.push(entity(uid("Store", "any")?, HashSet::new())?);
    Entities::from_entities(all, None).map_err(|e| format!("entities: {e}"))
}

fn entity(uid: EntityUid, parents: HashSet<EntityUid>) -> Result<Entity, String> {
    Entity::new(uid, HashMap::new(), parents).map_err(|e| format!("entity: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_its_work_and_no_more() {
        let policies = Policies::load().unwrap();
        let table: [(Action, [bool; 5]); 9] = [
            //                         owner  manager agent  analyst auditor
            (Action::ReadStore, [true, true, true, true, true]),
            (Action::ServeNegotiation, [true, true, true, false, false]),
            (Action::ActivateRules, [true, true, false, false, false]),
            (Action::ChangeStaff, [true, false, false, false, false]),
            (Action::GoLive, [true, false, false, false, false]),
            (Action::ReadAnalytics, [true, true, false, true, false]),
            (Action::ExportOrders, [true, true, false, true, false]),
            (Action::ReadAudit, [true, true, false, false, true]),
            (Action::ReadCustomers, [true, true, true, false, false]),
        ];
        for (action, expected) in table {
            for (role, expected) in Role::ALL.into_iter().zip(expected) {
                assert_eq!(policies.allow(role, action), expected, "{role:?} {action:?}");
            }
        }
    }
}
