@NullMarked
package io.parallax.contract.tally;

import org.jspecify.annotations.NullMarked;
