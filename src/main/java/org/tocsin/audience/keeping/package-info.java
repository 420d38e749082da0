/** Asks, keeps, imports and annotates: what acts on the figures of {@link org.tocsin.audience}. */
@NullMarked
package org.tocsin.audience.keeping;

import org.jspecify.annotations.NullMarked;
