/** Sessions on sources: opened with fixed settings, read only, always rolled back; errors told by SQLState. */
@NullMarked
package io.parallax.engine.source;

import org.jspecify.annotations.NullMarked;
