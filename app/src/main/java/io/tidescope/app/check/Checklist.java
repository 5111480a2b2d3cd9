package io.tidescope.app.check;

import io.tidescope.app.check.Finding.Outcome;
import io.tidescope.schemas.TideScopeException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks at one thing after the other, whatever became of those before. */
final class Checklist {
    private final List<Finding> findings = new ArrayList<>();
    private final Consumer<Finding> told;

    /** Looks at something. */
    interface Look {
        /**
         * @throws Exception when it is not as it should be, with what is wrong as its message
         */
        Finding at(String subject) throws Exception;
    }

    /**
     * @param told hears of each finding at once, for some take their time
     */
    Checklist(Consumer<Finding> told) {
        this.told = told;
    }

    /** Looks at something; returns whether it works. */
    boolean check(String subject, Look look) throws InterruptedException {
        Finding finding;
        try {
            finding = look.at(subject);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            finding = Finding.failed(subject, describe(e));
        }
        findings.add(finding);
        told.accept(finding);
        return finding.outcome() != Outcome.FAILED;
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage().strip();
        return failure instanceof TideScopeException && !message.isEmpty()
                ? message
                : failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    /** All that was found, in its order. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
