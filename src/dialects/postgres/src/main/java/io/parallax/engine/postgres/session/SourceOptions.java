package io.parallax.engine.postgres.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** A source's options, checked; never printed, as they hold secrets. */
public final class SourceOptions {
    /** The types of data sources that have these options. */
    public static final List<String> TYPES = List.of("pg", "postgres_aws_rds", "postgres_aurora");

    private static final Set<String> SSL_MODES = Set.of("prefer", "require", "verify-ca", "verify-full");
    /** The driver splits on commas and reads more into other characters. */
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]+");

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65535;
    private static final int DEFAULT_IDLE_SECONDS = 2;
    private static final int MOST_IDLE_SECONDS = 60;

    private final JsonNode options;

    SourceOptions(SourceDetails source) {
        this.options = source.options();
    }

    /** Host, port, database, user and password as the driver's properties; never a URL, so that nothing is read into them. */
    Properties properties() {
        Properties properties = new Properties();
        PGProperty.PG_HOST.set(properties, host());
        PGProperty.PG_PORT.set(properties, port());
        PGProperty.PG_DBNAME.set(properties, required("dbname"));
        PGProperty.USER.set(properties, required("user"));
        String password = text("password");
        PGProperty.PASSWORD.set(properties, password == null ? "" : password);
        PGProperty.SSL_MODE.set(properties, sslMode());
        return properties;
    }

    @Nullable
    String role() {
        return text("role");
    }

    /** A certificate's text. */
    @Nullable
    String rootCertificate() {
        String certificate = text("rootcert");
        if (certificate != null && !certificate.contains("-----BEGIN")) {
            // A path would open any file of the worker's to whoever may create sources.
            throw wrong("rootcert", "is no certificate in PEM format");
        }
        return certificate;
    }

    /** How long its connections are kept after its last work. */
    Duration idleFor() {
        return Duration.ofSeconds(number("idle_connection_seconds", 0, MOST_IDLE_SECONDS, DEFAULT_IDLE_SECONDS));
    }

    String host() {
        String host = required("host");
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (!HOST.matcher(bare).matches()) {
            throw wrong("host", "is not the name or address of a host");
        }
        return bare;
    }

    /** What answers, or does not. */
    Probes.Server server() {
        return new Probes.Server(host(), port(), required("dbname"));
    }

    int port() {
        return number("port", 1, MAX_PORT, DEFAULT_PORT);
    }

    private int number(String name, int least, int most, int otherwise) {
        String text = text(name);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(name, "is not a number from " + least + " to " + most);
    }

    private String sslMode() {
        String mode = text("sslmode");
        String chosen = mode == null ? "prefer" : mode.toLowerCase(Locale.ROOT);
        if (!SSL_MODES.contains(chosen)) {
            throw wrong("sslmode", "is none of prefer, require, verify-ca, verify-full");
        }
        return chosen;
    }

    private String required(String name) {
        String value = text(name);
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    private @Nullable String text(String name) {
        JsonNode value = options.path(name);
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "";
        if (text.indexOf('\0') >= 0) {
            throw wrong(name, "holds a NUL character");
        }
        return text.isEmpty() ? null : text;
    }

    private static DiffFailedException wrong(String name, String how) {
        return new DiffFailedException(
                ErrorType.SOURCE_UNREACHABLE, "The data source's option " + name + " " + how + "; correct it.");
    }
}
