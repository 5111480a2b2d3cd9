package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.tidescope.query.access.Access;
import io.tidescope.query.access.Audit;
import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.Authentication.Refused;
import io.tidescope.query.access.Caller;
import io.tidescope.query.access.Permission;

import java.util.Objects;
import java.util.Set;

/**
 * Lets through requests of who may make them, before they take a place among those that are
 * answered. Every route stands behind it, or is open to all on purpose.
 */
final class Guard {
    private static final String CALLER = "tidescope.caller";
    private static final int REFUSED = 400;
    private static final String CHALLENGE = "WWW-Authenticate";

    /** What changes nothing. */
    private static final Set<HandlerType> LOOKS = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final Access access;
    private final Audit audit;

    Guard(Access access, Audit audit) {
        this.access = access;
        this.audit = audit;
    }

    /** The same for callers that may do this. */
    Handler needs(Permission permission, Handler handler) {
        return context -> {
            String credential = context.header("Authorization");
            switch (access.authenticate(credential)) {
                case Granted(Caller caller) when caller.may(permission) -> {
                    context.attribute(CALLER, caller);
                    handler.handle(context);
                }
                case Granted(Caller caller) -> forbid(context, caller, permission);
                case Refused(String reason) ->
                        refuse(
                                context,
                                reason,
                                credential == null ? "" : ", error=\"invalid_token\"");
            }
        };
    }

    /** The same for callers that run the index and see all of it; what they ask is written down. */
    Handler administers(Handler handler) {
        return needs(
                Permission.ADMIN,
                context -> {
                    Caller caller = caller(context);
                    if (!caller.repositories().isAll()) {
                        answer(
                                context,
                                caller.name(),
                                ProblemKind.FORBIDDEN,
                                "This is about all repositories, and the token is for some.");
                        return;
                    }
                    boolean looks = LOOKS.contains(context.method());
                    try {
                        handler.handle(context);
                        int status = context.statusCode();
                        audit.administered(
                                event(context, caller.name()),
                                looks,
                                status < REFUSED ? null : "status " + status);
                    } catch (Exception e) {
                        audit.administered(event(context, caller.name()), looks, e.toString());
                        throw e;
                    }
                });
    }

    /** Who makes a request that was let through. */
    static Caller caller(Context context) {
        return Objects.requireNonNull(context.attribute(CALLER), "behind no guard");
    }

    private void refuse(Context context, String reason, String error) {
        context.header(CHALLENGE, "Bearer realm=\"tidescope\"" + error);
        answer(context, "-", ProblemKind.UNAUTHENTICATED, reason);
    }

    private void forbid(Context context, Caller caller, Permission permission) {
        context.header(
                CHALLENGE,
                "Bearer realm=\"tidescope\", error=\"insufficient_scope\", scope=\"tidescope:%s\""
                        .formatted(permission.label()));
        answer(
                context,
                caller.name(),
                ProblemKind.FORBIDDEN,
                "This needs the permission %s, which the token does not have."
                        .formatted(permission.label()));
    }

    private void answer(Context context, String caller, ProblemKind kind, String reason) {
        audit.refused(event(context, caller), reason);
        Problems.write(context, kind, kind.problem(reason, null));
    }

    /**
     * What a line of the audit log says of a request.
     *
     * @param caller {@code -} when nobody knows
     */
    static Audit.Event event(Context context, String caller) {
        return new Audit.Event(
                caller,
                context.method() + " " + context.path(),
                context.ip(),
                String.valueOf(context.res().getHeader(RequestContext.HEADER)));
    }
}
