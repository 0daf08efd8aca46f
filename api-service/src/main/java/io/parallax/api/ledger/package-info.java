@NullMarked
package io.parallax.api.ledger;

import org.jspecify.annotations.NullMarked;
