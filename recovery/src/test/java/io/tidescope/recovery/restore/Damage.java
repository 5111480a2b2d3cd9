package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.SegmentRef;
import io.tidescope.recovery.object.ObjectStore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may become of an object that a backup needs. */
final class Damage {
    private Damage() {}

    /**
     * Loses one, cuts one short or flips a bit of one.
     *
     * @param told hears what
     * @return the name of the object
     */
    static String to(ObjectStore objects, long backup, Random random, Telling told) {
        List<String> needed = new ArrayList<>();
        for (Manifest manifest : new Archive(objects).chain(backup).manifests()) {
            needed.add("backups/%010d".formatted(manifest.id()));
            manifest.segments().map(SegmentRef::name).forEach(needed::add);
        }
        String victim = needed.get(random.nextInt(needed.size()));
        byte[] content = objects.find(victim).orElseThrow();
        objects.delete(victim);
        switch (random.nextInt(3)) {
            case 0 -> told.of(Event.OBJECT_LOST, victim);
            case 1 -> {
                told.of(Event.OBJECT_CUT_SHORT, victim);
                objects.create(victim, Arrays.copyOf(content, random.nextInt(content.length)));
            }
            default -> {
                told.of(Event.OBJECT_BIT_FLIPPED, victim);
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                objects.create(victim, content);
            }
        }
        return victim;
    }
}
