-- Old answers are looked for every minute: by age, without reading the younger ones.

CREATE INDEX idempotency_by_age ON idempotency (created_at);
