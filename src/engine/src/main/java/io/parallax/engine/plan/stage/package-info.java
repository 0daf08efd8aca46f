/**
 * What keeps a plan going from stage to stage: the snapshots that its tasks share and who keeps them, and the tasks
 * that a residue leaves to be done.
 */
@NullMarked
package io.parallax.engine.plan.stage;

import org.jspecify.annotations.NullMarked;
