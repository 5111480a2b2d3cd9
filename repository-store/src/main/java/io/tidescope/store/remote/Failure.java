package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Why a node has no answer at all: the exception that answering ended with.
 *
 * @param code name of an {@link ErrorCode}
 */
record Failure(String code, String message, @Nullable String parameter) {
    static Failure of(TideScopeException e) {
        return new Failure(e.code().name(), String.valueOf(e.getMessage()), e.parameter());
    }

    TideScopeException toException() {
        ErrorCode known =
                Arrays.stream(ErrorCode.values())
                        .filter(it -> it.name().equals(code))
                        .findFirst()
                        .orElse(ErrorCode.INTERNAL);
        return parameter == null
                ? new TideScopeException(known, message)
                : TideScopeException.about(known, parameter, message);
    }
}
