package io.tidescope.parser.parse;

import com.github.javaparser.ast.Node;
import com.github.javaparser.metamodel.PropertyMetaModel;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Function;

/** Getters of JavaParser's nodes as functions, as fast as calls written out. */
final class Getters {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Getters() {}

    @SuppressWarnings("unchecked")
    static Function<Node, Object> of(Class<?> type, PropertyMetaModel property) {
        try {
            Method method = type.getMethod(property.getGetterMethodName());
            MethodHandle getter = LOOKUP.unreflect(method);
            MethodType typed =
                    MethodType.methodType(
                            MethodType.methodType(method.getReturnType()).wrap().returnType(),
                            type);
            return (Function<Node, Object>)
                    LambdaMetafactory.metafactory(
                                    LOOKUP,
                                    "apply",
                                    MethodType.methodType(Function.class),
                                    MethodType.methodType(Object.class, Object.class),
                                    getter,
                                    typed)
                            .getTarget()
                            .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "JavaParser has no getter for " + type.getSimpleName() + "." + property, e);
        }
    }
}
