/**
 * What workers have made: a plan, the tasks of a later stage, the counts of a task. The first result of a task counts, any
 * other is dropped. A plan that leaves nothing to do, as that of most diffs, is taken in and finished by one statement.
 */
@NullMarked
package io.parallax.api.ledger.results;

import org.jspecify.annotations.NullMarked;
