/**
 * What the two services tell each other: jobs and tasks to workers, reports from them, and orders to all of them. Each is a
 * record whose JSON is pinned by a golden file; changes only add to it, as replicas of two versions talk to each other.
 */
@NullMarked
package io.parallax.contract.message;

import org.jspecify.annotations.NullMarked;
