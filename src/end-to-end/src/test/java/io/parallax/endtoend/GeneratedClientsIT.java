package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallax.oracle.needs.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** The main flow in clients for other languages, generated as anyone can have them. */
@ExtendWith(InstallationExtension.class)
class GeneratedClientsIT {
    private static final String FOUND =
            """
            {"keys":[["id"]],"exclusives":[1,0],"differing":1,"algorithm":"join","listed":[true]}""";

    @Test
    @Tag("needs-python3")
    @Needs("python3")
    void python(Installation installation, @TempDir Path directory) throws Exception {
        boolean there = run(directory, List.of("python3", "-c", "import pydantic, urllib3, dateutil"))
                        .status()
                == 0;
        if (!there) {
            boolean required = Arrays.asList(
                            System.getenv().getOrDefault("PARALLAX_REQUIRE", "").split(","))
                    .contains("python3");
            assertThat(required)
                    .as("pydantic, urllib3 and dateutil for python3 are missing")
                    .isFalse();
            System.out.println("SKIPPED: needs pydantic, urllib3 and dateutil for python3");
        }
        assumeTrue(there);
        tables(installation, "py");
        generate(installation, "python", directory, Map.of("packageName", "parallax_client"));
        Files.copy(program("generated_client.py"), directory.resolve("program.py"));
        assertFound(run(directory, arguments(installation, "python3", "program.py")));
    }

    @Test
    @Tag("needs-tsc")
    @Needs("tsc")
    void typescript(Installation installation, @TempDir Path directory) throws Exception {
        tables(installation, "ts");
        generate(installation, "typescript-fetch", directory, Map.of());
        Files.copy(program("generated_client.ts"), directory.resolve("program.ts"));
        Files.writeString(
                directory.resolve("tsconfig.json"),
                """
                {"compilerOptions": {"target": "es2020", "module": "commonjs", "moduleResolution": "node",
                  "strict": true, "lib": ["es2020", "dom"], "outDir": "out", "types": []}, "include": ["**/*.ts"]}""");
        Ended compiled = run(directory, List.of("tsc", "-p", "."));
        assertThat(compiled.status()).as(compiled.said()).isZero();
        assertFound(run(directory, arguments(installation, "node", "out/program.js")));
    }

    private static void tables(Installation installation, String language) throws Exception {
        installation.inSource(
                """
                drop table if exists generated_%1$s_a, generated_%1$s_b;
                create table generated_%1$s_a as select g as id, 'n' || g as name from generate_series(1, 100) g;
                create table generated_%1$s_b as
                    select id, case when id = 7 then null else name end as name from generated_%1$s_a where id <> 9;
                alter table generated_%1$s_a add primary key (id);
                grant select on generated_%1$s_a, generated_%1$s_b to reader"""
                        .formatted(language));
    }

    private static void generate(
            Installation installation, String language, Path directory, Map<String, Object> properties)
            throws Exception {
        Path document = directory.resolve("openapi.json");
        try (InputStream served =
                installation.apiUrl().resolve("/q/openapi?format=json").toURL().openStream()) {
            Files.copy(served, document);
        }
        CodegenConfigurator settings = new CodegenConfigurator()
                .setGeneratorName(language)
                .setInputSpec(document.toString())
                .setOutputDir(directory.toString())
                .setGlobalProperties(Map.of("apis", "", "models", "", "supportingFiles", "", "modelDocs", "false"));
        properties.forEach(settings::addAdditionalProperty);
        DefaultGenerator generator = new DefaultGenerator();
        generator.opts(settings.toClientOptInput()).generate();
    }

    private static Path program(String name) throws Exception {
        URI program = GeneratedClientsIT.class.getResource("/" + name).toURI();
        return Path.of(program);
    }

    private static List<String> arguments(Installation installation, String program, String file) {
        return List.of(
                program,
                file,
                installation.apiUrl().toString(),
                installation.apiKey(),
                installation.sourceOptions().toString());
    }

    private static void assertFound(Ended ended) {
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(new Api.Answer(200, "", ended.said()).json()).isEqualTo(new Api.Answer(200, "", FOUND).json());
    }

    private record Ended(int status, String said) {}

    private static Ended run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean over = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        return new Ended(over ? process.exitValue() : -1, Files.readString(said, StandardCharsets.UTF_8));
    }
}
