/** The directory that outlives a run: who may use it, what it holds, and the secrets kept in it. */
@NullMarked
package io.parallax.standalone.data;

import org.jspecify.annotations.NullMarked;
