package io.parallax.worker.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells this worker from all others, in results and logs. */
public record WorkerName(String value) {
    /** The host's name and the process id. */
    public static WorkerName ofThisProcess() {
        return new WorkerName(host() + "-" + ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
