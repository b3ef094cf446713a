-- The life of a rule set: reviews, acknowledgements, schedules, roll back, shadow decisions.
-- Expand only: a service of the version before knows nothing of it and may run beside this one.

-- The rule set that this one replaced when it took effect; roll back goes there.
ALTER TABLE rule_sets ADD COLUMN replaces TEXT;
UPDATE rule_sets SET replaces = (
  SELECT earlier.rule_set_id FROM rule_sets earlier
  WHERE earlier.store_id = rule_sets.store_id AND earlier.activated_at IS NOT NULL
    AND earlier.version < rule_sets.version
  ORDER BY earlier.version DESC LIMIT 1
) WHERE activated_at IS NOT NULL;
CREATE UNIQUE INDEX rule_sets_by_version ON rule_sets (store_id, version);
-- One set in shadow a store, whatever races.
CREATE UNIQUE INDEX rule_sets_in_shadow ON rule_sets (store_id) WHERE state = 'shadow';

-- What is attached to a version on leaving draft, and the word on it. `findings` is
-- `api::rules::Findings`, `replay` is `api::rules::ReplayReport`, as JSON.
CREATE TABLE rule_reviews (
  store_id      TEXT NOT NULL,
  rule_set_id   TEXT NOT NULL,
  note          TEXT NOT NULL,
  asked_by      TEXT NOT NULL,
  asked_at      BIGINT NOT NULL,
  findings      TEXT NOT NULL,
  replay        TEXT,
  -- null until decided; false: sent back
  approved      BOOLEAN,
  decided_by_id TEXT,
  decided_by    TEXT,
  decided_at    BIGINT,
  reason        TEXT,
  PRIMARY KEY (store_id, rule_set_id)
);

-- `finding_hash` is the SHA-256 of `finding` (`api::rules::FindingName` as JSON), which may be long.
CREATE TABLE rule_acknowledgements (
  store_id      TEXT NOT NULL,
  rule_set_id   TEXT NOT NULL,
  finding_hash  TEXT NOT NULL,
  finding       TEXT NOT NULL,
  reason        TEXT NOT NULL,
  by_name       TEXT NOT NULL,
  at            BIGINT NOT NULL,
  PRIMARY KEY (store_id, rule_set_id, finding_hash)
);

-- Versions that take effect by themselves, and on whose word.
CREATE TABLE rule_schedules (
  store_id      TEXT NOT NULL,
  rule_set_id   TEXT NOT NULL,
  at            BIGINT NOT NULL,
  reason        TEXT NOT NULL,
  by_id         TEXT NOT NULL,
  by_name       TEXT NOT NULL,
  by_role       TEXT NOT NULL,
  PRIMARY KEY (store_id, rule_set_id)
);
CREATE INDEX rule_schedules_due ON rule_schedules (at);

-- What the set in shadow decided beside the one in force. A reason says that it was blocked; prices
-- are minor units of the store's currency. Ids are UUIDv7, so in the order of time.
CREATE TABLE shadow_decisions (
  store_id      TEXT NOT NULL,
  rule_set_id   TEXT NOT NULL,
  decision_id   TEXT NOT NULL,
  at            BIGINT NOT NULL,
  -- empty where the rules let no negotiation begin
  negotiation_id TEXT NOT NULL,
  sku           TEXT NOT NULL,
  title         TEXT NOT NULL,
  quantity      BIGINT NOT NULL,
  offer         BIGINT,
  active_reason TEXT,
  active_floor  BIGINT,
  active_ceiling BIGINT,
  active_target BIGINT,
  active_accept BIGINT,
  shadow_reason TEXT,
  shadow_floor  BIGINT,
  shadow_ceiling BIGINT,
  shadow_target BIGINT,
  shadow_accept BIGINT,
  differs       BOOLEAN NOT NULL,
  PRIMARY KEY (store_id, rule_set_id, decision_id)
);
CREATE INDEX shadow_decisions_by_time ON shadow_decisions (at);
