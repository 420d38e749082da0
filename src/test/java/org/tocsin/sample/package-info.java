/** A complete small adapter, for {@code docs/adding-a-network.md}: it compiles and passes the contract kit, or the build fails. */
@NullMarked
package org.tocsin.sample;

import org.jspecify.annotations.NullMarked;
