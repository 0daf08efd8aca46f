/**
 * What a plan says and what a task answers. Planning writes these documents and comparing reads them, maybe years of versions
 * apart: fields come along, none goes or changes its meaning. Both depend on this package and never on each other.
 */
@NullMarked
package io.parallax.engine.task;

import org.jspecify.annotations.NullMarked;
