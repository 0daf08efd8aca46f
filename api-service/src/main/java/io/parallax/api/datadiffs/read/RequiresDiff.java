package io.parallax.api.datadiffs.read;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A call that begins to answer before it has looked at its diff, which is looked for beforehand therefore. */
@NameBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface RequiresDiff {}
