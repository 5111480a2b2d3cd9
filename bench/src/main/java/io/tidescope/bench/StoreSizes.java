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

/** What the stores of a stopped process take on disk. */
public final class StoreSizes {
    private StoreSizes() {}

    /**
     * Compacts all stores below a directory, as RocksDB does in time, under the options they were
     * written with.
     *
     * @return bytes of each column family, over all stores
     */
    public static Map<String, Long> compacted(Path directory) {
        Map<String, Long> sizes = new TreeMap<>();
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
                add(store.toString(), sizes);
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException("compacting the stores in " + directory, e);
        }
        return sizes;
    }

    private static void add(String store, Map<String, Long> sizes) throws RocksDBException {
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
                    handle.close();
                }
            }
        }
    }
}
