package org.tocsin.web.desk;

import org.jspecify.annotations.Nullable;
import org.tocsin.people.Scope;
import org.tocsin.web.Response;

/**
 * One page, or one thing that a form does.
 *
 * @param method {@code GET}, which has no effect, or {@code POST}
 * @param path   with parameters as {@code :name}
 * @param scope  what is asked of who comes; null for what anybody may see or try
 * @param page   answers
 */
record Route(String method, String path, @Nullable Scope scope, Page page) {
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
}
