/**
 * Who may do what: API keys of which the store has hashes only, three roles, and how much a key may ask for in a while.
 */
@NullMarked
package io.parallax.api.security;

import org.jspecify.annotations.NullMarked;
