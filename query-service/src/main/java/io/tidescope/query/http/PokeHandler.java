package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.Text;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.util.List;

/** Passes on that a repository may have changed. */
final class PokeHandler implements Handler {
    static final String PATH = "/poke";

    private static final int MAX_NAME_LENGTH = 500;
    static final Parameter<String> REPOSITORY =
            Parameter.required("repository", new Text(MAX_NAME_LENGTH));

    private final PokeReceiver receiver;

    PokeHandler(PokeReceiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void handle(Context context) {
        Arguments arguments = Arguments.read(List.of(REPOSITORY), context.queryParamMap());
        String repository = arguments.read(REPOSITORY);
        if (!Guard.caller(context).repositories().matches(repository)) {
            throw notFollowed(repository);
        }
        try {
            receiver.poke(repository);
        } catch (TideScopeException e) {
            throw e.code() == ErrorCode.NOT_FOUND ? notFollowed(repository) : e;
        }
        context.status(HttpStatus.ACCEPTED);
    }

    /** In the same words whether it is not there, or not for this caller. */
    private static TideScopeException notFollowed(String repository) {
        return TideScopeException.about(
                ErrorCode.NOT_FOUND,
                REPOSITORY.name(),
                "No repository called '%s' is followed here.".formatted(repository));
    }
}
