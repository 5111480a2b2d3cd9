package io.tidescope.app.config;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A YAML file as it was written: nothing is resolved, so keys that come twice and the lines of
 * everything are still there.
 */
final class YamlFile {
    /** Of a file that a person wrote. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 10;
    private static final int MAX_ALIASES = 20;

    private YamlFile() {}

    /**
     * @throws TideScopeException INVALID_ARGUMENT when it cannot be read or is no mapping in YAML
     */
    static RawValue.Mapped read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file, "is larger than %d bytes".formatted(MAX_BYTES), null);
            }
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(MAX_ALIASES);
            Node root =
                    new Yaml(new SafeConstructor(options))
                            .compose(new StringReader(Files.readString(file)));
            if (root == null) {
                return new RawValue.Mapped(List.of(), "line 1");
            }
            if (raw(root, 0) instanceof RawValue.Mapped mapping) {
                return mapping;
            }
            throw refused(file, "must be a mapping of settings", null);
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist", e);
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage(), e);
        } catch (MarkedYAMLException e) {
            throw refused(
                    file,
                    "is not YAML: %s, %s".formatted(e.getProblem(), line(e.getProblemMark())),
                    e);
        } catch (YAMLException e) {
            throw refused(file, "is not YAML: " + e.getMessage(), e);
        }
    }

    private static RawValue raw(Node node, int depth) {
        String place = line(node.getStartMark());
        if (depth > MAX_DEPTH) {
            // Deeper than any setting; also ends a node that contains itself.
            return new RawValue.Scalar("…", place);
        }
        return switch (node) {
            case MappingNode mapping ->
                    new RawValue.Mapped(
                            mapping.getValue().stream().map(each -> entry(each, depth)).toList(),
                            place);
            case SequenceNode list ->
                    new RawValue.Listed(
                            list.getValue().stream().map(each -> raw(each, depth + 1)).toList(),
                            place);
            case ScalarNode scalar -> new RawValue.Scalar(scalar.getValue(), place);
            default -> new RawValue.Scalar("", place);
        };
    }

    private static RawValue.Entry entry(NodeTuple tuple, int depth) {
        String key =
                tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(no text)";
        RawValue value = raw(tuple.getValueNode(), depth + 1);
        return new RawValue.Entry(key, value);
    }

    private static String line(@Nullable Mark mark) {
        return "line " + (mark == null ? 1 : mark.getLine() + 1);
    }

    private static TideScopeException refused(Path file, String why, @Nullable Exception cause) {
        return new TideScopeException(
                ErrorCode.INVALID_ARGUMENT,
                "the configuration file %s %s".formatted(file, why),
                cause);
    }
}
