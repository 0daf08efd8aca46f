package io.parallax.oracle.needs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Of tests that need a program which a machine may lack; to be tagged {@code needs-<program>} as well. Without the program they
 * are skipped, unless the environment variable PARALLAX_REQUIRE (names with commas between) has it: then they fail.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NeedsCondition.class)
public @interface Needs {
    /** The program's name, as in the tag. */
    String value();

    /** Its files on the path that will do, the first that is there; the name itself when empty. */
    String[] files() default {};
}
