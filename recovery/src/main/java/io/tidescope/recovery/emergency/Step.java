package io.tidescope.recovery.emergency;

/** What is done in an emergency, in this order. */
public enum Step {
    /** Reads every byte of the backup. */
    VALIDATE("1 validate"),
    /** Waits until nobody works on the deployment any more. */
    STOP("2 stop"),
    /** Deletes what there is of it. */
    CLEAR("3 clear"),
    /** Writes the backup. */
    RESTORE("4 restore"),
    /** Reads back what was written. */
    VERIFY("5 validate"),
    /** Lets roles work again. */
    RESTART("6 restart");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** Such as {@code 3 clear}: two are called the same. */
    @Override
    public String toString() {
        return label;
    }
}
