package io.tidescope.parser.parse;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParseStart;
import com.github.javaparser.Provider;
import com.github.javaparser.Token;
import com.github.javaparser.ast.CompilationUnit;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;

/**
 * Ends a parse from another thread.
 *
 * <p>JavaParser looks ahead over whole expressions, and again within each that it looks ahead over,
 * so that a few hundred bytes can take it years; and it heeds no flag and no interrupt meanwhile.
 * But it walks along the linked list of its tokens. When the list is cut behind the last token that
 * was consumed, and the source says that it is at its end, every look ahead fails at once, and the
 * parse is over in moments. A race with a parse that is just reading on may be lost: who cancels
 * does so until it has ended.
 *
 * <p>Of one parse, which may be tried in several ways. Safe for concurrent use.
 */
public final class Cancellation {
    /** Of JavaParser's generated parser, whose class is not public: the last token consumed. */
    private static final Field TOKEN = tokenField();

    private volatile @Nullable Object running;
    private volatile boolean cancelled;

    private static Field tokenField() {
        try {
            Field field =
                    Class.forName(JavaParser.class.getPackageName() + ".GeneratedJavaParser")
                            .getField("token");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Ends the parse that goes on, and each that is begun from now on. */
    public void cancel() {
        cancelled = true;
        Object parser = running;
        if (parser != null) {
            cut(parser);
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private static void cut(Object parser) {
        try {
            Token token = (Token) TOKEN.get(parser);
            while (token != null) {
                Token next = token.next;
                token.next = null;
                token = next;
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@link JavaParser#parse(String)} answers with, unless it is cancelled. */
    ParseResult<CompilationUnit> parse(JavaParser parser, String text) {
        return parser.parse(watched(), new Source(text));
    }

    /** By reflection, for it takes the parser whose class is not public. */
    @SuppressWarnings("unchecked")
    private ParseStart<CompilationUnit> watched() {
        return (ParseStart<CompilationUnit>)
                Proxy.newProxyInstance(
                        ParseStart.class.getClassLoader(),
                        new Class<?>[] {ParseStart.class},
                        (proxy, method, arguments) -> {
                            running = arguments[0];
                            try {
                                if (cancelled) {
                                    throw new CancellationException();
                                }
                                return method.invoke(ParseStart.COMPILATION_UNIT, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            } finally {
                                running = null;
                            }
                        });
    }

    /** A text that ends where it is cancelled. Read by one thread. */
    private final class Source implements Provider {
        private final String text;
        private int position;

        private Source(String text) {
            this.text = text;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (cancelled || position == text.length()) {
                return -1;
            }
            int end = Math.min(text.length(), position + length);
            text.getChars(position, end, buffer, offset);
            int read = end - position;
            position = end;
            return read;
        }

        @Override
        public void close() {}
    }
}
