package io.parallax.endtoend;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** A client in Java as anyone can have it generated from the API's own document, compiled, with one program that uses it. */
final class GeneratedClient implements AutoCloseable {
    private static final String PACKAGE = "io.parallax.generated";

    private final URLClassLoader classes;

    private GeneratedClient(URLClassLoader classes) {
        this.classes = classes;
    }

    /**
     * Makes one.
     *
     * @param document the API's document, a file
     * @param program the source of a class in the default package
     * @param directory where everything goes
     */
    static GeneratedClient of(Path document, Path program, Path directory) throws IOException {
        Path sources = generated(document, directory.resolve("client"));
        return new GeneratedClient(compiled(sources, program, Files.createDirectory(directory.resolve("classes"))));
    }

    /** With the generator's own settings but for the package's names; a document with faults is refused. */
    private static Path generated(Path document, Path directory) {
        CodegenConfigurator settings = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(document.toString())
                .setOutputDir(directory.toString())
                .setInvokerPackage(PACKAGE)
                .setApiPackage(PACKAGE + ".api")
                .setModelPackage(PACKAGE + ".model")
                .addAdditionalProperty("useJakartaEe", "true")
                .setGlobalProperties(Map.of("apis", "", "models", "", "supportingFiles", "", "modelDocs", "false"));
        DefaultGenerator generator = new DefaultGenerator();
        generator.opts(settings.toClientOptInput()).generate();
        return directory.resolve(Path.of("src", "main", "java"));
    }

    private static URLClassLoader compiled(Path sources, Path program, Path into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> generated = Files.walk(sources)) {
            List<Path> all = Stream.concat(Stream.of(program), generated.filter(path -> path.toString()
                            .endsWith(".java")))
                    .toList();
            boolean done = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("-proc:none", "-nowarn", "-d", into.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(all))
                    .call();
            if (!done) {
                throw new AssertionError("the generated client does not compile: " + said);
            }
        }
        return new URLClassLoader(new URL[] {url(into)}, GeneratedClient.class.getClassLoader());
    }

    private static URL url(Path directory) throws MalformedURLException {
        return directory.toUri().toURL();
    }

    /** Runs the program: what its static method {@code run} returns. */
    Map<?, ?> run(String program, String url, String key, Map<String, Object> source) throws Exception {
        try {
            return (Map<?, ?>) classes.loadClass(program)
                    .getMethod("run", String.class, String.class, Map.class)
                    .invoke(null, url, key, source);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the program failed", e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
