package io.tidescope.query.request;

import java.util.Map;

/**
 * What the text of a parameter looks like and what it means.
 *
 * @param <T> the value that the text stands for
 */
public interface Form<T> {
    /**
     * The value of a text that is not empty.
     *
     * @param parameter the name to report an error under
     * @throws io.tidescope.schemas.TideScopeException INVALID_ARGUMENT naming the parameter
     */
    T parse(String parameter, String text);

    /** The accepted texts as a JSON schema: {@code type}, limits, {@code enum}. */
    Map<String, Object> schema();
}
