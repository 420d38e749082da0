/** A network as simple as one can be: the kit's own subject. */
@NullMarked
package org.tocsin.network.reference;

import org.jspecify.annotations.NullMarked;
