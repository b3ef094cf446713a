//! The sample store: real sample data one call away, ready to sell, its licence named.

mod history;

use api::staff::{Role, SignedIn};
use api::store::{LaunchConstraints, Segment, Setup, StoreProfile};
use api::sync::Entity;
use axum::Json;
use commerce::Money;
use sample::{Sample, SampleProduct};
use serde_json::{Value, json};

use crate::catalog::haystack;
use crate::db::{args, product, store};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Actor, Audited, Write};
use crate::{document, launch, rules, segments};

/// Shown wherever the sample store is.
pub const ATTRIBUTION: &str = "Sample data: Online Retail, Daqing Chen, UCI Machine Learning \
    Repository, 2015, DOI 10.24432/C5BW33, CC BY 4.0";
pub const SLUG: &str = "lantern-and-lark";

const RULES: &str = include_str!("rules.json");

/// Who owns the new store.
pub struct Owner {
    pub name: String,
    pub email: String,
    /// At least 12 characters.
    pub password: String,
}

/// How far the work is: a step's name, done, in all.
pub type Progress<'p> = &'p (dyn Fn(&'static str, usize, usize) + Send + Sync);

/// Whether the sample store stands in this data already.
pub async fn is_there(state: &AppState) -> AppResult<bool> {
    Ok(state.db().maybe::<store::StoreRow>(store::BY_SLUG, args![SLUG]).await?.is_some())
}

/// Makes the sample store: catalogue, customers, a year of orders, segments, launch constraints, a
/// rule set in force; live at the end. An address that is taken gets a number behind it.
pub async fn install(
    state: &AppState,
    owner: Owner,
    progress: Progress<'_>,
) -> AppResult<SignedIn> {
    progress("reading", 0, 1);
    let read = tokio::task::spawn_blocking(Sample::read);
    let sample = read.await.map_err(AppError::internal)?.map_err(AppError::internal)?;
    let signed_in = create(state, owner).await?;
    let store_id = signed_in.store.id.clone();
    products(state, &store_id, &sample.products, progress).await?;
    history::customers(state, &store_id, &sample, progress).await?;
    history::orders(state, &store_id, &sample, progress).await?;
    settle(state, &signed_in).await?;
    progress("done", 1, 1);
    let store = crate::routes::store::read(&mut state.db(), &store_id).await?;
    Ok(SignedIn { store, ..signed_in })
}

async fn create(state: &AppState, owner: Owner) -> AppResult<SignedIn> {
    let mut number = 1;
    loop {
        let slug = if number == 1 { SLUG.to_owned() } else { format!("{SLUG}-{number}") };
        let taken =
            state.db().maybe::<store::StoreRow>(store::BY_SLUG, args![&slug]).await?.is_some();
        if taken {
            number += 1;
            continue;
        }
        let setup = Setup {
            slug,
            profile: StoreProfile {
                name: "Lantern & Lark".into(),
                currency: "GBP".into(),
                timezone: "Europe/London".into(),
                country: "GB".into(),
                contact_email: "hello@lantern-and-lark.example".into(),
                language: "en".into(),
                tone: "warm".into(),
            },
            owner_name: owner.name,
            owner_email: owner.email,
            owner_password: owner.password,
        };
        let made = crate::bootstrap::create_store(state, setup, Some(ATTRIBUTION), None).await;
        return made.map(|(_, Json(signed_in))| signed_in);
    }
}

async fn products(
    state: &AppState,
    store_id: &str,
    products: &[SampleProduct],
    progress: Progress<'_>,
) -> AppResult<()> {
    let mut write = Write::begin(state, store_id, Actor::system(), None).await?;
    let now = write.now_ms();
    for (done, item) in products.iter().enumerate() {
        let (sku, category) = (item.sku.as_str(), item.category.as_str());
        let hay = haystack(&item.title, sku, category);
        let (price, cost) = (item.list_price.minor(), item.unit_cost.minor());
        let row = args![
            store_id,
            sku,
            &item.title,
            "",
            category,
            price,
            cost,
            item.stock,
            "live",
            "[]",
            None::<&str>,
            hay,
            now
        ];
        write.run(product::INSERT, row).await?;
        write.changed(Entity::Product, sku, 1).await?;
        if done % 200 == 0 {
            progress("products", done, products.len());
        }
    }
    let after = json!({ "products": products.len(), "source": ATTRIBUTION });
    let subject = format!("store/{store_id}");
    write.audit(Audited { what: "catalog.import", subject, after, ..Audited::default() }).await?;
    write.commit().await
}

/// Segments, launch constraints, rules; then live.
async fn settle(state: &AppState, signed_in: &SignedIn) -> AppResult<()> {
    let (store_id, staff) = (&signed_in.store.id, &signed_in.staff);
    let studied = rules::study::study(state, store_id, RULES).await?;
    let actor = Actor {
        id: staff.id.clone(),
        name: staff.name.clone(),
        role: Role::Owner.as_str().to_owned(),
    };
    let mut write = Write::begin(state, store_id, actor, None).await?;
    let list = json!(starting_segments());
    document::save(&mut write, (segments::DOCUMENT, Entity::Segments, "segments"), &list, 0)
        .await?;
    let constraints = json!(starting_launch(&mut write).await?);
    document::save(&mut write, (launch::DOCUMENT, Entity::Launch, "launch"), &constraints, 0)
        .await?;
    rules::begin_with(&mut write, "Starting rules", RULES, &studied).await?;
    write.run(store::SET_LIVE, args![store_id, true]).await?;
    write.changed(Entity::Store, "profile", 2).await?;
    let subject = format!("store/{store_id}");
    let after: Value = json!({ "live": true, "paused": false });
    write.audit(Audited { what: "store.go_live", subject, after, ..Audited::default() }).await?;
    write.commit().await
}

fn starting_segments() -> Vec<Segment> {
    let by_tag = |name: &str, label: &str| Segment {
        name: name.into(),
        label: label.into(),
        countries: vec![],
        spend_min: None,
        orders_min: None,
        tags: vec![name.into()],
        customers: 0,
    };
    vec![by_tag("vip", "Regulars"), by_tag("wholesale", "Wholesale"), by_tag("new", "New")]
}

async fn starting_launch(write: &mut Write) -> AppResult<LaunchConstraints> {
    let id = write.store_id.clone();
    let rows: Vec<(String, i64)> = write.all(product::CATEGORIES, args![id]).await?;
    let mut tops: Vec<String> = rows
        .into_iter()
        .map(|(path, _)| path.split('/').next().unwrap_or_default().to_owned())
        .collect();
    tops.dedup();
    let budget = Money::from_minor(50_000, commerce::Currency::GBP).map_err(AppError::internal)?;
    Ok(LaunchConstraints {
        go_live_on: None,
        categories: tops,
        daily_discount_budget: Some(budget.into()),
        approver_role: Some(Role::Manager),
        rev: 0,
    })
}
