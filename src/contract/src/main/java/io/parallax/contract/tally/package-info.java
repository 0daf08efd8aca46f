/**
 * Counts of tasks. Those of two parts add up to those of both, in any order, and so do residues, timelines and what was read
 * when; a diff's figures are nothing but their sum.
 */
@NullMarked
package io.parallax.contract.tally;

import org.jspecify.annotations.NullMarked;
