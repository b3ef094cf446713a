-- A document as the service last gave it (base), and with this console's waiting edits (local).
CREATE TABLE documents (
  store_id  TEXT NOT NULL,
  entity    TEXT NOT NULL,
  key       TEXT NOT NULL,
  -- of base; 0 while the service has none
  rev       INTEGER NOT NULL,
  base      TEXT,
  -- NULL: no edit waits
  local     TEXT,
  -- of products, for lists: what the newest of local and base says
  state     TEXT NOT NULL DEFAULT '',
  category  TEXT NOT NULL DEFAULT '',
  search    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, entity, key)
);
-- lists filter on this alone and fetch only the documents of one page
CREATE INDEX documents_lists ON documents (store_id, entity, key, state, category, search);

-- Edits that the service has not acknowledged, in the order of `ordinal`.
CREATE TABLE outbox (
  ordinal   INTEGER PRIMARY KEY AUTOINCREMENT,
  store_id  TEXT NOT NULL,
  -- UUIDv7, made when the person acted; the service applies it once
  id        TEXT NOT NULL,
  entity    TEXT NOT NULL,
  key       TEXT NOT NULL,
  base_rev  INTEGER NOT NULL,
  patch     TEXT NOT NULL,
  base      TEXT NOT NULL,
  made_at   INTEGER NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0,
  next_at   INTEGER NOT NULL DEFAULT 0,
  -- api::ErrorBody of the last try
  error     TEXT,
  UNIQUE (store_id, id)
);
CREATE INDEX outbox_things ON outbox (store_id, entity, key, ordinal);

-- Edits that a person must decide on: changed on both sides, or refused.
CREATE TABLE conflicts (
  store_id  TEXT NOT NULL,
  id        TEXT NOT NULL,
  entity    TEXT NOT NULL,
  key       TEXT NOT NULL,
  base_rev  INTEGER NOT NULL,
  rev       INTEGER NOT NULL,
  patch     TEXT NOT NULL,
  base      TEXT NOT NULL,
  made_at   INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  -- list of api::sync::ConflictField; empty where refused
  fields    TEXT NOT NULL,
  -- api::ErrorBody where refused
  refused   TEXT,
  PRIMARY KEY (store_id, id)
);

-- How far each store's change feed has been read.
CREATE TABLE feeds (
  store_id  TEXT PRIMARY KEY,
  epoch     TEXT NOT NULL,
  cursor    INTEGER NOT NULL,
  pulled_at INTEGER NOT NULL
);

-- Heads of the audit chain that were seen: witnesses outside the service's database.
CREATE TABLE audit_heads (
  store_id  TEXT NOT NULL,
  seq       INTEGER NOT NULL,
  hash      TEXT NOT NULL,
  seen_at   INTEGER NOT NULL,
  PRIMARY KEY (store_id, seq, hash)
);

-- Stores that this console has opened. Their tokens are in the OS keychain.
CREATE TABLE connections (
  id        TEXT PRIMARY KEY,
  -- local or hosted
  kind      TEXT NOT NULL,
  address   TEXT,
  store_id  TEXT NOT NULL,
  slug      TEXT NOT NULL,
  name      TEXT NOT NULL,
  email     TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  -- resumed at the next start; at most one
  resume    INTEGER NOT NULL DEFAULT 0
);

-- Preferences, recents, last known views: JSON by name.
CREATE TABLE remembered (
  name      TEXT PRIMARY KEY,
  value     TEXT NOT NULL
);

-- What documents were before their newest revision: a form that was filled in from one of these is
-- merged from it. This console's own acknowledged edits are laid onto them, so that going on typing
-- is never a conflict with oneself.
CREATE TABLE earlier (
  store_id  TEXT NOT NULL,
  entity    TEXT NOT NULL,
  key       TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  doc       TEXT NOT NULL,
  PRIMARY KEY (store_id, entity, key, rev)
);
