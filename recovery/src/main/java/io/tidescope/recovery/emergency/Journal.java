package io.tidescope.recovery.emergency;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an emergency has come, beside the backups, so that any machine can go on with it.
 *
 * <pre>
 * emergencies/CODE/intent         what was agreed to, see {@link IntentFormat}
 * emergencies/CODE/STEP-begun     when the step was begun first, ISO 8601
 * emergencies/CODE/STEP-done      when it was done
 * </pre>
 *
 * <p>Objects are there whole or not at all, and never change: what is said to be done is.
 */
final class Journal {
    private static final String FOLDER = "emergencies/";
    private static final String INTENT = "/intent";
    private static final String CODE = "[0-9a-f]{12}";
    private static final Pattern BEGUN = Pattern.compile(FOLDER + "(" + CODE + ")" + INTENT);

    private final ObjectStore objects;
    private final String code;

    /**
     * @param objects stays the caller's to close
     */
    Journal(ObjectStore objects, String code) {
        if (!code.matches(CODE)) {
            throw TideScopeException.invalid(
                    "confirm", "'%s' is no code: twelve hexadecimal digits".formatted(code));
        }
        this.objects = objects;
        this.code = code;
    }

    /** All that were begun; nothing else that somebody has put there. */
    static List<Journal> all(ObjectStore objects) {
        return objects.list(FOLDER).stream()
                .map(object -> BEGUN.matcher(object.name()))
                .filter(Matcher::matches)
                .map(name -> new Journal(objects, name.group(1)))
                .toList();
    }

    String code() {
        return code;
    }

    /** What it is to do; absent when it was never begun. */
    Optional<Intent> intent() {
        return objects.find(FOLDER + code + INTENT)
                .map(written -> IntentFormat.read(code, written));
    }

    /** Writes down what was agreed to. */
    void begin(Intent intent) {
        objects.create(FOLDER + code + INTENT, IntentFormat.write(intent));
    }

    void begun(Step step, Instant time) {
        write(step, "begun", time);
    }

    void done(Step step, Instant time) {
        write(step, "done", time);
    }

    Optional<Instant> whenBegun(Step step) {
        return read(step, "begun");
    }

    Optional<Instant> whenDone(Step step) {
        return read(step, "done");
    }

    /** Whatever time it says: that it is there is what counts. */
    boolean isDone(Step step) {
        return objects.find(name(step, "done")).isPresent();
    }

    private void write(Step step, String what, Instant time) {
        // One of this name is there when the step is begun again, or somebody else was faster.
        objects.create(name(step, what), time.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Instant> read(Step step, String what) {
        String name = name(step, what);
        return objects.find(name).map(written -> time(name, written));
    }

    private static Instant time(String name, byte[] written) {
        try {
            return Instant.parse(new String(written, StandardCharsets.UTF_8));
        } catch (DateTimeException e) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "Object %s is damaged: it is no time.".formatted(name), e);
        }
    }

    private String name(Step step, String what) {
        return FOLDER + code + "/" + step.toString().replace(' ', '-') + "-" + what;
    }
}
