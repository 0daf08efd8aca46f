/** What tests need of the machine they run on. */
package io.parallax.oracle.needs;
