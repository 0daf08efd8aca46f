/**
 * Lists of diffs: filters, order and pages, all of them fields of a diff, and the SQL that finds them in time.
 */
@NullMarked
package io.parallax.api.datadiffs.list;

import org.jspecify.annotations.NullMarked;
