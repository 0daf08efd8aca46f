/** What clients ask about a source besides diffs: whether it works, what a table looks like, what a query finds. */
@NullMarked
package io.parallax.engine.question;

import org.jspecify.annotations.NullMarked;
