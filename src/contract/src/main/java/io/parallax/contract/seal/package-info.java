/**
 * Connection details travel and are stored sealed, bound to the source they are of: whoever lacks the key cannot read them, and
 * those of one source do not open as another's.
 */
@NullMarked
package io.parallax.contract.seal;

import org.jspecify.annotations.NullMarked;
