package io.tidescope.parser.parse;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a task on a thread with a stack of a given size. */
final class DeepStack {
    static final long WORKER_BYTES = 256L * 1024 * 1024;

    private DeepStack() {}

    static <T> T call(long stackBytes, Callable<T> task) throws Exception {
        var result = new FutureTask<>(task);
        Thread thread = new Thread(null, result, "deep", stackBytes);
        thread.start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case Exception exception -> throw exception;
                case null, default -> throw e;
            }
        }
    }
}
