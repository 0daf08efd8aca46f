package io.parallax.bench;

import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.SourceServer;
import io.parallax.standalone.OpenResources;
import java.util.List;

/** Times diffs beside their floors. */
record DiffMode(Options options) implements Mode {
    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        SourceServer a = open.open(() -> SourceServer.start(directory, "a"));
        SourceServer b = options.oneServer() ? a : open.open(() -> SourceServer.start(directory, "b"));
        Installation installation = Installation.start(open, directory);
        return new BenchRun(options, new Sources(a, b), installation, installation.startWorker("diff-worker")).run();
    }
}
