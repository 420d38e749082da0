/** Mastodon, and the servers that speak its client API (GoToSocial, Pleroma, Akkoma, Pixelfed, snac). */
@NullMarked
package org.tocsin.network.mastodon;

import org.jspecify.annotations.NullMarked;
