package io.tidescope.bench;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.ConfigOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.OptionsUtil;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the stores of a stopped process take.
 *
 * @param families bytes on disk of each column family, over all stores
 * @param directoryBytes of these, the indices and filters of tables, which a cache should hold
 * @param keys in all tables
 */
public record StoreSizes(Map<String, Long> families, long directoryBytes, long keys) {
    private static final String TABLES = "rocksdb.aggregated-table-properties";

    /**
     * Compacts all stores below a directory, as RocksDB does in time, under the options they were
     * written with.
     */
    public static StoreSizes compacted(Path directory) {
        StoreSizes sizes = new StoreSizes(new TreeMap<>(), 0, 0);
        // Compactions delete files, so all stores are found first.
        List<Path> stores;
        try (Stream<Path> files = Files.walk(directory)) {
            stores =
                    files.filter(file -> file.endsWith("CURRENT"))
                            .map(file -> file.resolveSibling(""))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            for (Path store : stores) {
                sizes = sizes.plus(store.toString());
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException("compacting the stores in " + directory, e);
        }
        return sizes;
    }

    /** On disk. */
    public long bytes() {
        return families.values().stream().mapToLong(Long::longValue).sum();
    }

    private StoreSizes plus(String store) throws RocksDBException {
        Map<String, Long> sizes = new TreeMap<>(families);
        long directories = directoryBytes;
        long entries = keys;
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (ConfigOptions configuration = new ConfigOptions();
                DBOptions options = new DBOptions();
                CompactRangeOptions everything = new CompactRangeOptions()) {
            // A single file would only be moved, with the light compression of a fresh one.
            everything.setBottommostLevelCompaction(
                    CompactRangeOptions.BottommostLevelCompaction.kForce);
            OptionsUtil.loadLatestOptions(configuration, store, options, families);
            try (RocksDB database = RocksDB.open(options, store, families, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    database.compactRange(handle, null, null, everything);
                    sizes.merge(
                            new String(handle.getName(), StandardCharsets.US_ASCII),
                            database.getLongProperty(handle, "rocksdb.live-sst-files-size")
                                    + database.getLongProperty(
                                            handle, "rocksdb.live-blob-file-size"),
                            Long::sum);
                    Map<String, String> tables = database.getMapProperty(handle, TABLES);
                    directories += number(tables, "index_size") + number(tables, "filter_size");
                    entries += number(tables, "num_entries");
                    handle.close();
                }
            }
        }
        return new StoreSizes(sizes, directories, entries);
    }

    private static long number(Map<String, String> properties, String name) {
        return Long.parseLong(properties.getOrDefault(name, "0"));
    }
}
