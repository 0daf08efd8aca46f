package io.parallax.api.security;

/** A key that is valid, without what only its keepers need to know. */
record KnownKey(long id, Role role) {}
