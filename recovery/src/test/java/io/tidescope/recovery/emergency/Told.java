package io.tidescope.recovery.emergency;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Hears of everything, and dies at one of the things that it hears. */
final class Told implements Operator {
    final List<String> heard = new ArrayList<>();
    final String last;

    /**
     * @param last empty for what is never said
     */
    Told(String last) {
        this.last = last;
    }

    @Override
    public void stopRoles(BooleanSupplier allowed) {
        heard.add("roles end");
    }

    @Override
    public void startRoles(BooleanSupplier allowed) {
        heard.add("roles start");
    }

    @Override
    public void say(Step step, String what) {
        String said = step + " " + what;
        heard.add(said);
        if (said.equals(last)) {
            throw new IllegalStateException("died at " + said);
        }
    }
}
