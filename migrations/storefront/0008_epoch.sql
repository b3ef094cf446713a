-- When clients were last made to pull afresh.

ALTER TABLE service ADD COLUMN renewed_at BIGINT;
