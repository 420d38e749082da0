package org.tocsin.network;

/** A request that is ready, or why there is none. */
public sealed interface RenderResult {
    /**
     * @param body the exact request in the adapter's own form: enough to send it again after a restart, without secrets
     * @param text the text in it, as people will read it
     */
    record Rendered(String body, String text) implements RenderResult {}

    /** @param outcome without effect, to be acted on like the outcome of a publication */
    record NotRendered(PublishResult.NoEffect outcome) implements RenderResult {}
}
