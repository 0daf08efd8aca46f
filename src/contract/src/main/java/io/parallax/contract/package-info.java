/**
 * What the API service and the workers say to each other, and nothing else.
 *
 * <p>The API service stores a diff and sends a {@link io.parallax.contract.message.Job} that asks a worker
 * for a plan. The plan's tasks come back, go into the ledger, and out again as {@link
 * io.parallax.contract.message.CompareTask}s. Every answer is a {@link io.parallax.contract.message.Report}.
 * {@link io.parallax.contract.message.Control} tells workers to stop.
 */
@NullMarked
package io.parallax.contract;

import org.jspecify.annotations.NullMarked;
