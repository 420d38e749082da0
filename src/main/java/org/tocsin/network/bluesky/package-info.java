/** Bluesky, and any other server of the AT Protocol that hosts an account. */
@NullMarked
package org.tocsin.network.bluesky;

import org.jspecify.annotations.NullMarked;
