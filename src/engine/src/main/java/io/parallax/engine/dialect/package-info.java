/**
 * What the engine asks of a database, whatever kind it is. A {@link io.parallax.engine.dialect.Dialect} has a few roles,
 * each a narrow interface: its catalog, its fingerprints, its sessions. Plan and compare speak to these; what implements
 * them is found by the type of a source or the name in a plan, and imported by nobody.
 */
@NullMarked
package io.parallax.engine.dialect;

import org.jspecify.annotations.NullMarked;
