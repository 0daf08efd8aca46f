@NullMarked
package io.parallax.contract.seal;

import org.jspecify.annotations.NullMarked;
