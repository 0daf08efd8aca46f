/** What operators do on the command line, without the service. */
@NullMarked
package io.parallax.api.commands;

import org.jspecify.annotations.NullMarked;
