package io.parallax.endtoend.chaos;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A part that is one or more processes. */
abstract class ProcessPart implements Part, AutoCloseable {
    private final String name;

    ProcessPart(String name) {
        this.name = name;
    }

    /** Those that run now, the first one before its children. */
    abstract List<ProcessHandle> processes();

    abstract void start() throws Exception;

    /** Tells it to end and waits for that. */
    abstract void stop() throws Exception;

    /** After its processes were killed. */
    abstract void forget() throws Exception;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Harm> harms() {
        return List.of(Harm.KILL, Harm.FREEZE, Harm.RESTART);
    }

    @Override
    public final synchronized void strike(Harm harm) throws Exception {
        switch (harm) {
            case KILL -> kill();
            case FREEZE -> signal("STOP");
            case RESTART -> stop();
            default -> throw new IllegalArgumentException(harm + " does not happen to processes");
        }
    }

    @Override
    public final synchronized void heal(Harm harm) throws Exception {
        if (harm == Harm.FREEZE) {
            signal("CONT");
        } else {
            start();
        }
    }

    private void kill() throws Exception {
        List<ProcessHandle> victims = processes();
        victims.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle victim : victims) {
            victim.onExit().get(10, TimeUnit.SECONDS);
        }
        forget();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        List<String> pids = processes().stream()
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.toList());
        pids.add(0, "-" + signal);
        pids.add(0, "kill");
        // One of many may have ended meanwhile, which is no failure.
        new ProcessBuilder(pids).start().waitFor();
    }

    /** Whatever state it is in. */
    @Override
    public synchronized void close() throws Exception {
        kill();
    }
}
