package io.parallax.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.EngineSettings;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.Sizing;
import io.parallax.worker.config.EngineConfig;
import io.parallax.worker.config.SealingConfig;
import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SealCheck;
import io.parallax.worker.source.SourceVault;
import io.parallax.worker.work.HeldSnapshots;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.TaskExecutor;
import io.parallax.worker.work.WorkMetrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the plain classes out of the configuration. */
@ApplicationScoped
public class Wiring {
    @Produces
    @Singleton
    DiffEngine engine(EngineConfig config) {
        return new DiffEngine(new EngineSettings(
                new Sizing(
                        config.smallRows(),
                        config.segmentRows(),
                        config.bucketRows(),
                        config.maxSegments(),
                        config.maxHashSlices(),
                        config.pieceRows(),
                        config.partRows(),
                        Sizing.Approach.MEASURED),
                new ConnectionSettings(
                        "parallax",
                        config.connectTimeout(),
                        config.statementTimeout(),
                        config.allowedHosts().orElse(""),
                        config.deniedHosts().orElse(""))));
    }

    @Produces
    @Singleton
    Seal seal(SealingConfig config) {
        return new Seal(SealingKey.loadAll(
                config.sealingKey().orElse(null), config.sealingKeyFile().orElse(null)));
    }

    @Produces
    @Singleton
    SealCheck sealCheck(Seal seal, MeterRegistry meters) {
        SealCheck check = new SealCheck(seal);
        Gauge.builder(
                        "parallax.sealing.key.missing",
                        check,
                        asked -> asked.wrongKey().isPresent() ? 1 : 0)
                .description("1 when this worker has not got the key that the API service seals with, else 0")
                .register(meters);
        return check;
    }

    @Produces
    @Singleton
    SourceVault vault(Seal seal, SealCheck check) {
        return new SourceVault(seal, check);
    }

    /** Missing or broken keys stop the start, not the first task. */
    void openVault(@Observes StartupEvent event, SourceVault vault) {}

    @Produces
    @Singleton
    WorkerName name(WorkerConfig config) {
        return config.name().map(WorkerName::new).orElseGet(WorkerName::ofThisProcess);
    }

    @Produces
    @Singleton
    RunningWork runningWork() {
        return new RunningWork();
    }

    @Produces
    @Singleton
    HeldSnapshots holds(Reports reports, RunningWork running, WorkerName name, WorkerConfig config) {
        return new HeldSnapshots(reports, running, name, config.holdCheckInterval());
    }

    void close(@Disposes DiffEngine engine) {
        engine.close();
    }

    void letGo(@Disposes HeldSnapshots heldSnapshots) {
        heldSnapshots.close();
    }

    @Produces
    @Singleton
    WorkMetrics workMetrics(MeterRegistry meters) {
        return new WorkMetrics(meters);
    }

    @Produces
    @Singleton
    TaskExecutor taskExecutor(
            DiffEngine engine,
            SourceVault vault,
            Reports reports,
            RunningWork running,
            HeldSnapshots heldSnapshots,
            WorkerName name,
            WorkMetrics metrics,
            WorkerConfig config) {
        // Reports may be large. With as many under way as there may be pieces of work, the next one keeps its slot.
        Executor deliveries = new ThreadPoolExecutor(
                0,
                config.jobSlots() + Math.max(config.taskSlots(), config.maxTaskSlots()) + 2 * config.spareSlots(),
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                delivery -> {
                    Thread thread = new Thread(delivery, "parallax-delivery");
                    thread.setDaemon(true);
                    return thread;
                });
        return new TaskExecutor(deliveries, engine, vault, reports, running, heldSnapshots, name, metrics);
    }
}
