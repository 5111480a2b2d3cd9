package io.tidescope.recovery.emergency;

/** What is done in an emergency, in this order. */
public enum Step {
    /** Reads every byte of the backup. */
    VALIDATE("validate"),
    /** Waits until nobody works on the deployment any more. */
    STOP("stop"),
    /** Deletes what there is of it. */
    CLEAR("clear"),
    /** Writes the backup. */
    RESTORE("restore"),
    /** Reads back what was written. */
    VERIFY("validate"),
    /** Lets roles work again. */
    RESTART("restart");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** Such as {@code 3 clear}: two are called the same. */
    @Override
    public String toString() {
        return "%d %s".formatted(ordinal() + 1, label);
    }
}
