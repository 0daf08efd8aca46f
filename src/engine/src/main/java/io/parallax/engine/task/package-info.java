/**
 * What a plan says and a task answers, as documents. Planning writes them and comparing reads them, in other processes
 * and maybe of another version: fields come along, none goes or changes its meaning. Plan and compare both depend on
 * this package and never on each other.
 */
@NullMarked
package io.parallax.engine.task;

import org.jspecify.annotations.NullMarked;
