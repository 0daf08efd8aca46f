-- Whoever deletes a diff looks for the keys that its request came under.
create index idempotency_key_diff on idempotency_key (diff);
