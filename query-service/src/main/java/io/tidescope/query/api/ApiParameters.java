package io.tidescope.query.api;

import io.tidescope.query.PageRequest;
import io.tidescope.query.RevisionBound;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.RefName;
import io.tidescope.query.request.RepositoryRevision;
import io.tidescope.query.request.Span;
import io.tidescope.query.request.Text;
import io.tidescope.query.request.WholeNumber;
import io.tidescope.store.query.Consistency;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parameters that several endpoints take. */
public final class ApiParameters {
    private static final Text NAME = new Text(ApiLimits.MAX_NAME_LENGTH);

    public static final Parameter<String> REPOSITORY = Parameter.optional("repository", NAME);
    static final Parameter<String> ONE_REPOSITORY = Parameter.required("repository", NAME);
    public static final Parameter<String> REF = Parameter.optional("ref", new RefName(true));
    static final Parameter<String> ONE_REF = Parameter.optional("ref", new RefName(false));

    public static final Parameter<Integer> LIMIT =
            Parameter.defaulted(
                            "limit",
                            new WholeNumber(1, ApiLimits.MAX_ITEMS),
                            Integer.toString(ApiLimits.DEFAULT_ITEMS))
                    .besideTheQuestion();
    public static final Parameter<String> CURSOR =
            Parameter.optional("cursor", new Text(8_192)).besideTheQuestion();

    static final Parameter<RepositoryRevision> MIN_REVISION =
            Parameter.optional("min_revision", RepositoryRevision.FORM).besideTheQuestion();
    static final Parameter<Duration> WAIT =
            Parameter.defaulted(
                            "wait",
                            new Span(ApiLimits.MAX_WAIT),
                            ApiLimits.DEFAULT_WAIT.toSeconds() + "s")
                    .besideTheQuestion();
    static final Parameter<Consistency> CONSISTENCY =
            Parameter.defaulted(
                            "consistency",
                            Choice.of(Consistency.class),
                            Choice.label(Consistency.AVAILABLE))
                    .besideTheQuestion();

    private ApiParameters() {}

    /** What an endpoint takes that asks the index: its own parameters, and how new it must be. */
    public static List<Parameter<?>> with(Parameter<?>... own) {
        return Stream.concat(Stream.of(own), Stream.of(CONSISTENCY, MIN_REVISION, WAIT)).toList();
    }

    /**
     * The page of a list that a request asks for.
     *
     * @param list names it among the lists that take the same parameters
     */
    public static PageRequest page(String list, Arguments arguments) {
        return PageRequest.of(
                list + '?' + arguments.question(),
                arguments.read(LIMIT),
                arguments.find(CURSOR).orElse(null));
    }

    static Scope scope(Arguments arguments, RepositoryGlobs visible) {
        return new Scope(
                arguments.find(REPOSITORY).orElse(null), arguments.find(REF).orElse(null), visible);
    }

    static Optional<RevisionBound> bound(Arguments arguments) {
        return arguments
                .find(MIN_REVISION)
                .map(revision -> new RevisionBound(revision, arguments.read(WAIT)));
    }
}
