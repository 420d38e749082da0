/**
 * Our own feeds: RSS 2.0, Atom 1.0, JSON Feed 1.1, and the word to a WebSub hub that they have changed. A post is in them only if the
 * channel of the network {@code feed} is among its channels.
 */
@NullMarked
package org.tocsin.feed;

import org.jspecify.annotations.NullMarked;
