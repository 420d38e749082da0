package org.tocsin.web.desk;

import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;
import org.tocsin.web.Response;

/**
 * One page, or one thing that a form does.
 *
 * @param method {@code GET}, which has no effect, or {@code POST}
 * @param path   with parameters as {@code :name}
 * @param scope  what is asked of who comes; null for what anybody may see or try
 * @param page   answers
 * @param table  what answers in its place where the table that is sent is too large; null where no table is sent
 */
record Route(
        String method,
        String path,
        @Nullable Scope scope,
        Page page,
        @Nullable Refused table) {
    Route(String method, String path, @Nullable Scope scope, Page page) {
        this(method, path, scope, page, null);
    }

    /** What says that a table was not taken. */
    @FunctionalInterface
    interface Refused {
        Response answer(Visit visit, FaultException fault);
    }

    /** What answers. */
    @FunctionalInterface
    interface Page {
        Response answer(Visit visit);
    }

    static Route get(String path, @Nullable Scope scope, Page page) {
        return new Route("GET", path, scope, page);
    }

    static Route post(String path, @Nullable Scope scope, Page page) {
        return new Route("POST", path, scope, page);
    }

    /**
     * What takes a table, in a field of a form.
     *
     * @param refused shows the page again
     */
    static Route table(String path, Scope scope, Page page, Refused refused) {
        return new Route("POST", path, scope, page, refused);
    }
}
