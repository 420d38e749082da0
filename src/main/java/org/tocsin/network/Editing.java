package org.tocsin.network;

/**
 * The ability of a network to give a published segment other words, under the same id and address ({@link Network#editing}). An edit says
 * what the whole post shall be, so that repeating it is harmless: what is sent is made once, kept, and sent again unchanged.
 */
public interface Editing {
    /**
     * Makes the exact request. No public effect.
     *
     * @param channel one of this network
     * @return the request, or why it cannot be made
     */
    RenderResult render(Channel channel, Rewording rewording);

    /**
     * Sends one edit, once. Called only after it was committed with this very body.
     *
     * @param channel one of this network
     * @param receipt of the segment
     * @param body    of {@link #render}
     * @return what the network said; {@link EditResult.Later} whenever that is not known, for it is repeated without harm
     */
    EditResult edit(Channel channel, Receipt receipt, String body);
}
