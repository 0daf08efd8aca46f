@NullMarked
package io.parallax.contract.message;

import org.jspecify.annotations.NullMarked;
