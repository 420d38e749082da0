package org.tocsin;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** Tests that a list names as its proof: they must be there, and run. */
public final class NamedTests {
    private NamedTests() {}

    /**
     * @param type of a test
     * @param name of one of its methods; empty for any
     * @return whether that is a test which runs
     */
    public static boolean runs(Class<?> type, String name) {
        List<Class<?>> in = new ArrayList<>(List.of(type));
        in.addAll(List.of(type.getDeclaredClasses()));
        for (Class<?> above = type.getSuperclass();
                above != null && above != Object.class;
                above = above.getSuperclass()) {
            in.add(above);
        }
        return !type.isAnnotationPresent(Disabled.class)
                && in.stream()
                        .flatMap(one -> Stream.of(one.getDeclaredMethods()))
                        .filter(method -> name.isEmpty() || method.getName().equals(name))
                        .anyMatch(NamedTests::isTest);
    }

    private static boolean isTest(Method method) {
        return !method.isAnnotationPresent(Disabled.class)
                && Stream.of(Test.class, RepeatedTest.class, ParameterizedTest.class, TestFactory.class, Property.class)
                        .anyMatch(method::isAnnotationPresent);
    }
}
