@NullMarked
package io.parallax.worker.report;

import org.jspecify.annotations.NullMarked;
