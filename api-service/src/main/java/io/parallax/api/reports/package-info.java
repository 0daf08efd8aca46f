/**
 * Takes what workers report from Kafka and gives each report to the feature it is for. Reports of one diff are taken in order,
 * those of others beside them; one that cannot be read goes to the dead letters and fails its diff.
 */
@NullMarked
package io.parallax.api.reports;

import org.jspecify.annotations.NullMarked;
