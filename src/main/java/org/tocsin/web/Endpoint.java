package org.tocsin.web;

import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;

/**
 * One thing that can be asked for.
 *
 * @param method   upper case
 * @param path     with parameters as {@code :name}
 * @param scope    what the asker must be allowed to do; null for what anyone may see
 * @param maxBytes of the body
 * @param handler  may block; runs on a virtual thread
 * @param admission asked before a large body is read
 * @param refusal   says to people why a body was not taken; null where a machine is told
 */
public record Endpoint(
        String method,
        String path,
        @Nullable Scope scope,
        long maxBytes,
        Handler handler,
        Admission admission,
        @Nullable Refusal refusal) {
    static final long JSON = 1_000_000;
    static final long IMAGE = 50L * 1024 * 1024;

    /** What answers. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request);
    }

    /** What answers in the place of the handler, where a body was not taken. */
    @FunctionalInterface
    public interface Refusal {
        /** @param request without its body */
        Response refuse(Request request, FaultException fault);
    }

    /** A page for people: who may see it is decided by its handler, not by a token. */
    public static Endpoint page(String method, String path, Handler handler) {
        return new Endpoint(method, path, null, method.equals("GET") ? 0 : JSON, handler);
    }

    /** What a form of such a page does. */
    public static Endpoint form(String path, Handler handler, Refusal refusal) {
        return new Endpoint("POST", path, null, JSON, handler, request -> {}, refusal);
    }

    /**
     * A form with a large table in it; who may send it is decided before it is read.
     *
     * @param maxBytes of the form, more than those of the usual one
     */
    public static Endpoint table(String path, long maxBytes, Handler handler, Admission admission, Refusal refusal) {
        return new Endpoint("POST", path, null, maxBytes, handler, admission, refusal);
    }

    /** Who may send a large body. */
    @FunctionalInterface
    public interface Admission {
        /** @param request without its body; may throw to refuse */
        void admit(Request request);
    }

    Endpoint(String method, String path, @Nullable Scope scope, long maxBytes, Handler handler) {
        this(method, path, scope, maxBytes, handler, request -> {}, null);
    }

    /** An image that a page sends; who may is decided by its headers, before it is read. */
    public static Endpoint upload(String path, Handler handler, Admission admission) {
        return new Endpoint("POST", path, null, IMAGE, handler, admission, null);
    }

    static Endpoint get(String path, @Nullable Scope scope, Handler handler) {
        return new Endpoint("GET", path, scope, 0, handler);
    }

    static Endpoint post(String path, Scope scope, Handler handler) {
        return new Endpoint("POST", path, scope, JSON, handler);
    }

    static Endpoint patch(String path, Scope scope, Handler handler) {
        return new Endpoint("PATCH", path, scope, JSON, handler);
    }

    static Endpoint delete(String path, Scope scope, Handler handler) {
        return new Endpoint("DELETE", path, scope, JSON, handler);
    }

    static Endpoint put(String path, Scope scope, Handler handler) {
        return new Endpoint("PUT", path, scope, JSON, handler);
    }
}
