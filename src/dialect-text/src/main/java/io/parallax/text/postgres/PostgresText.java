package io.parallax.text.postgres;

import io.parallax.contract.message.Target;
import io.parallax.text.RepairScript;
import io.parallax.text.SourceOption;
import io.parallax.text.SourceType;
import io.parallax.text.TextDialect;
import java.util.List;

/** PostgreSQL. */
public final class PostgresText implements TextDialect {
    private static final List<SourceOption> OPTIONS = List.of(
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

    private static final List<SourceType> TYPES = List.of(
            new SourceType("pg", "PostgreSQL", OPTIONS),
            new SourceType("postgres_aws_rds", "PostgreSQL on Amazon RDS", OPTIONS),
            new SourceType("postgres_aurora", "PostgreSQL on Amazon Aurora", OPTIONS));

    @Override
    public String id() {
        return "postgres";
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public List<SourceType> sourceTypes() {
        return TYPES;
    }

    @Override
    public boolean encodes(String encoding, String text) {
        return Encodings.has(encoding, text);
    }

    @Override
    public RepairScript repair(Target target, List<String> key, List<String> compared) {
        return new PostgresRepair(target, key, compared);
    }
}
