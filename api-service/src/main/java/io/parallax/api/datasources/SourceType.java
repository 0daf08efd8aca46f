package io.parallax.api.datasources;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A kind of source that data sources can be made of.
 *
 * @param type the word for programs
 * @param name the word for people
 */
record SourceType(String type, String name, List<SourceOption> options) {
    private static final List<SourceOption> POSTGRESQL = List.of(
            SourceOption.required("host", "Host", "The server's name or address."),
            SourceOption.port(5432),
            SourceOption.required("user", "User", "The role to log in as; it needs SELECT only."),
            SourceOption.secret("password", "Password", "The role's password."),
            SourceOption.required("dbname", "Database", "The database."),
            SourceOption.optional("role", "Role", "A role to take on after login."),
            SourceOption.optional("rootcert", "Root certificates", "The certificates to trust, as PEM."),
            SourceOption.choice(
                    "sslmode",
                    "SSL mode",
                    "prefer",
                    List.of("prefer", "require", "verify-ca", "verify-full"),
                    "Whether to encrypt the connection, and what to check."),
            SourceOption.number(
                    "idle_connection_seconds",
                    "Idle connections, seconds",
                    2,
                    new SourceOption.Range(0, 60),
                    "How long a worker keeps connections open after its last work with the source."));

    static final List<SourceType> ALL = List.of(
            new SourceType("pg", "PostgreSQL", POSTGRESQL),
            new SourceType("postgres_aws_rds", "PostgreSQL on Amazon RDS", POSTGRESQL),
            new SourceType("postgres_aurora", "PostgreSQL on Amazon Aurora", POSTGRESQL));

    static Optional<SourceType> of(String type) {
        return ALL.stream().filter(known -> known.type.equals(type)).findFirst();
    }

    static String words() {
        return ALL.stream().map(SourceType::type).collect(Collectors.joining(", "));
    }

    Set<String> optionNames() {
        return options.stream().map(SourceOption::name).collect(Collectors.toSet());
    }
}
